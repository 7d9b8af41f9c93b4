import { asStudioError } from '../../contracts/errors.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import type { JobView } from '../../contracts/jobs.ts'
import type { Clock } from '../../platform/clock.ts'
import { log } from '../../platform/telemetry.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { Session } from '../../repositories/session-repository.ts'
import { isRunning } from '../../rules/session-state.ts'
import { followMs } from '../../rules/time-budgets.ts'
import type { TurnInput, TurnResult } from '../turns/turn-commit.ts'
import { retellTurn, upToEnd } from '../turns/turn-events.ts'
import type { TurnListener } from '../turns/turn-service.ts'
import type {
  VoiceListener,
  VoiceTurnDeadlines,
  VoiceTurnInput,
  VoiceTurnOutcome,
} from '../voice/voice-turn-service.ts'
import { createEventBuffer } from './event-buffer.ts'

/** Events read at once. */
const pageEvents = 250

/** A session's log, or a part of it, as one reader gets it: in order, each event once. */
export interface Feed {
  events: AsyncIterable<StudioEvent[]>
  /** Settles when the work behind the feed is done, whoever still reads. Never rejects. */
  finished?: Promise<void>
}

export interface DeliveryDependencies {
  clock: Clock
  events: Pick<EventRepository, 'read'>
  sessions: { prove(sessionId: string, principal: string): Promise<Session> }
  turns: { run(input: TurnInput, listener: TurnListener): Promise<TurnResult> }
  voices: {
    take(
      input: VoiceTurnInput,
      patience: VoiceTurnDeadlines,
      listener: VoiceListener,
    ): Promise<VoiceTurnOutcome>
  }
  jobs: { find(jobId: string, principal: string): Promise<JobView> }
}

interface Following {
  sessionId: string
  after: number
  /** Milliseconds that the function has left. */
  remainingMs: number
  /** Whether what is followed has ended, as far as the reader's `after` tells. */
  over?: boolean
  /** What an event says of that: it ended, it goes on, or nothing (undefined). */
  ends?: (event: StudioEvent) => boolean | undefined
  wants?: (event: StudioEvent) => boolean
}

/** Whether an event ends a run (true), shows one at work (false) or neither. */
const endsRun = (event: StudioEvent): boolean | undefined => {
  if (event.run_id === undefined) return undefined
  if (event.type === 'run.completed' || event.type === 'error') return true
  if (event.type !== 'stage.changed') return undefined
  const { state } = event.data
  if (isRunning(state)) return false
  // Of DONE and FAILED the event behind this one tells; back in the brief means cancelled.
  return state === 'DONE' || state === 'FAILED' ? undefined : true
}

const hasEnded = ({ status }: Pick<JobView, 'status'>): boolean =>
  status === 'completed' || status === 'failed'

const turnIn = (events: StudioEvent[]): number | undefined =>
  events.flatMap((event) => (event.type === 'turn.started' ? [event.data.turn] : [])).at(-1)

export const createDeliveryService = (dependencies: DeliveryDependencies) => {
  const { clock, events, sessions, turns, voices, jobs } = dependencies

  /**
   * The log after a seq and on, page by page, looking for more until it is over or time is up; when
   * it has no end of its own, until it is quiet for long.
   */
  async function* follow(following: Following): AsyncGenerator<StudioEvent[]> {
    const { sessionId, remainingMs, ends, wants } = following
    const deadline = clock.now() + remainingMs - followMs.margin
    let { after, over = false } = following
    let heardAt = clock.now()
    for (;;) {
      const page = await events.read(sessionId, after, pageEvents)
      after = page.events.at(-1)?.seq ?? after
      for (const event of page.events) over = ends?.(event) ?? over
      const wanted = wants ? page.events.filter(wants) : page.events
      if (wanted.length > 0) {
        yield wanted
        heardAt = clock.now()
      }
      const until = ends ? deadline : Math.min(deadline, heardAt + followMs.quiet)
      // What ended may have begun anew further on: only the log's end tells.
      if ((page.complete && over) || clock.now() >= until) return
      if (page.complete) await new Promise((resolve) => setTimeout(resolve, followMs.poll))
    }
  }

  /**
   * Feeds the events that `work` appends or hears of, with what others append in between, up to its
   * turn's last. The work goes on when the reader has gone.
   */
  const live = async (
    sessionId: string,
    work: (ear: {
      hear(appended: StudioEvent[]): void
      begin(turn: number): void
    }) => Promise<number>,
  ): Promise<Feed> => {
    const buffer = createEventBuffer(
      async (after) => (await events.read(sessionId, after, pageEvents)).events,
    )
    const begun = Promise.withResolvers<{ turn: number; live: true }>()
    const done = work({
      hear: (appended) => buffer.offer(appended),
      begin: (turn) => begun.resolve({ turn, live: true }),
    })
    done.catch(() => {}).finally(() => buffer.close())
    const first = await Promise.race([begun.promise, done])
    if (typeof first === 'number') return { events: retellTurn(events, sessionId, first) }
    const feed = async function* (): AsyncGenerator<StudioEvent[]> {
      for (;;) {
        const { part, ended } = upToEnd(first.turn, await buffer.next())
        if (part.length > 0) yield part
        if (ended || part.length === 0) return
      }
    }
    const finished = done.then(
      () => {},
      (error) => {
        const failure = asStudioError(error)
        if (!failure.recorded) log.error('turn ended without a word', { error: failure })
      },
    )
    return { events: feed(), finished }
  }

  return {
    /** Takes a turn. @throws StudioError what the turn throws before its first event */
    turn: (input: TurnInput): Promise<Feed> =>
      live(input.sessionId, async ({ hear, begin }) => {
        const { turn } = await turns.run(input, {
          onEvents(appended, own) {
            hear(appended)
            const started = own ? turnIn(appended) : undefined
            if (started !== undefined) begin(started)
          },
        })
        return turn
      }),

    /**
     * Takes a spoken turn. The stream ends without its end when the words are too long in coming.
     * @throws StudioError what is wrong with the recording, SESSION_NOT_FOUND, TURN_IN_PROGRESS
     */
    speech: (input: VoiceTurnInput, patience: VoiceTurnDeadlines): Promise<Feed> =>
      live(input.sessionId, async ({ hear, begin }) => {
        const { turn } = await voices.take(input, patience, { onEvents: hear, onAccepted: begin })
        return turn.turn
      }),

    /**
     * Follows a session's log after a seq: until the session's run has ended if the reader wants
     * that, else until nothing happened for half a minute. Ends shortly before its function does.
     * @throws StudioError SESSION_NOT_FOUND
     */
    async session(
      sessionId: string,
      principal: string,
      {
        after,
        remainingMs,
        until,
      }: { after: number; remainingMs: number; until?: 'run' | undefined },
    ): Promise<Feed> {
      const { state, run_id } = await sessions.prove(sessionId, principal)
      const over = run_id !== undefined && !isRunning(state)
      const ending = until === 'run' ? { over, ends: endsRun } : {}
      return { events: follow({ sessionId, after, remainingMs, ...ending }) }
    },

    /**
     * Follows a job's updates in its session's log, to the one that ends it.
     * @throws StudioError JOB_NOT_FOUND
     */
    async job(
      jobId: string,
      principal: string,
      { after, remainingMs }: { after: number; remainingMs: number },
    ): Promise<Feed> {
      const job = await jobs.find(jobId, principal)
      const isOfJob = (event: StudioEvent) =>
        event.type === 'job.updated' && event.data.job_id === jobId
      return {
        events: follow({
          sessionId: job.session_id,
          after,
          remainingMs,
          over: hasEnded(job),
          ends: (event) =>
            event.type === 'job.updated' && event.data.job_id === jobId
              ? hasEnded(event.data)
              : undefined,
          wants: isOfJob,
        }),
      }
    },
  }
}
