import { CopyRejected } from '../../agents/copy/copy-filter.ts'
import { isTransient } from '../../clients/aws-errors.ts'
import { asStudioError, type StudioError } from '../../contracts/errors.ts'
import { type StageTask, workerInterrupted } from '../../contracts/pipeline.ts'
import { insist } from '../../platform/insist.ts'
import { ownerDetail } from '../../platform/problem.ts'
import { recorded } from '../../platform/recorded-work.ts'
import { log } from '../../platform/telemetry.ts'
import { note, noteFailure, principalHash } from '../../platform/work-facts.ts'
import type { StageClaim } from '../../repositories/stage-repository.ts'
import { isFinished } from '../../rules/run-state.ts'
import type { FailOptions, RunFailureService } from './run-failure-service.ts'
import { claimOf, holds, isWanted, takeStage } from './stage-claim.ts'
import { factsOfTask } from './stage-facts.ts'
import { type StageOutcome, type WorkerDependencies, workOn } from './stage-worker.ts'

export interface StageDependencies extends WorkerDependencies {
  failures: RunFailureService
}

export interface StageService {
  /**
   * Does one stage of a run. A second delivery finds the committed output and only returns the
   * token; one that meets a live worker leaves it to that worker. Table first, then the token. What
   * was not foreseen ends the attempt at once, as INTERNAL_ERROR.
   * @throws when neither table nor state machine could be reached; the message is then delivered again
   */
  run(task: StageTask): Promise<void>
}

/** Returns the token by what the table says of a stage that another worker has, had or ended. */
const settleFromTable = async (
  { runs, machine }: StageDependencies,
  { run_id, stage, task_token }: StageTask,
): Promise<void> => {
  const found = await runs.get(run_id)
  if (found?.stages[stage]?.status === 'committed') await machine.succeed(task_token)
  else if (found && isFinished(found.run.state)) {
    await machine.fail(task_token, found.run.error?.code ?? 'CANCELLED', 'The run has ended.')
  }
}

/** Fails the token with the one error after which the state machine sends the stage again. */
const reportInterruption = async (
  dependencies: StageDependencies,
  task: StageTask,
  claim: StageClaim,
  error: unknown,
): Promise<void> => {
  note({ outcome: 'interrupted' })
  noteFailure(error)
  // A worker that has taken the stage over may work for the same token. When the table cannot be
  // read, the claim counts as held: to keep a token costs the run the time of a lost heartbeat.
  const isHeld = await holds(dependencies, task, claim).catch(() => true)
  if (!isHeld) return settleFromTable(dependencies, task)
  await insist(() =>
    dependencies.machine.fail(task.task_token, workerInterrupted, 'The worker was interrupted.'),
  )
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
 */
const reportFailure = async (
  dependencies: StageDependencies,
  task: StageTask,
  leaseId: string | undefined,
  error: StudioError,
): Promise<void> => {
  const { failures, machine } = dependencies
  const { run_id, attempt, stage, task_token } = task
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
    if (ended === 'failed') await machine.fail(task_token, code, message)
    else await settleFromTable(dependencies, task)
  })
}

/** A broken connection may hold for the next worker; an unforeseen error would fail that one, too. */
const reportError = (
  dependencies: StageDependencies,
  task: StageTask,
  claim: StageClaim,
  error: unknown,
): Promise<void> =>
  isTransient(error)
    ? reportInterruption(dependencies, task, claim, error)
    : reportFailure(dependencies, task, claim.leaseId, asStudioError(error))

/** Returns the token of a stage that the worker has ended. */
const returnToken = async (
  dependencies: StageDependencies,
  task: StageTask,
  claim: StageClaim,
  outcome: StageOutcome,
): Promise<void> => {
  if (outcome.status === 'failed') return reportError(dependencies, task, claim, outcome.error)
  try {
    await insist(async () => {
      if (outcome.status === 'committed') await dependencies.machine.succeed(task.task_token)
      else await settleFromTable(dependencies, task)
    })
  } catch (error) {
    await reportInterruption(dependencies, task, claim, error)
  }
}

/** The session of a stage that is ours now; undefined when there is nothing to do. */
const take = async (
  dependencies: StageDependencies,
  task: StageTask,
  claim: StageClaim,
): Promise<string | undefined> => {
  const found = await dependencies.runs.get(task.run_id)
  if (!isWanted(task, found)) return undefined
  const { session_id, owner } = found.run
  note({ session_id, principal: principalHash(owner) })
  return (await takeStage(dependencies, task, claim)) ? session_id : undefined
}

const run = async (dependencies: StageDependencies, task: StageTask): Promise<void> => {
  const claim = claimOf(task, dependencies.clock.now())
  let sessionId: string | undefined
  try {
    sessionId = await take(dependencies, task, claim)
  } catch (error) {
    // Whether the claim was written is not known: the report ends the attempt at this stage in any case.
    if (isTransient(error)) throw error
    return reportFailure(dependencies, task, undefined, asStudioError(error))
  }
  if (sessionId === undefined) {
    note({ outcome: 'not_wanted' })
    return insist(() => settleFromTable(dependencies, task))
  }
  const session = sessionId
  await recorded('stage', factsOfTask(task), () => doStage(dependencies, session, task, claim))
}

/** The stage itself, which is ours now, up to its returned token. */
const doStage = async (
  dependencies: StageDependencies,
  sessionId: string,
  task: StageTask,
  claim: StageClaim,
): Promise<void> => {
  const { outcome, settled } = await workOn(dependencies, sessionId, task, claim)
  note({ outcome: outcome.status })
  try {
    await returnToken(dependencies, task, claim, outcome)
  } finally {
    await settled
  }
}

export const createStageService = (dependencies: StageDependencies): StageService => ({
  run: (task) => run(dependencies, task),
})
