import { setImmediate } from 'node:timers/promises'
import type { StateMachine } from '../../clients/state-machine.ts'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { agentSettings } from '../../platform/model-settings.ts'
import { log } from '../../platform/telemetry.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { JobRepository } from '../../repositories/job-repository.ts'
import type { Run, RunOutputRepository } from '../../repositories/run-output-repository.ts'
import { isLeased, type Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { SpendRepository } from '../../repositories/spend-repository.ts'
import type {
  ModeDurations,
  StageDurationRepository,
} from '../../repositories/stage-duration-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { confidenceNeeded, evaluateGate } from '../../rules/gate.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { isRunning, stageState, transition } from '../../rules/session-state.ts'
import type { Admission, LimitService } from '../limits/limit-service.ts'
import type { RunLimits, RunPlace } from '../limits/run-limits.ts'
import type { StreamService } from '../log/stream-service.ts'
import { modelCharge } from '../spend/model-charges.ts'
import type { SpendService } from '../spend/spend-service.ts'
import { abandonedTurn, measureAbandoned } from '../turns/turn-commit.ts'
import { jobUpdate } from './job-progress.ts'

export interface RunDependencies {
  clock: Clock
  limits: LimitService
  runLimits: RunLimits
  sessions: SessionRepository
  runs: RunOutputRepository
  jobs: JobRepository
  durations: StageDurationRepository
  events: EventRepository
  streams: StreamService
  machine: StateMachine
  spends: Pick<SpendRepository, 'openRun'>
  spend: Pick<SpendService, 'assertRoom'>
}

/** What a start or a resume took of its caller's limits. */
interface Counted {
  admission: Admission
  place: RunPlace
}

export const assertMayRun = (session: Session, now: number): void => {
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

/**
 * Looks whether one call of a stage's agent can be afforded, or all that it begins with, side by side with what comes before: a run that
 * could not make its first call is not begun. The caps themselves hold call by call.
 */
export const roomFor = (
  { clock, spend }: RunDependencies,
  spender: { principal: string; runId?: string },
  stage: StageName,
): Promise<void> => {
  const { model, maxOutputTokens: outputTokens } = agentSettings(stage)
  const call = { agent: stage, model, inputTokens: 0, outputTokens, searches: 0 }
  const room = spend.assertRoom(spender, modelCharge(call, clock.now()).micros)
  // It is awaited once the caller is known to own what it asks for.
  room.catch(() => {})
  return room
}

/** What a beginning is committed with, and does not depend on what it is counted and looked at for. */
export interface ReadAhead {
  tail: Promise<number>
  /** Of a run with a job. */
  past: Promise<ModeDurations> | undefined
}

/** Reads it side by side with what comes before. */
export const readAhead = (
  { events, durations }: RunDependencies,
  sessionId: string,
  hasJob: boolean,
): ReadAhead => {
  const tail = events.lastSeq(sessionId)
  // The commit that awaits it reports its failure; until then it must not go unhandled.
  tail.catch(() => {})
  return { tail, past: hasJob ? durations.read() : undefined }
}

/**
 * Counts a start or a resume beside the reads that it begins with.
 * @throws StudioError RATE_LIMITED; nothing is counted then
 */
const count = async (
  { limits, runLimits }: RunDependencies,
  caller: Caller,
  { owner, run_id, attempt }: Pick<Run, 'owner' | 'run_id' | 'attempt'>,
): Promise<Counted> => {
  const [admitted, placed] = await Promise.allSettled([
    limits.admit(caller, { runs: 1 }),
    runLimits.place(owner, { run_id, attempt }, caller.onQuotas),
  ])
  if (admitted.status === 'fulfilled' && placed.status === 'fulfilled') {
    return { admission: admitted.value, place: placed.value }
  }
  if (admitted.status === 'fulfilled') await admitted.value.giveBack()
  if (placed.status === 'fulfilled') await placed.value.leave()
  throw admitted.status === 'rejected' ? admitted.reason : (placed as PromiseRejectedResult).reason
}

/** Counts nothing of a run that came to nothing. */
const uncount = async ({ admission, place }: Counted): Promise<void> => {
  await Promise.all([admission.giveBack(), place.leave()])
}

/** Why a session that could take a run a moment ago refused it. */
const refusalOf = async (
  { sessions, clock }: RunDependencies,
  { session_id, owner }: Session,
  cause: ConditionFailed,
): Promise<StudioError> => {
  const now = ownedSession(await sessions.get(session_id), owner)
  assertMayRun(now, clock.now())
  return new StudioError('TURN_IN_PROGRESS', 'The session changed meanwhile.', {
    cause,
    retryAfter: 1,
  })
}

/**
 * Moves the session into the run at the run's stage: one transaction stores the run, moves the
 * session and announces it. The execution is started after that; if that fails the sweeper does it.
 */
export const begin = async (
  dependencies: RunDependencies,
  session: Session,
  run: Run,
  { writes, ahead, place }: { writes: Write[]; ahead: ReadAhead; place: RunPlace },
): Promise<void> => {
  const { sessions, streams, machine } = dependencies
  const { run_id, stage, attempt, request_id, trace } = run
  const state = stageState[stage]
  if (transition(session.state, { type: 'run-started', stage }) !== state) {
    throw new StudioError('INTERNAL_ERROR', `No run can start in ${session.state}.`)
  }
  const stream = streams.open(session.session_id, { tail: ahead.tail })
  try {
    const past = await ahead.past
    await stream.commit(
      [
        ...abandonedTurn(session),
        {
          type: 'stage.changed',
          run_id,
          data: { from: session.state, to: state, state, stage },
        },
        ...jobUpdate(run, { state, stage }, past?.[run.mode]),
      ],
      [sessions.beginRun(session, run_id, state), ...writes],
    )
    measureAbandoned(session)
  } catch (error) {
    throw error instanceof ConditionFailed ? await refusalOf(dependencies, session, error) : error
  }
  const started = machine.start({ run_id, attempt, resume_from: stage, request_id, trace })
  // Behind that, which its stage waits for.
  const tidied = setImmediate().then(() => place.tidy())
  try {
    await started
  } catch (error) {
    log.error('execution not started; the sweeper will', { error: error as Error })
  }
  await Promise.all([stream.settled(), tidied])
}

export const jobOf = (
  { jobs }: RunDependencies,
  { job_id, session_id, run_id, owner, created_at }: Run,
): Write[] =>
  job_id === undefined
    ? []
    : jobs.create({ job_id, type: 'generate', session_id, run_id, owner, created_at })

/** Counts the run while `read` finds its session, then begins it; what comes to nothing is not counted. */
export const beginCounted = async (
  dependencies: RunDependencies,
  caller: Caller,
  attempt: Pick<Run, 'owner' | 'run_id' | 'attempt'>,
  read: () => Promise<Session>,
  begun: (session: Session, place: RunPlace) => Promise<Run>,
): Promise<Run> => {
  const counting = count(dependencies, caller, attempt)
  // It is awaited behind the read; until then a refusal must not go unhandled.
  counting.catch(() => {})
  try {
    const session = await read()
    const { place } = await counting
    return await begun(session, place)
  } catch (error) {
    // Whether an unforeseen error left a run behind is not known: one that is none is found to be none later.
    if (error instanceof StudioError) await counting.then(uncount, () => {})
    throw error
  }
}
