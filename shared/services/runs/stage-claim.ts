import { createHash } from 'node:crypto'
import type { StateMachine } from '../../clients/state-machine.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { pause } from '../../platform/pause.ts'
import { log } from '../../platform/telemetry.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type { StageClaim } from '../../repositories/stage-repository.ts'
import { isFinished } from '../../rules/run-state.ts'
import { stageMs } from '../../rules/time-budgets.ts'

export interface ClaimDependencies {
  clock: Clock
  runs: RunOutputRepository
  machine: StateMachine
}

/** Whether a task is of a run that goes on, in this attempt, and its stage is still to be done. */
export const isWanted = (
  task: StageTask,
  found: RunWithStages | undefined,
): found is RunWithStages =>
  found !== undefined &&
  !isFinished(found.run.state) &&
  found.run.attempt === task.attempt &&
  found.stages[task.stage]?.status !== 'committed'

const fingerprint = (token: string): string =>
  createHash('sha256').update(token).digest('hex').slice(0, 16)

/** A worker's claim on the stage of a task, with a lease of its own. */
export const claimOf = (task: StageTask, now: number): StageClaim => ({
  attempt: task.attempt,
  generation: task.retry,
  leaseId: newId('lease'),
  token: fingerprint(task.task_token),
  until: now + stageMs.claim,
})

/** Whether a claim still has the stage. */
export const holds = async (
  { runs }: ClaimDependencies,
  task: StageTask,
  { leaseId }: StageClaim,
): Promise<boolean> => (await runs.get(task.run_id))?.stages[task.stage]?.lease_id === leaseId

/**
 * Claims the stage, or waits beside its holder: a holder that dies stops extending its claim, and
 * then the stage is ours. A holder that works for another token has lost its execution when ours is
 * the one that the state machine waits for. False when there is nothing left to do.
 */
export const takeStage = async (
  { clock, runs, machine }: ClaimDependencies,
  task: StageTask,
  claim: StageClaim,
): Promise<boolean> => {
  let over: Pick<StageClaim, 'over'> = {}
  for (;;) {
    const until = clock.now() + stageMs.claim
    if (await runs.claim(task.run_id, task.stage, { ...claim, ...over, until })) return true
    const found = await runs.get(task.run_id)
    const holder = found?.stages[task.stage]
    if (!holder || !isWanted(task, found)) return false
    // Ours went through and its answer was lost: the SDK's own retry is refused then.
    if (holder.lease_id === claim.leaseId) return true
    if (holder.attempt !== task.attempt || holder.generation > task.retry) return false
    if ((await machine.heartbeat(task.task_token)) === 'closed') return false
    if (holder.token === claim.token) {
      const left = Math.max(0, holder.lease_until - clock.now())
      await pause(Math.min(left + 50, stageMs.retake))
    } else over = { over: holder.lease_id }
  }
}

/**
 * Keeps claim and token alive until the answered function is called.
 * @param onLost called when another worker has the stage, or the token is closed
 */
export const startHeartbeat = (
  { clock, runs, machine }: ClaimDependencies,
  task: StageTask,
  { leaseId }: StageClaim,
  onLost: () => void,
): (() => void) => {
  const beat = async (): Promise<void> => {
    try {
      const until = clock.now() + stageMs.claim
      const [held, token] = await Promise.all([
        runs.extend(task.run_id, task.stage, leaseId, until),
        machine.heartbeat(task.task_token),
      ])
      if (!held || token === 'closed') onLost()
    } catch (error) {
      log.warn('heartbeat failed', { error: error as Error })
    }
  }
  const timer = setInterval(beat, stageMs.heartbeat)
  return () => clearInterval(timer)
}
