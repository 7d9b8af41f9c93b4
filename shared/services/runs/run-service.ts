import type { StateMachine } from '../../clients/state-machine.ts'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import { stageNames } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { LaunchBrief } from '../../contracts/launch.ts'
import type { RunSummary, RunView } from '../../contracts/runs.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { log } from '../../platform/telemetry.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { JobRepository } from '../../repositories/job-repository.ts'
import {
  isFinished,
  type Run,
  type RunOutputRepository,
  type RunWithStages,
} from '../../repositories/run-output-repository.ts'
import {
  isLeased,
  type Session,
  type SessionRepository,
} from '../../repositories/session-repository.ts'
import type { StageDurationRepository } from '../../repositories/stage-duration-repository.ts'
import { briefOf, confidenceNeeded, evaluateGate } from '../../rules/gate.ts'
import { isRunning, stageState, transition } from '../../rules/session-state.ts'
import type { StreamService } from '../log/stream-service.ts'
import { owned } from '../sessions/session-service.ts'
import { abandonedTurn } from '../turns/turn-commit.ts'
import { jobUpdate } from './job-progress.ts'
import { summarizeRun, viewRun } from './run-view.ts'

/** Times a cancel is tried while stages are committed under it. */
const cancelTries = 5

export interface StartOptions {
  /** The older API's brief. */
  launch?: LaunchBrief
  /** A job that follows the run. */
  withJob?: boolean
}

export interface RunDependencies {
  clock: Clock
  sessions: SessionRepository
  runs: RunOutputRepository
  jobs: JobRepository
  durations: StageDurationRepository
  events: EventRepository
  streams: StreamService
  machine: StateMachine
}

const assertMayRun = (session: Session, now: number): void => {
  if (isRunning(session.state)) {
    throw new StudioError('RUN_IN_PROGRESS', `The run ${session.run_id} is in progress.`, {
      retryAfter: 30,
    })
  }
  const gate = evaluateGate(session.slots)
  if (!gate.ready) {
    const detail =
      gate.missing_required.length > 0
        ? `Slots are missing: ${gate.missing_required.join(', ')}.`
        : `The brief is too uncertain: ${gate.confidence} of ${confidenceNeeded}.`
    throw new StudioError('GATE_NOT_READY', detail, { missingRequired: gate.missing_required })
  }
  if (isLeased(session, now)) {
    throw new StudioError('TURN_IN_PROGRESS', 'A turn of this session is in progress.', {
      retryAfter: 2,
    })
  }
}

/** A run that `principal` owns. @throws StudioError RUN_NOT_FOUND, also for somebody else's */
const ownedRun = (found: RunWithStages | undefined, principal: string): RunWithStages => {
  if (found?.run.owner !== principal) {
    throw new StudioError('RUN_NOT_FOUND', 'There is no run with this id.')
  }
  return found
}

export const createRunService = (dependencies: RunDependencies) => {
  const { clock, sessions, runs, jobs, durations, events, streams, machine } = dependencies

  /**
   * Moves the session into the run at the run's stage: one transaction stores the run, moves the
   * session and announces it. The execution is started after that; if that fails the sweeper does.
   */
  const begin = async (session: Session, run: Run, writes: Write[], tail: Promise<number>) => {
    const { stage } = run
    const state = stageState[stage]
    if (transition(session.state, { type: 'run-started', stage }) !== state) {
      throw new StudioError('INTERNAL_ERROR', `No run can start in ${session.state}.`)
    }
    const stream = streams.open(session.session_id, { tail })
    try {
      await stream.commit(
        [
          ...abandonedTurn(session),
          {
            type: 'stage.changed',
            run_id: run.run_id,
            data: { from: session.state, to: state, state, stage },
          },
          ...jobUpdate(run, { state, stage }, await durations.read()),
        ],
        [sessions.beginRun(session, run.run_id, state), ...writes],
      )
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error
      const now = owned(await sessions.get(session.session_id), session.owner)
      assertMayRun(now, clock.now())
      throw new StudioError('TURN_IN_PROGRESS', 'The session changed meanwhile.', {
        cause: error,
        retryAfter: 1,
      })
    }
    try {
      await machine.start({ run_id: run.run_id, attempt: run.attempt, resume_from: stage })
    } catch (error) {
      log.error('execution not started; the sweeper will', { error: error as Error })
    }
    await stream.settled()
  }

  const jobOf = ({ job_id, session_id, run_id, owner, created_at }: Run): Write[] =>
    job_id === undefined
      ? []
      : [jobs.create({ job_id, type: 'generate', session_id, run_id, owner, created_at })]

  const tailOf = (sessionId: string): Promise<number> => {
    const tail = events.lastSeq(sessionId)
    // Whoever awaits it hears of its failure; until then it must not go unhandled.
    tail.catch(() => {})
    return tail
  }

  return {
    /**
     * Accepts a run of the session's brief.
     * @throws StudioError GATE_NOT_READY, RUN_IN_PROGRESS, TURN_IN_PROGRESS, SESSION_NOT_FOUND
     */
    async start(sessionId: string, principal: string, options: StartOptions = {}): Promise<Run> {
      const tail = tailOf(sessionId)
      const session = owned(await sessions.get(sessionId), principal)
      assertMayRun(session, clock.now())
      const stage = stageNames[0]
      const at = isoTime(clock.now())
      const run: Run = {
        run_id: newId('run'),
        session_id: sessionId,
        owner: principal,
        locale: session.locale,
        mode: session.mode,
        brief: briefOf(session.slots),
        state: stageState[stage],
        stage,
        attempt: 1,
        ...(options.launch ? { launch: options.launch } : {}),
        ...(options.withJob ? { job_id: newId('job') } : {}),
        created_at: at,
        updated_at: at,
      }
      await begin(session, run, [runs.create(run), ...jobOf(run)], tail)
      return run
    },

    /**
     * Goes on with a failed run at the stage that failed, from the brief it began with; what was
     * finished is used again.
     * @throws StudioError RUN_NOT_RESUMABLE, RUN_IN_PROGRESS, TURN_IN_PROGRESS, RUN_NOT_FOUND
     */
    async resume(runId: string, principal: string): Promise<Run> {
      const { run } = ownedRun(await runs.get(runId), principal)
      const tail = tailOf(run.session_id)
      const session = owned(await sessions.get(run.session_id), principal)
      assertMayRun(session, clock.now())
      if (run.state !== 'FAILED') {
        throw new StudioError('RUN_NOT_RESUMABLE', `The run is ${run.state}, not FAILED.`)
      }
      const { error, completed_at, ...rest } = run
      const resumed: Run = { ...rest, state: stageState[run.stage], attempt: run.attempt + 1 }
      const { state, stage, attempt } = resumed
      await begin(session, resumed, [runs.advance(run, { state, stage, attempt })], tail)
      return resumed
    },

    /**
     * Stops a run at once; what was finished stays. The session goes back to its brief.
     * @throws StudioError RUN_NOT_FOUND
     */
    async cancel(runId: string, principal: string, tries = cancelTries): Promise<Run> {
      const { run } = ownedRun(await runs.get(runId), principal)
      if (isFinished(run.state)) return run
      const session = owned(await sessions.get(run.session_id), principal)
      const gateReady = evaluateGate(session.slots).ready
      const to = transition(session.state, { type: 'run-cancelled', gateReady })
      const stream = streams.open(run.session_id)
      try {
        if (to === null) throw new ConditionFailed([], undefined)
        const from = session.state
        await stream.commit(
          [
            { type: 'stage.changed', run_id: runId, data: { from, to, state: to } },
            ...jobUpdate(run, { state: 'CANCELLED', stage: run.stage }),
          ],
          [
            runs.advance(run, { state: 'CANCELLED', stage: run.stage }),
            sessions.followRun(run.session_id, runId, from, to),
          ],
        )
      } catch (error) {
        // A stage was committed in between: look again.
        if (!(error instanceof ConditionFailed) || tries <= 1) throw error
        return this.cancel(runId, principal, tries - 1)
      }
      await Promise.all([
        machine.stop(runId, run.attempt, 'Cancelled by the user.'),
        stream.settled(),
      ])
      return { ...run, state: 'CANCELLED' }
    },

    /** @throws StudioError RUN_NOT_FOUND, also for somebody else's */
    async view(runId: string, principal: string): Promise<RunView> {
      return viewRun(ownedRun(await runs.get(runId), principal))
    },

    /** The caller's runs, newest first. */
    async list(
      principal: string,
      { limit, cursor, sessionId }: { limit: number; cursor?: string; sessionId?: string },
    ): Promise<{ runs: RunSummary[]; next_cursor: string | null }> {
      const page = await runs.list(principal, {
        limit,
        ...(cursor === undefined ? {} : { after: readCursor(cursor) }),
        ...(sessionId === undefined ? {} : { sessionId }),
      })
      return {
        runs: page.runs.map(summarizeRun),
        next_cursor: page.next === null ? null : writeCursor(page.next),
      }
    },
  }
}

const writeCursor = (id: string): string => Buffer.from(id).toString('base64url')
const readCursor = (cursor: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString()
  if (/^run_[0-9a-z]{26}$/.test(id)) return id
  throw new StudioError('INVALID_INPUT', 'The cursor is not one that a list answered with.', {
    errors: [{ path: 'cursor', message: 'must be a next_cursor of this list' }],
  })
}
