import { ConditionFailed, type Update } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import type { EventDraft } from '../../contracts/events.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import { stageAfterCommit, withUse } from '../../repositories/stage-repository.ts'
import { stageAfter } from '../../rules/session-state.ts'
import type { StageWork } from './stage-agents.ts'
import type { StageCalls } from './stage-calls.ts'
import { type Committed, commitStage, runAfter } from './stage-commit.ts'
import type { StageOutcome, Worker } from './stage-work.ts'
import { Superseded } from './worker-stream.ts'

/** What the following stage works from, where the commit says all of it: without reading the run again. */
const foundAfter = (
  run: Run,
  stage: StageName,
  found: RunWithStages,
  commit: Update,
): RunWithStages | undefined => {
  const stages = { ...found.stages, ...stageAfterCommit(stage, commit) }
  return stages[stage]?.output === undefined ? undefined : { ...found, run, stages }
}

/** Whether a stage's commit completes its run: the last stage, or the one before it when that was committed early. */
export const completes = (run: Run, stage: StageName): boolean => {
  const after = stageAfter[stage]
  return run.stage === stage && (after === null || run.early === after)
}

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
  /** What has to end before the worker does. */
  aside: readonly PromiseLike<unknown>[]
}

/**
 * Commits what an agent has finished, with what its calls used, and begins the stage that follows meanwhile.
 * @throws ConditionFailed when the stage or the run is another worker's, or over
 */
export const finishStage = async (
  worker: Worker,
  { found, done, calls, rest, aside }: Finished,
): Promise<StageOutcome> => {
  const { held, work } = worker
  const { task, claim } = held
  // It is awaited below; what cannot be committed is told first, and then its failure must not go unhandled.
  rest.catch(() => {})
  const known = (): Run => work.run ?? found.run
  const isLast = completes(known(), task.stage)
  const ahead = work.claimAfter(held)
  const moved = ahead && !isLast && runAfter(known(), task.stage)
  const commit = done.commit(claim.leaseId)
  const used = calls.takeUse()
  const output = withUse(commit, used)
  const begun = Promise.withResolvers<void>()
  begun.promise.catch(() => {})
  if (ahead && moved) {
    work.follow({
      held: ahead,
      found: foundAfter(moved, task.stage, found, output),
      begun: begun.promise,
      stop: new AbortController(),
    })
  }
  let isSent = false
  try {
    const [drafts, past] = await Promise.all([
      rest,
      work.past ?? {},
      // What was spent is there for whatever reads it once the run is done.
      isLast && work.ledger?.settle(true),
    ])
    isSent = true
    const committed = await commitStage(worker, known, { held, output, drafts, past, ahead })
    work.run = committed.run
    noteSeconds(worker, committed)
    if (committed.isAhead) begun.resolve()
    else begun.reject(new Superseded('The stage that follows is not this worker’s.'))
  } catch (error) {
    begun.reject(new Superseded('The stage before was not committed.'))
    if (!isSent || error instanceof ConditionFailed) calls.putBack(used)
    throw error
  }
  return { status: 'committed', settled: Promise.all([work.ledger?.settle(false), ...aside]) }
}
