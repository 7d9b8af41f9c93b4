import { setImmediate } from 'node:timers/promises'
import { isTransient } from '../../clients/aws-errors.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
import { asStudioError } from '../../contracts/errors.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import { insist } from '../../platform/insist.ts'
import { note, principalHash } from '../../platform/work-facts.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import { type Chain, workThrough } from './stage-chain.ts'
import {
  claimFirst,
  type HeldStage,
  heldByMessage,
  heldFirst,
  isStillWanted,
  isWanted,
  type Taken,
  takeStage,
} from './stage-claim.ts'
import { type EndDependencies, endStage, reportFailure, settleFromTable } from './stage-end.ts'
import type { WorkerDependencies } from './stage-work.ts'
import { Superseded } from './worker-stream.ts'

export interface StageDependencies extends WorkerDependencies, EndDependencies {
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
    await endStage(dependencies, held, { status: 'failed', error })
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
    end: (held, outcome) => endStage(dependencies, held, outcome),
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
