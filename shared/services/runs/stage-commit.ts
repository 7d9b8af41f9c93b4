import { ConditionFailed, type Update } from '../../clients/store.ts'
import { type StageName, stageNames } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { EventDraft } from '../../contracts/events.ts'
import type { SessionState } from '../../contracts/session.ts'
import type { Run, RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { StageDurations } from '../../repositories/stage-duration-repository.ts'
import { isFinished } from '../../rules/run-state.ts'
import { stageAfter, stateAfter, transition } from '../../rules/session-state.ts'
import type { SessionStream } from '../log/stream-service.ts'
import { jobUpdate } from './job-progress.ts'
import type { HeldStage } from './stage-claim.ts'

export interface CommitDependencies {
  runs: RunOutputRepository
  sessions: SessionRepository
  stream: Pick<SessionStream, 'commit'>
}

export interface StageCommit {
  held: HeldStage
  /** The stage's output. */
  output: Update
  /** Events that go into the log with it. */
  drafts: EventDraft[]
  /** How long stages took, for the job's estimate. */
  past: StageDurations
  /** The claim with which the same worker goes on, when it does. */
  ahead: HeldStage | undefined
}

/** What a commit did. */
export interface Committed {
  /** The run as the commit left it. */
  run: Run
  /** Whether the stage that follows is the worker's now. */
  isAhead: boolean
  /** Whether the run has not come to the stage yet. */
  isEarly: boolean
}

/** Times that a commit meets a run that has moved on, by the worker's other stage or another worker. */
const moves = 3

/** The events of a run that goes on with the following stage, or is done. */
const progressEvents = (run: Run, to: SessionState, following: StageName | null): EventDraft[] => {
  const { run_id } = run
  const from = run.state as SessionState
  if (following !== null) {
    const data = { from, to, state: to, stage: following }
    return [{ type: 'stage.changed', run_id, data }]
  }
  return [
    { type: 'stage.changed', run_id, data: { from, to, state: to } },
    { type: 'run.completed', run_id, data: { run_id, state: 'DONE' } },
  ]
}

/** Where a stage's end takes its run: to the stage that follows, or past it when that was committed early. */
const progressOf = (run: Run, stage: StageName) => {
  const from = run.state as SessionState
  const after = stageAfter[stage]
  const last = after !== null && run.early === after ? after : stage
  const to = transition(from, { type: 'stage-committed', stage: last })
  if (to === null || to !== stateAfter[last]) {
    throw new StudioError('INTERNAL_ERROR', `The stage ${last} cannot end in ${from}.`)
  }
  const following = stageAfter[last]
  return { from, to, following, change: { state: to, stage: following ?? last } }
}

/** Whether a run has not come to a stage yet, which was begun ahead. */
const isBefore = (run: Run, stage: StageName): boolean =>
  stageNames.indexOf(run.stage) < stageNames.indexOf(stage)

/** Whether a stage's commit completes its run: the last stage, or the one before it when that was committed early. */
export const completes = (run: Run, stage: StageName): boolean => {
  const after = stageAfter[stage]
  return run.stage === stage && (after === null || run.early === after)
}

/** The run as a stage's commit leaves it, unless it meets others; undefined when it does not take it on. */
export const runAfter = (run: Run, stage: StageName): Run | undefined =>
  isBefore(run, stage) ? undefined : { ...run, ...progressOf(run, stage).change }

/** Stores the output of a stage to which the run has not come; the commit that comes to it goes past it. */
const commitEarly = async (
  { runs, stream }: CommitDependencies,
  run: Run,
  { held, output, drafts }: StageCommit,
): Promise<Committed> => {
  const { stage } = held.task
  await stream.commit(drafts, [output, runs.commitEarly(run, stage)])
  return { run: { ...run, early: stage }, isAhead: false, isEarly: true }
}

/** Stores the output and moves run and session on, in one transaction with its events. */
const commitInTurn = async (
  { runs, sessions, stream }: CommitDependencies,
  run: Run,
  { held, output, drafts, past, ahead }: StageCommit,
): Promise<Committed> => {
  const { from, to, following, change } = progressOf(run, held.task.stage)
  const events = [...drafts, ...jobUpdate(run, change, past), ...progressEvents(run, to, following)]
  const writes = [
    output,
    ...runs.advance(run, { ...change, ifEarly: run.early ?? null }),
    // The session stays as it is between two stages of one state: that the run is where it was is condition enough.
    ...(from === to ? [] : [sessions.followRun(run.session_id, run.run_id, from, to)]),
  ]
  const moved = { ...run, ...change }
  const isAhead = ahead !== undefined && ahead.task.stage === following
  if (!isAhead) {
    await stream.commit(events, writes)
    return { run: moved, isAhead, isEarly: false }
  }
  try {
    await stream.commit(events, [...writes, runs.claimAhead(run.run_id, following, ahead.claim)])
    return { run: moved, isAhead, isEarly: false }
  } catch (error) {
    const isTaken =
      error instanceof ConditionFailed && error.failed.every((at) => at === writes.length)
    if (!isTaken) throw error
    await stream.commit(events, writes)
    return { run: moved, isAhead: false, isEarly: false }
  }
}

/** The run, when it has moved on from where it was known to be and still is to be committed to. */
const movedOn = async (
  { runs }: CommitDependencies,
  known: Run,
  stage: StageName,
): Promise<Run | undefined> => {
  const run = await runs.find(known.run_id)
  if (!run || isFinished(run.state) || run.attempt !== known.attempt) return undefined
  const isSame = run.stage === known.stage && run.early === known.early
  const isPast = stageNames.indexOf(run.stage) > stageNames.indexOf(stage)
  return isSame || isPast ? undefined : run
}

/**
 * Commits a stage that its worker holds. One to which the run has not come is stored alone; the commit of the
 * stage before it then takes the run past both, so that whichever is committed last completes the run.
 * @param run as far as the worker knows it
 * @throws ConditionFailed when the stage or the run is another worker's, or over
 */
export const commitStage = async (
  dependencies: CommitDependencies,
  run: () => Run,
  commit: StageCommit,
): Promise<Committed> => {
  const { stage } = commit.held.task
  let known = run()
  for (let left = moves; ; left -= 1) {
    try {
      return await (isBefore(known, stage) ? commitEarly : commitInTurn)(
        dependencies,
        known,
        commit,
      )
    } catch (error) {
      if (!(error instanceof ConditionFailed) || left <= 1) throw error
      const moved = await movedOn(dependencies, known, stage)
      if (!moved) throw error
      known = moved
    }
  }
}
