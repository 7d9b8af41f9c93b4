import { CopyRejected } from '../../agents/copy/copy-filter.ts'
import { isTransient } from '../../clients/aws-errors.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { workerInterrupted } from '../../contracts/pipeline.ts'
import { insist } from '../../platform/insist.ts'
import { ownerDetail } from '../../platform/problem.ts'
import { log } from '../../platform/telemetry.ts'
import { note, noteFailure } from '../../platform/work-facts.ts'
import { isFinished } from '../../rules/run-state.ts'
import type { FailOptions, RunFailureService } from './run-failure-service.ts'
import { type ClaimDependencies, type HeldStage, holds, tokenOf } from './stage-claim.ts'
import type { StageOutcome } from './stage-work.ts'

export interface EndDependencies extends ClaimDependencies {
  failures: RunFailureService
}

/** Returns the token by what the table says of a stage that another worker has, had or ended. */
export const settleFromTable = async (
  { runs, machine }: EndDependencies,
  { run_id, stage, attempt }: HeldStage['task'],
  token: string,
): Promise<void> => {
  const found = await runs.get(run_id)
  if (!found) return
  const { run, stages } = found
  // What a later attempt does is none of this execution's.
  if (run.attempt !== attempt) await machine.fail(token, 'CANCELLED', 'The attempt has ended.')
  else if (stages[stage]?.status === 'committed') await machine.succeed(token)
  else if (isFinished(run.state)) {
    await machine.fail(token, run.error?.code ?? 'CANCELLED', 'The run has ended.')
  }
}

/** The same of a stage that this worker had; without a token its message finds what the table says. */
const settle = async (dependencies: EndDependencies, held: HeldStage): Promise<void> => {
  const { task, claim } = held
  // A claim that is still its own would be given the token that nothing here waits for any more.
  if (held.token === undefined) {
    await dependencies.runs.giveUp(task.run_id, task.stage, claim.leaseId)
  }
  const token = await tokenOf(dependencies, held)
  if (token !== undefined) await settleFromTable(dependencies, held.task, token)
}

/**
 * Fails the token with the one error after which the state machine sends the stage again. A stage that has
 * none yet is free for its message.
 */
const reportInterruption = async (
  dependencies: EndDependencies,
  held: HeldStage,
  error: unknown,
): Promise<void> => {
  note({ outcome: 'interrupted' })
  noteFailure(error)
  const { runs, machine } = dependencies
  const { task, claim } = held
  // A worker that has taken the stage over may work for the same token. When the table cannot be
  // read, the claim counts as held: to keep a token costs the run the time of a lost heartbeat.
  const isHeld = await holds(dependencies, held).catch(() => true)
  if (!isHeld) return settle(dependencies, held)
  await insist(async () => {
    // In this order: no token comes after the claim was given up.
    if (held.token === undefined) await runs.giveUp(task.run_id, task.stage, claim.leaseId)
    const token = await tokenOf(dependencies, held)
    if (token === undefined) return
    await machine.fail(token, workerInterrupted, 'The worker was interrupted.')
  })
}

/** What the owner is told of texts that were blocked: the rules in the log, the texts in the package alone. */
const rejectedCopy = (error: StudioError): Pick<FailOptions, 'errors' | 'rejected' | 'detail'> => {
  if (!(error instanceof CopyRejected)) return {}
  const { errors = [], rejected } = error
  const detail = [...new Set(errors.map(({ message }) => message))].join('; ')
  return { errors, rejected, detail }
}

/**
 * Ends the attempt: the table first, and when it does not take the end, the token, after which the
 * finalizer records it.
 * @param leaseId undefined when it is not known whether the claim was written
 * @returns whether the run has failed with it, as far as is known
 */
export const reportFailure = async (
  dependencies: EndDependencies,
  held: HeldStage,
  leaseId: string | undefined,
  error: StudioError,
): Promise<boolean> => {
  const { failures, machine } = dependencies
  const { run_id, attempt, stage } = held.task
  const { code, retryable, message, cap } = error
  note({ outcome: 'failed', code })
  noteFailure(error)
  const ended = await failures
    .fail(run_id, attempt, code, {
      retryable,
      leaseId,
      stage,
      detail: ownerDetail(error),
      cap,
      ...rejectedCopy(error),
    })
    .catch((failure: unknown) => {
      log.error('failure not recorded; the finalizer will', { error: failure as Error })
      return 'failed'
    })
  await insist(async () => {
    const token = await tokenOf(dependencies, held)
    if (token === undefined) return
    if (ended === 'failed') await machine.fail(token, code, message)
    else await settleFromTable(dependencies, held.task, token)
  })
  return ended === 'failed'
}

/**
 * Whether a stage that was begun ahead may be done all the same when its message comes: what the stages beside it
 * hold of the run's money is settled then.
 */
const mayWait = (held: HeldStage, error: unknown): boolean =>
  held.token === undefined && error instanceof StudioError && error.code === 'BUDGET_EXCEEDED'

/**
 * A broken connection may hold for the next worker; an unforeseen error would fail that one, too.
 * @returns whether the attempt was reported as failed
 */
const reportError = async (
  dependencies: EndDependencies,
  held: HeldStage,
  error: unknown,
): Promise<boolean> => {
  if (isTransient(error) || mayWait(held, error)) {
    await reportInterruption(dependencies, held, error)
    return false
  }
  return reportFailure(dependencies, held, held.claim.leaseId, asStudioError(error))
}

/** Returns the token of a stage that the worker has ended. */
export const endStage = async (
  dependencies: EndDependencies,
  held: HeldStage,
  outcome: StageOutcome,
): Promise<boolean> => {
  if (outcome.status === 'failed') return reportError(dependencies, held, outcome.error)
  try {
    await insist(async () => {
      if (outcome.status !== 'committed') return settle(dependencies, held)
      const token = await tokenOf(dependencies, held)
      if (token !== undefined) await dependencies.machine.succeed(token)
    })
  } catch (error) {
    await reportInterruption(dependencies, held, error)
  }
  return false
}
