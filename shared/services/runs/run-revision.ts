import { type StageName, stageNames } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { ReviseRequest } from '../../contracts/runs.ts'
import { isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { note } from '../../platform/work-facts.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { Stage, Stages } from '../../repositories/stage-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { ownedRun, ownedSession } from '../../rules/ownership.ts'
import { stageState } from '../../rules/session-state.ts'
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
import { sharedRun } from './run-start.ts'

/** The finished stages before one. @throws StudioError RUN_NOT_REVISABLE when one of them has no output */
const stagesBefore = (stages: Stages, from: StageName): Stage[] =>
  stageNames.slice(0, stageNames.indexOf(from)).map((name) => {
    const stage = stages[name]
    if (stage?.status === 'committed') return stage
    throw new StudioError('RUN_NOT_REVISABLE', `The stage ${name} of the run has no output.`)
  })

/** @throws StudioError INVALID_INPUT */
const assertPositioning = (
  { stages }: RunWithStages,
  { positioning_id }: Pick<ReviseRequest, 'positioning_id'>,
): void => {
  const known = stages.strategy?.output?.positioning_options.map(({ id }) => id) ?? []
  if (positioning_id === undefined || known.includes(positioning_id)) return
  throw new StudioError('INVALID_INPUT', 'The strategy has no such positioning.', {
    errors: [
      { path: 'positioning_id', message: `must be one of the strategy's: ${known.join(', ')}` },
    ],
  })
}

const revisionOf = (
  { run: parent }: RunWithStages,
  { from, positioning_id, note: wish }: ReviseRequest,
  { run_id, at }: { run_id: string; at: string },
): Run => {
  const { session_id, owner, locale, mode, brief, brief_sources, launch } = parent
  return {
    run_id,
    session_id,
    owner,
    locale,
    mode,
    brief,
    ...(brief_sources && { brief_sources }),
    ...(launch && { launch }),
    parent_run_id: parent.run_id,
    revision: { from, positioning_id: positioning_id ?? null, note: wish ?? null },
    state: stageState[from],
    stage: from,
    attempt: 1,
    job_id: newId('job'),
    ...runOrigin(),
    created_at: at,
    updated_at: at,
  }
}

/** A run that takes over the stages of `runId` before `from`, in one transaction with its beginning. */
export const revise = async (
  dependencies: RunDependencies,
  runId: string,
  principal: string,
  request: ReviseRequest,
  caller: Caller = { principal },
): Promise<Run> => {
  const { clock, sessions, runs } = dependencies
  const parent = ownedRun(await sharedRun(dependencies, runId, principal), principal)
  const { session_id, owner } = parent.run
  note({ session_id })
  const ahead = readAhead(dependencies, session_id, true)
  const room = roomFor(dependencies, { principal }, request.from)
  const run_id = newId('run')
  return beginCounted(
    dependencies,
    caller,
    { owner, run_id, attempt: 1 },
    async () => {
      const session = ownedSession(await sessions.get(session_id), principal)
      assertMayRun(session, clock.now())
      assertPositioning(parent, request)
      stagesBefore(parent.stages, request.from)
      await room
      return session
    },
    async (session, place) => {
      const run = revisionOf(parent, request, { run_id, at: isoTime(clock.now()) })
      const writes = [
        runs.create(run),
        ...stagesBefore(parent.stages, request.from).map((stage) => runs.takeOver(run_id, stage)),
        dependencies.spends.openRun(run_id, clock.now()),
        ...jobOf(dependencies, run),
      ]
      note({ run_id })
      await begin(dependencies, session, run, { writes, ahead, place })
      return run
    },
  )
}
