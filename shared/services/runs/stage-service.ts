import { setImmediate } from 'node:timers/promises'
import { CopyRejected } from '../../agents/copy/copy-filter.ts'
import { isTransient } from '../../clients/aws-errors.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { type StageTask, workerInterrupted } from '../../contracts/pipeline.ts'
import { insist } from '../../platform/insist.ts'
import { ownerDetail } from '../../platform/problem.ts'
import { log } from '../../platform/telemetry.ts'
import { note, noteFailure, principalHash } from '../../platform/work-facts.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import { isFinished } from '../../rules/run-state.ts'
import type { FailOptions, RunFailureService } from './run-failure-service.ts'
import { type Chain, workThrough } from './stage-chain.ts'
import {
  claimFirst,
  type HeldStage,
  heldByMessage,
  heldFirst,
  holds,
  isStillWanted,
  isWanted,
  type Taken,
  takeStage,
  tokenOf,
} from './stage-claim.ts'
import type { StageOutcome, WorkerDependencies } from './stage-work.ts'
import { Superseded } from './worker-stream.ts'

export interface StageDependencies extends WorkerDependencies {
  failures: RunFailureService
  /** What the stages' agents ask. */
  model: Pick<ModelClient, 'prepare'>
}

export interface StageService {
  /**
   * Does one stage of a run, and the stages behind it as far as time is left. A second delivery finds the
   * committed output and only returns the token; one that meets a live worker leaves it to that worker. Table
   * first, then the token. What was not foreseen ends the attempt at once, as INTERNAL_ERROR.
   * @param until epoch milliseconds by which the worker has to have ended; without it no other stage is begun
   * @throws when neither table nor state machine could be reached; the message is then delivered again
   */
  run(task: StageTask, until?: number): Promise<void>
}

/** Returns the token by what the table says of a stage that another worker has, had or ended. */
const settleFromTable = async (
  { runs, machine }: StageDependencies,
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
const settle = async (dependencies: StageDependencies, held: HeldStage): Promise<void> => {
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
  dependencies: StageDependencies,
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
const reportFailure = async (
  dependencies: StageDependencies,
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
  dependencies: StageDependencies,
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
const end = async (
  dependencies: StageDependencies,
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

/** A message's run, as it was just read, and what its worker reads the log behind. */
interface Delivery {
  found: RunWithStages
  tail: Promise<number>
}

/** Reads the run of a message; undefined when it does not wait for the stage. */
const receive = async (
  { runs, machine, streams, model }: StageDependencies,
  task: StageTask,
): Promise<Delivery | undefined> => {
  const answering = machine.heartbeat(task.task_token)
  // It is awaited for a stage that is wanted alone.
  answering.catch(() => {})
  const found = await runs.get(task.run_id)
  // A message may come so late that the state machine has sent the next, or given up: that costs no call.
  if (!isWanted(task, found) || (await answering) === 'closed') return undefined
  const { session_id, owner } = found.run
  note({ session_id, principal: principalHash(owner) })
  // The worker that began it ahead asks the model itself.
  if (!found.stages[task.stage]?.awaits_token) model.prepare?.()
  // Behind the claim, which leaves now.
  const tail = setImmediate().then(() => streams.lastSeq(session_id))
  // Whatever awaits it meets its failure.
  tail.catch(() => {})
  return { found, tail }
}

/**
 * What came of work that the stage is not claimed before. Its failure ends the attempt; whether a claim was written
 * is not known, and so the report does so at this stage in any case.
 * @throws what the next delivery may not meet any more
 */
const orFailed = async <T>(
  dependencies: StageDependencies,
  message: StageTask,
  work: () => Promise<T>,
): Promise<T | 'failed'> => {
  try {
    return await work()
  } catch (error) {
    if (isTransient(error)) throw error
    const held = heldByMessage(message, dependencies.clock.now())
    await reportFailure(dependencies, held, undefined, asStudioError(error))
    return 'failed'
  }
}

/** Does a stage that was just claimed, as its run was read before: its model is asked while the run is read again. */
const workFirst = async (
  dependencies: StageDependencies,
  chain: Chain,
  held: HeldStage,
  found: RunWithStages,
): Promise<Taken> => {
  const looking = isStillWanted(dependencies, held, chain.tail)
  const begun = looking.then((isWantedStill) => {
    if (!isWantedStill) throw new Superseded('The run has ended or moved on.')
  })
  begun.catch(() => {})
  await workThrough(dependencies, chain, { held, found, begun })
  try {
    return (await looking) ? 'taken' : 'not_wanted'
  } catch (error) {
    await end(dependencies, held, { status: 'failed', error })
    return 'taken'
  }
}

/** Does the stage of a message, once it has claimed it. */
const takeUp = async (
  dependencies: StageDependencies,
  message: StageTask,
  { found, tail }: Delivery,
  until: number | undefined,
): Promise<Taken | 'failed'> => {
  const { clock } = dependencies
  const chain: Chain = {
    sessionId: found.run.session_id,
    tail,
    until,
    end: (held, outcome) => end(dependencies, held, outcome),
  }
  const isFirst = found.stages[message.stage] === undefined
  if (isFirst) {
    const held = heldFirst(message, clock.now())
    const isTaken = await orFailed(dependencies, message, () => claimFirst(dependencies, held))
    if (isTaken === 'failed') return 'failed'
    if (isTaken) return workFirst(dependencies, chain, held, found)
  }
  const held = heldByMessage(message, clock.now())
  const taken = await orFailed(dependencies, message, () =>
    takeStage(dependencies, held, message.task_token, isFirst ? undefined : found),
  )
  if (taken === 'taken') await workThrough(dependencies, chain, { held })
  return taken
}

const run = async (
  dependencies: StageDependencies,
  message: StageTask,
  until: number | undefined,
): Promise<void> => {
  const delivery = await orFailed(dependencies, message, () => receive(dependencies, message))
  if (delivery === 'failed') return
  const taken = delivery ? await takeUp(dependencies, message, delivery, until) : 'not_wanted'
  if (taken === 'handed_over') note({ outcome: 'handed_over' })
  if (taken !== 'not_wanted') return
  note({ outcome: 'not_wanted' })
  await insist(() => settleFromTable(dependencies, message, message.task_token))
}

export const createStageService = (dependencies: StageDependencies): StageService => ({
  run: (task, until) => run(dependencies, task, until),
})
