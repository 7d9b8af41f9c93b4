import { createHash } from 'node:crypto'
import type { StateMachine } from '../../clients/state-machine.ts'
import type { StageName } from '../../contracts/agents.ts'
import { creativePartNames } from '../../contracts/creative-parts.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { pause } from '../../platform/pause.ts'
import { log } from '../../platform/telemetry.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type { CountedCall } from '../../repositories/stage-counters.ts'
import type { Stage, StageClaim } from '../../repositories/stage-repository.ts'
import { modelLimits } from '../../rules/model-limits.ts'
import { isFinished } from '../../rules/run-state.ts'
import { stageMs } from '../../rules/time-budgets.ts'

export interface ClaimDependencies {
  clock: Clock
  runs: RunOutputRepository
  machine: StateMachine
}

/** A stage as its worker holds it. */
export interface HeldStage {
  task: Omit<StageTask, 'task_token'>
  claim: StageClaim
  /** Undefined of a stage that was begun ahead, until its message has brought one. */
  token: string | undefined
}

/** Whether a task is of a run that goes on, in this attempt, and its stage is still to be done. */
export const isWanted = (
  task: HeldStage['task'],
  found: RunWithStages | undefined,
): found is RunWithStages =>
  found !== undefined &&
  !isFinished(found.run.state) &&
  found.run.attempt === task.attempt &&
  found.stages[task.stage]?.status !== 'committed'

const fingerprint = (token: string): string =>
  createHash('sha256').update(token).digest('hex').slice(0, 16)

/** The stage of a message, with a lease of the worker's own that is still to be written. */
export const heldByMessage = ({ task_token, ...task }: StageTask, now: number): HeldStage => ({
  task,
  claim: {
    attempt: task.attempt,
    generation: task.retry,
    leaseId: newId('lease'),
    token: fingerprint(task_token),
    until: now + stageMs.claim,
  },
  token: task_token,
})

/** The same of a stage that no worker has had: the calls that its agent begins with are counted with its claim. */
export const heldFirst = (message: StageTask, now: number): HeldStage => {
  const held = heldByMessage(message, now)
  return { ...held, claim: { ...held.claim, calls: firstCalls(message.stage, message.attempt) } }
}

/**
 * The calls that a stage's agent begins with. They are counted with the claim of a stage that nothing is kept of,
 * which is so in a run's first attempt: another one may find parts of the creatives done.
 */
const firstCalls = (stage: StageName, attempt: number): CountedCall[] => {
  if (attempt > 1) return []
  const { maxCalls } = modelLimits[stage]
  return stage === 'creative'
    ? creativePartNames.map((part) => ({ maxCalls, part }))
    : [{ maxCalls }]
}

/** A stage of the same attempt that a worker begins ahead of its message. */
export const heldAhead = (
  { task }: Pick<HeldStage, 'task'>,
  stage: StageName,
  now: number,
): HeldStage => ({
  task: { ...task, stage, retry: 0 },
  claim: {
    attempt: task.attempt,
    generation: 0,
    leaseId: newId('lease'),
    token: undefined,
    until: now + stageMs.claim,
    calls: firstCalls(stage, task.attempt),
  },
  token: undefined,
})

/** A held stage whose claim counts from `now`, when it is written later than it was made. */
export const heldFrom = (held: HeldStage, now: number): HeldStage => ({
  ...held,
  claim: { ...held.claim, until: now + stageMs.claim },
})

/** Whether a claim still has the stage. */
export const holds = async (
  { runs }: ClaimDependencies,
  { task, claim }: HeldStage,
): Promise<boolean> => (await runs.get(task.run_id))?.stages[task.stage]?.lease_id === claim.leaseId

/** The token of a held stage, also one that was handed over since the last heartbeat. */
export const tokenOf = async (
  { runs }: ClaimDependencies,
  held: HeldStage,
): Promise<string | undefined> => {
  const { task, claim } = held
  held.token ??= await runs.handedToken(task.run_id, task.stage, claim.leaseId)
  return held.token
}

/**
 * Claims a stage that no worker has had, once its message's token was found open. False when another one was faster.
 */
export const claimFirst = async (
  dependencies: ClaimDependencies,
  held: HeldStage,
): Promise<boolean> => {
  const { task, claim } = held
  const isTaken = await dependencies.runs.claim(task.run_id, task.stage, claim)
  // It went through all the same when its answer was lost: the SDK's own retry is refused then.
  return isTaken || holds(dependencies, held)
}

/** Whether a stage is still wanted behind the log's tail: what ended the run before that is not shown to the stream. */
export const isStillWanted = async (
  { runs }: ClaimDependencies,
  { task }: HeldStage,
  tail: Promise<number>,
): Promise<boolean> => {
  await tail
  return isWanted(task, await runs.get(task.run_id))
}

/** What became of a message's stage: ours, its token left to the worker that began it ahead, or nothing to do. */
export type Taken = 'taken' | 'handed_over' | 'not_wanted'

/** Whether a stage has a holder that began it ahead and waits for its token. */
const awaitsToken = (task: HeldStage['task'], holder: Stage | undefined, now: number): boolean =>
  holder?.awaits_token === true && holder.attempt === task.attempt && holder.lease_until > now

/**
 * Claims a stage that another worker has had, or waits beside its holder: a holder that dies stops
 * extending its claim, and then the stage is ours. A holder that works for another token has lost its
 * execution when ours is the one that the state machine waits for. A holder that began ahead is given our
 * token.
 * @param first the run as it was just read, while the token was open; it is read when not given
 */
export const takeStage = async (
  { clock, runs, machine }: ClaimDependencies,
  held: HeldStage,
  taskToken: string,
  first: RunWithStages | undefined,
): Promise<Taken> => {
  const { task, claim } = held
  const { run_id, stage } = task
  let over: Pick<StageClaim, 'over'> = {}
  let found = first ?? (await runs.get(run_id))
  if (!isWanted(task, found)) return 'not_wanted'
  for (let isKnownOpen = true; ; isKnownOpen = false) {
    // A claim that would be refused costs a write.
    if (!awaitsToken(task, found.stages[stage], clock.now())) {
      const until = clock.now() + stageMs.claim
      if (await runs.claim(run_id, stage, { ...claim, ...over, until })) return 'taken'
      found = await runs.get(run_id)
    }
    const holder: Stage | undefined = found?.stages[stage]
    if (!holder || !isWanted(task, found)) return 'not_wanted'
    // Ours went through and its answer was lost: the SDK's own retry is refused then.
    if (holder.lease_id === claim.leaseId) return 'taken'
    if (holder.task_token === taskToken) return 'handed_over'
    if (holder.attempt !== task.attempt || holder.generation > task.retry) return 'not_wanted'
    if (!isKnownOpen && (await machine.heartbeat(taskToken)) === 'closed') return 'not_wanted'
    if (holder.awaits_token) {
      const handed = { taskToken, token: fingerprint(taskToken), generation: task.retry }
      if (await runs.handOver(run_id, stage, holder.lease_id, handed)) return 'handed_over'
      found = await runs.get(run_id)
      if (!isWanted(task, found)) return 'not_wanted'
    } else if (holder.token === claim.token) {
      const left = Math.max(0, holder.lease_until - clock.now())
      await pause(Math.min(left + 50, stageMs.retake))
    } else over = { over: holder.lease_id }
  }
}

/**
 * Keeps claim and token alive until the returned function is called, and finds the token that a stage
 * begun ahead still lacks.
 * @param written resolves when the claim is in the table; undefined when it is
 * @param onLost called when another worker has the stage, or the token is closed
 */
export const startHeartbeat = (
  dependencies: ClaimDependencies,
  held: HeldStage,
  written: Promise<void> | undefined,
  onLost: () => void,
): (() => void) => {
  const { clock, runs, machine } = dependencies
  const { task, claim } = held
  const beatToken = async (): Promise<'taken' | 'closed'> => {
    const token = await tokenOf(dependencies, held)
    return token === undefined ? 'taken' : machine.heartbeat(token)
  }
  const beat = async (): Promise<void> => {
    try {
      const until = clock.now() + stageMs.claim
      // In this order: a worker that cannot reach the table gives the machine no sign of life.
      const isHeld = await runs.extend(task.run_id, task.stage, claim.leaseId, until)
      if (!isHeld || (await beatToken()) === 'closed') onLost()
    } catch (error) {
      log.warn('heartbeat failed', { error: error as Error })
    }
  }
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const start = (): void => {
    if (!isOver) timer = setInterval(beat, stageMs.heartbeat)
  }
  if (written) written.then(start, () => {})
  else start()
  return () => {
    isOver = true
    clearInterval(timer)
  }
}
