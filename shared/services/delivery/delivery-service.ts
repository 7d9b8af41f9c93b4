import { asStudioError } from '../../contracts/errors.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import type { JobView } from '../../contracts/jobs.ts'
import type { ServeOnce } from '../../platform/http-handler.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note } from '../../platform/work-facts.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import { isLeased, type Session } from '../../repositories/session.ts'
import { assertWithinLog, type LogCursor } from '../../rules/log-cursor.ts'
import { endsRun } from '../../rules/run-events.ts'
import { isRunning } from '../../rules/session-state.ts'
import { followMs } from '../../rules/time-budgets.ts'
import { type FollowDependencies, followLog, pageEvents } from '../log/follow-log.ts'
import type { TurnInput, TurnListener, TurnResult } from '../turns/turn.ts'
import { readTurn, startedTurn, upToEnd } from '../turns/turn-log.ts'
import type {
  VoiceTurnDeadlines,
  VoiceTurnInput,
  VoiceTurnListener,
  VoiceTurnOutcome,
} from '../voice/voice-turn-service.ts'
import { createEventBuffer } from './event-buffer.ts'
import { measureReader } from './reader-metrics.ts'

/** A session's log, or a part of it, as one reader gets it: in order, each event once. */
export interface Delivery {
  events: AsyncIterable<StudioEvent[]>
  /** Settles when the work behind it is done, whether or not it is still read. Never rejects. */
  finished?: Promise<void>
}

export interface DeliveryDependencies extends FollowDependencies {
  events: Pick<EventRepository, 'lastSeq' | 'read' | 'readBack'>
  sessions: { prove(sessionId: string, principal: string): Promise<Session> }
  turns: { run(input: TurnInput, listener: TurnListener): Promise<TurnResult> }
  voices: {
    take(
      input: VoiceTurnInput,
      deadlines: VoiceTurnDeadlines,
      listener: VoiceTurnListener,
    ): Promise<VoiceTurnOutcome>
  }
  jobs: { find(jobId: string, principal: string): Promise<JobView> }
}

const hasEnded = ({ status }: Pick<JobView, 'status'>): boolean =>
  status !== 'queued' && status !== 'running'

/** How the work behind a live delivery reports to it. */
interface Progress {
  /** Events that follow those of the last call without a gap. */
  append(events: StudioEvent[]): void
  /** The work has begun this turn; one that was served before is never begun. */
  begin(turn: number): void
}

/**
 * Delivers the events that `work` appends or observes, with what other writers append in between, up
 * to its turn's last. The work goes on when the reader has gone. A turn that was served before is
 * replayed from the log.
 * @param work resolves with its turn's number
 * @throws what the work throws before it begins a turn
 */
const deliverLive = async (
  { events }: DeliveryDependencies,
  sessionId: string,
  work: (progress: Progress) => Promise<number>,
): Promise<Delivery> => {
  const buffer = createEventBuffer(
    async (after) => (await events.read(sessionId, after, pageEvents)).events,
  )
  const begun = Promise.withResolvers<{ turn: number }>()
  const done = work({
    append: (appended) => buffer.offer(appended),
    begin: (turn) => begun.resolve({ turn }),
  })
  const close = (): void => buffer.close()
  void done.then(close, close)
  const first = await Promise.race([begun.promise, done])
  measure('StreamOpened', 1, { channel: 'events' })
  if (typeof first === 'number') return { events: replay(events, sessionId, first) }
  const finished = done.then(
    () => {},
    (error) => {
      const failure = asStudioError(error)
      // Of a session that was erased meanwhile there is no log to end.
      if (failure.recorded || failure.code === 'SESSION_NOT_FOUND') return
      log.error('turn ended without a word', { error: failure })
    },
  )
  const live = async function* (): AsyncGenerator<StudioEvent[]> {
    for (;;) {
      const { part, ended } = upToEnd(first.turn, await buffer.next())
      if (part.length > 0) yield part
      if (ended || part.length === 0) return
    }
  }
  return { events: live(), finished }
}

async function* replay(
  events: DeliveryDependencies['events'],
  sessionId: string,
  turn: number,
): AsyncGenerator<StudioEvent[]> {
  yield await readTurn(events, sessionId, turn)
}

const deliverTurn = (
  dependencies: DeliveryDependencies,
  input: TurnInput,
  once: ServeOnce,
): Promise<Delivery> =>
  deliverLive(dependencies, input.sessionId, async ({ append, begin }) => {
    const listener: TurnListener = {
      onEvents(appended, own) {
        append(appended)
        const started = own ? startedTurn(appended) : undefined
        if (started !== undefined) begin(started)
      },
    }
    // A stream that is asked for again is read from the log: its key has to hold the turn's number alone.
    const { turn } = await once(async () => {
      const { turn } = await dependencies.turns.run(input, listener)
      return { turn }
    })
    return turn
  })

const deliverVoiceTurn = (
  dependencies: DeliveryDependencies,
  input: VoiceTurnInput,
  deadlines: VoiceTurnDeadlines,
  once: ServeOnce,
): Promise<Delivery> =>
  deliverLive(dependencies, input.sessionId, async ({ append, begin }) => {
    const listener = { onEvents: append, onAccepted: begin }
    const { turn } = await once(() => dependencies.voices.take(input, deadlines, listener))
    return turn.turn
  })

export interface FollowRequest extends LogCursor {
  /** Milliseconds that the function has left. */
  remainingMs: number
}

/** Following ends before the function does, so that a stream ends cleanly. */
const endOf = ({ clock }: DeliveryDependencies, remainingMs: number): number =>
  clock.now() + remainingMs - followMs.margin

/**
 * Whether the log itself says, at or before the reader's cursor, that what it follows has ended. The
 * state alone does not do: a reader that is sent away must have seen the event.
 */
const hasSeenEnd = async (
  { events }: DeliveryDependencies,
  sessionId: string,
  after: number,
  ends: (event: StudioEvent) => boolean | undefined,
): Promise<boolean> => {
  const tellsOfIt = (event: StudioEvent): boolean => ends(event) !== undefined
  const latest = (await events.readBack(sessionId, tellsOfIt)).find(tellsOfIt)
  return latest !== undefined && latest.seq <= after && ends(latest) === true
}

/** Readers can be removed while they follow; an owner stays one. */
const accessCheck = (
  { sessions }: DeliveryDependencies,
  { session_id, owner }: Session,
  principal: string,
): (() => Promise<boolean>) | undefined => {
  if (owner === principal) return undefined
  return async () => {
    try {
      await sessions.prove(session_id, principal)
      return true
    } catch (error) {
      if (asStudioError(error).code === 'SESSION_NOT_FOUND') return false
      throw error
    }
  }
}

const followSession = async (
  dependencies: DeliveryDependencies,
  sessionId: string,
  principal: string,
  request: FollowRequest & { until?: 'run' | undefined },
): Promise<Delivery | undefined> => {
  const { after, remainingMs, until } = request
  const session = await dependencies.sessions.prove(sessionId, principal)
  const { state, run_id } = session
  const lastSeq = await dependencies.events.lastSeq(sessionId)
  assertWithinLog(request, lastSeq)
  const goesOn = isRunning(state) || isLeased(session, dependencies.clock.now())
  const over = until === 'run' && run_id !== undefined && !isRunning(state)
  if (over && after === lastSeq && (await hasSeenEnd(dependencies, sessionId, after, endsRun))) {
    return undefined
  }
  measureReader(request, { lastSeq, goesOn })
  const ending = until === 'run' ? { over, ends: endsRun } : { quietMs: followMs.quiet }
  const following = {
    sessionId,
    after,
    until: endOf(dependencies, remainingMs),
    mayRead: accessCheck(dependencies, session, principal),
    ...ending,
  }
  return { events: followLog(dependencies, following) }
}

const followJob = async (
  dependencies: DeliveryDependencies,
  jobId: string,
  principal: string,
  request: FollowRequest,
): Promise<Delivery | undefined> => {
  const { after, remainingMs } = request
  const job = await dependencies.jobs.find(jobId, principal)
  const { session_id: sessionId } = job
  const [session, lastSeq] = await Promise.all([
    dependencies.sessions.prove(sessionId, principal),
    dependencies.events.lastSeq(sessionId),
  ])
  assertWithinLog(request, lastSeq)
  note({ session_id: sessionId, run_id: job.run_id ?? undefined })
  const isOfJob = (event: StudioEvent) =>
    event.type === 'job.updated' && event.data.job_id === jobId
  const ends = (event: StudioEvent) =>
    event.type === 'job.updated' && isOfJob(event) ? hasEnded(event.data) : undefined
  const over = hasEnded(job)
  if (over && (await hasSeenEnd(dependencies, sessionId, after, ends))) return undefined
  measureReader(request, { lastSeq, goesOn: !over })
  const following = {
    sessionId,
    after,
    until: endOf(dependencies, remainingMs),
    over,
    ends,
    wants: isOfJob,
    mayRead: accessCheck(dependencies, session, principal),
  }
  return { events: followLog(dependencies, following) }
}

export const createDeliveryService = (dependencies: DeliveryDependencies) => ({
  /**
   * Takes a turn, once: a turn that was taken before is replayed.
   * @throws StudioError what the turn throws before its first event
   */
  turn: (input: TurnInput, once: ServeOnce): Promise<Delivery> =>
    deliverTurn(dependencies, input, once),

  /**
   * Takes a voice turn, once. The stream ends before the turn when its transcript is too long in coming.
   * @throws StudioError what is wrong with the recording, SESSION_NOT_FOUND, TURN_IN_PROGRESS
   */
  voiceTurn: (
    input: VoiceTurnInput,
    deadlines: VoiceTurnDeadlines,
    once: ServeOnce,
  ): Promise<Delivery> => deliverVoiceTurn(dependencies, input, deadlines, once),

  /**
   * Follows a session's log after a seq: until the session's run has ended if the reader wants that,
   * else until nothing happened for half a minute. Ends shortly before its function does. Undefined
   * when the run has ended and the reader has the whole log.
   * @throws StudioError SESSION_NOT_FOUND, INVALID_INPUT for a cursor beyond the log's end
   */
  session: (
    sessionId: string,
    principal: string,
    request: FollowRequest & { until?: 'run' | undefined },
  ): Promise<Delivery | undefined> => followSession(dependencies, sessionId, principal, request),

  /**
   * Follows a job's updates in its session's log, to the one that ends it. Undefined when the reader
   * has that one.
   * @throws StudioError JOB_NOT_FOUND, INVALID_INPUT for a cursor beyond the log's end
   */
  job: (jobId: string, principal: string, request: FollowRequest): Promise<Delivery | undefined> =>
    followJob(dependencies, jobId, principal, request),
})
