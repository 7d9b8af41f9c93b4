import { ConditionFailed } from '../../clients/store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { ReviseRequest, RunSummary, RunView } from '../../contracts/runs.ts'
import { note } from '../../platform/work-facts.ts'
import type { Run } from '../../repositories/run-output-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { evaluateGate } from '../../rules/gate.ts'
import { ownedRun, ownedSession, readableRun } from '../../rules/ownership.ts'
import { isFinished } from '../../rules/run-state.ts'
import { transition } from '../../rules/session-state.ts'
import { jobUpdate } from './job-progress.ts'
import type { RunDependencies } from './run-begin.ts'
import { revise } from './run-revision.ts'
import { resume, type StartOptions, sharedRun, start } from './run-start.ts'
import { summarizeRun, viewRun } from './run-view.ts'

/** Times a cancel is tried while stages are committed under it. */
const cancelTries = 5

interface ListOptions {
  limit: number
  /** A `next_cursor` of this list. */
  cursor?: string
  sessionId?: string
}

export interface RunService {
  /**
   * Accepts a run of the session's brief.
   * @throws StudioError GATE_NOT_READY, RUN_IN_PROGRESS, TURN_IN_PROGRESS, SESSION_NOT_FOUND, RATE_LIMITED
   */
  start(sessionId: string, principal: string, options?: StartOptions): Promise<Run>
  /**
   * Goes on with a failed run at the stage that failed, from the brief it began with; what was
   * finished is used again.
   * @throws StudioError RUN_NOT_RESUMABLE, RUN_IN_PROGRESS, TURN_IN_PROGRESS, RUN_NOT_FOUND, FORBIDDEN,
   * RATE_LIMITED
   */
  resume(runId: string, principal: string, caller?: Caller): Promise<Run>
  /**
   * Starts another run from the stages of this one before `from`; both stay. It costs the calls of the
   * stages that are written again.
   * @throws StudioError RUN_NOT_REVISABLE when a stage before `from` has no output, INVALID_INPUT for a
   * positioning that the strategy does not have, and what `start` throws
   */
  revise(runId: string, principal: string, request: ReviseRequest, caller?: Caller): Promise<Run>
  /**
   * Stops a run at once; what was finished stays. The session goes back to its brief.
   * @throws StudioError RUN_NOT_FOUND, FORBIDDEN
   */
  cancel(runId: string, principal: string): Promise<Run>
  /** For readers, too. @throws StudioError RUN_NOT_FOUND, also for a run of another principal */
  view(runId: string, principal: string): Promise<RunView>
  /** The caller's runs, newest first. @throws StudioError INVALID_INPUT for a cursor of something else */
  list(
    principal: string,
    options: ListOptions,
  ): Promise<{ runs: RunSummary[]; next_cursor: string | null }>
}

const cancel = async (
  dependencies: RunDependencies,
  runId: string,
  principal: string,
  tries = cancelTries,
): Promise<Run> => {
  const { sessions, runs, streams, machine } = dependencies
  const { run } = ownedRun(await sharedRun(dependencies, runId, principal), principal)
  note({ session_id: run.session_id })
  if (isFinished(run.state)) return run
  const session = ownedSession(await sessions.get(run.session_id), principal)
  const from = session.state
  const gateReady = evaluateGate(session.slots).ready
  const to = transition(from, { type: 'run-cancelled', gateReady })
  const stream = streams.open(run.session_id)
  try {
    if (to === null) throw new ConditionFailed([], undefined)
    await stream.commit(
      [
        { type: 'stage.changed', run_id: runId, data: { from, to, state: to } },
        ...jobUpdate(run, { state: 'CANCELLED', stage: run.stage }),
      ],
      [
        ...runs.advance(run, { state: 'CANCELLED', stage: run.stage }),
        sessions.followRun(run.session_id, runId, from, to),
      ],
    )
  } catch (error) {
    // A stage was committed in between: look again.
    if (!(error instanceof ConditionFailed) || tries <= 1) throw error
    return cancel(dependencies, runId, principal, tries - 1)
  }
  await Promise.all([machine.stop(runId, run.attempt, 'Cancelled by the user.'), stream.settled()])
  return { ...run, state: 'CANCELLED' }
}

const writeCursor = (id: string): string => Buffer.from(id).toString('base64url')
const readCursor = (cursor: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString()
  // Decoding passes over what is not base64url: only what was written is taken back.
  if (/^run_[0-9a-z]{26}$/.test(id) && writeCursor(id) === cursor) return id
  throw new StudioError('INVALID_INPUT', 'The cursor is not one that a list answered with.', {
    errors: [{ path: 'cursor', message: 'must be a next_cursor of this list' }],
  })
}

const list = async (
  { runs }: RunDependencies,
  principal: string,
  { limit, cursor, sessionId }: ListOptions,
): Promise<{ runs: RunSummary[]; next_cursor: string | null }> => {
  const page = await runs.list(principal, {
    limit,
    ...(cursor === undefined ? {} : { after: readCursor(cursor) }),
    ...(sessionId === undefined ? {} : { sessionId }),
  })
  return {
    runs: page.runs.map(summarizeRun),
    next_cursor: page.next === null ? null : writeCursor(page.next),
  }
}

export const createRunService = (dependencies: RunDependencies): RunService => ({
  start: (sessionId, principal, options) => start(dependencies, sessionId, principal, options),
  resume: (runId, principal, caller) => resume(dependencies, runId, principal, caller),
  revise: (runId, principal, request, caller) =>
    revise(dependencies, runId, principal, request, caller),
  cancel: (runId, principal) => cancel(dependencies, runId, principal),
  view: async (runId, principal) =>
    viewRun(readableRun(await sharedRun(dependencies, runId, principal), principal)),
  list: (principal, options) => list(dependencies, principal, options),
})
