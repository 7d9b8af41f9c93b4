import { stageNames } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { LaunchBrief } from '../../contracts/launch.ts'
import { isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { note } from '../../platform/work-facts.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { Session } from '../../repositories/session.ts'
import type { Caller } from '../../rules/caller.ts'
import { briefOf, sourcesOf } from '../../rules/gate.ts'
import { ownedRun, ownedSession } from '../../rules/ownership.ts'
import { stageState } from '../../rules/session-state.ts'
import { withReaders } from '../sessions/shared-access.ts'
import {
  assertMayRun,
  begin,
  beginCounted,
  jobOf,
  type RunDependencies,
  readAhead,
  roomFor,
} from './run-begin.ts'
import { runOrigin } from './run-origin.ts'

export interface StartOptions {
  /** The older API's brief. */
  launch?: LaunchBrief
  /** Creates a job that follows the run. */
  withJob?: boolean
  /** By whom the start is counted, beside its principal. */
  caller?: Caller
}

const newRun = (
  session: Session,
  run_id: string,
  at: string,
  { launch, withJob }: StartOptions,
): Run => {
  const stage = stageNames[0]
  return {
    run_id,
    session_id: session.session_id,
    owner: session.owner,
    locale: session.locale,
    mode: session.mode,
    brief: briefOf(session.slots),
    brief_sources: sourcesOf(session.slots),
    state: stageState[stage],
    stage,
    attempt: 1,
    ...(launch ? { launch } : {}),
    ...(withJob ? { job_id: newId('job') } : {}),
    ...runOrigin(),
    created_at: at,
    updated_at: at,
  }
}

export const start = (
  dependencies: RunDependencies,
  sessionId: string,
  principal: string,
  options: StartOptions = {},
): Promise<Run> => {
  const { clock, sessions, runs } = dependencies
  const { caller = { principal } } = options
  const ahead = readAhead(dependencies, sessionId, options.withJob === true)
  const room = roomFor(dependencies, { principal }, stageNames[0])
  const run_id = newId('run')
  return beginCounted(
    dependencies,
    caller,
    { owner: principal, run_id, attempt: 1 },
    async () => {
      const session = ownedSession(await sessions.get(sessionId), principal)
      assertMayRun(session, clock.now())
      await room
      return session
    },
    async (session, place) => {
      const run = newRun(session, run_id, isoTime(clock.now()), options)
      const writes = [
        runs.create(run),
        dependencies.spends.openRun(run_id, clock.now()),
        ...jobOf(dependencies, run),
      ]
      note({ run_id })
      await begin(dependencies, session, run, { writes, ahead, place })
      return run
    },
  )
}

/** A run with the readers of its session. */
export const sharedRun = async (
  { sessions, runs }: Pick<RunDependencies, 'sessions' | 'runs'>,
  runId: string,
  principal: string,
): Promise<RunWithStages | undefined> => {
  const found = await runs.get(runId)
  return found && { ...found, run: await withReaders(sessions, found.run, principal) }
}

export const resume = async (
  dependencies: RunDependencies,
  runId: string,
  principal: string,
  caller: Caller = { principal },
): Promise<Run> => {
  const { clock, sessions, runs } = dependencies
  const { run } = ownedRun(await sharedRun(dependencies, runId, principal), principal)
  note({ session_id: run.session_id })
  const ahead = readAhead(dependencies, run.session_id, run.job_id !== undefined)
  const room = roomFor(dependencies, { principal, runId }, run.stage)
  const attempt = run.attempt + 1
  return beginCounted(
    dependencies,
    caller,
    { owner: run.owner, run_id: runId, attempt },
    async () => {
      const session = ownedSession(await sessions.get(run.session_id), principal)
      assertMayRun(session, clock.now())
      if (run.state !== 'FAILED') {
        throw new StudioError('RUN_NOT_RESUMABLE', `The run is ${run.state}, not FAILED.`)
      }
      await room
      return session
    },
    async (session, place) => {
      const { error, completed_at, request_id: _, trace: __, ...rest } = run
      const resumed: Run = {
        ...rest,
        state: stageState[run.stage],
        attempt,
        ...runOrigin(),
      }
      const { state, stage, request_id, trace } = resumed
      const opened = dependencies.spends.openRun(runId, clock.now())
      const writes = [...runs.advance(run, { state, stage, attempt, request_id, trace }), opened]
      await begin(dependencies, session, resumed, { writes, ahead, place })
      return resumed
    },
  )
}
