import { setImmediate } from 'node:timers/promises'
import { ConditionFailed } from '../../clients/store.ts'
import type { EventDraft } from '../../contracts/events.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import { stageAfterCommit, withCalls } from '../../repositories/stage-repository.ts'
import type { StageCalls } from './stage-calls.ts'
import { type Committed, commitStage, completes } from './stage-commit.ts'
import { type Following, followingOf } from './stage-following.ts'
import type { StageWork } from './stage-hooks.ts'
import type { StageOutcome, Worker } from './stage-work.ts'

/** A stage that was done beside the one before it took no time of its own. */
const noteSeconds = ({ clock, work, held }: Worker, { isEarly }: Committed): void => {
  const now = clock.now()
  work.seconds[held.task.stage] = isEarly ? 0 : (now - work.reachedAt) / 1000
  if (!isEarly) work.reachedAt = now
}

/** What an agent has finished, and what belongs to its commit. */
export interface Finished {
  found: RunWithStages
  done: StageWork
  calls: StageCalls
  /** Elements that go into the log with it. */
  rest: Promise<EventDraft[]>
  /** The stage that follows, where it was begun before all of this one was written. */
  early: Following | undefined
  /** What has to end before the worker does. */
  aside: readonly PromiseLike<unknown>[]
}

/**
 * Commits what an agent has finished, with what its calls used, and begins the stage that follows meanwhile.
 * @throws ConditionFailed when the stage or the run is another worker's, or over
 */
export const finishStage = async (
  worker: Worker,
  { found, done, calls, rest, early, aside }: Finished,
): Promise<StageOutcome> => {
  const { held, work, clock } = worker
  const { task, claim } = held
  // It is awaited below; what cannot be committed is told first, and then its failure must not go unhandled.
  rest.catch(() => {})
  const known = (): Run => work.run ?? found.run
  const isLast = completes(known(), task.stage)
  const commit = done.commit(claim.leaseId)
  const following = followingOf(worker, early, known(), () => ({
    ...found,
    stages: { ...found.stages, ...stageAfterCommit(task.stage, commit) },
  }))
  // Nothing can fail between this and what takes it back.
  const used = calls.takeUse()
  const output = withCalls(commit, used, { attempt: task.attempt, unmade: calls.unmade() })
  let isSent = false
  try {
    const [drafts, past] = await Promise.all([
      rest,
      work.past ?? {},
      // Behind the request of the stage that follows, which leaves now.
      following && setImmediate(),
      // What was spent is there for whatever reads it once the run is done.
      isLast && work.ledger?.settle(true),
    ])
    isSent = true
    const ahead = following?.heldFrom(clock.now())
    const committed = await commitStage(worker, known, { held, output, drafts, past, ahead })
    work.run = committed.run
    noteSeconds(worker, committed)
    if (committed.isAhead) following?.begin()
    else following?.drop('The stage that follows is not this worker’s.')
  } catch (error) {
    following?.drop('The stage before was not committed.')
    if (!isSent || error instanceof ConditionFailed) calls.putBack(used)
    throw error
  }
  return { status: 'committed', settled: Promise.all([work.ledger?.settle(false), ...aside]) }
}
