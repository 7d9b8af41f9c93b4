import { throwIfAborted } from './abort.ts'
import type { StudioEvent } from './contract.ts'
import type { Cursors } from './cursors.ts'
import { type Deferred, deferred } from './deferred.ts'
import type { Http } from './http.ts'
import { createStatus, type Observable, tellSafely } from './observable.ts'
import { asProblem, type StudioProblem } from './problem.ts'
import { keepConnected, type StreamStatus } from './stream/connection.ts'
import { createInbox, type Inbox } from './stream/inbox.ts'
import type { SocketLike, TransportName } from './stream/transport.ts'
import { browserWake, type Wake } from './wake.ts'

export type { Observable, SocketLike, StreamStatus, TransportName }

export interface StreamOptions {
  /** The platform's own when not given. */
  WebSocket?: (new (url: string) => SocketLike) | undefined
  /** Best first; `socket`, `sse`, `poll` when not given. */
  transports?: readonly TransportName[] | undefined
  /** What says that the network or the page is back; a browser's events when not given. */
  wake?: Wake | undefined
}

export type StreamParts = StreamOptions & {
  /** Whether positions are kept, so that a stream without `after` goes on where the last one was. */
  keeps?: boolean | undefined
}

export interface EventsOptions {
  /** The seq after which to begin; the kept one, or else 0. */
  after?: number | undefined
  signal?: AbortSignal | undefined
  transports?: readonly TransportName[] | undefined
  /** Ends the stream behind the first event that it names; `run.completed` is the end of a run, however it ended. */
  until?: 'run.completed' | ((event: StudioEvent) => boolean) | undefined
}

/**
 * A session's log as it grows: each event once and in order. It is connected while something listens, and
 * goes on where it was when something listens again.
 */
export interface EventStream extends AsyncIterable<StudioEvent> {
  /** Calls back with each event; answers with how to end that. */
  on(listener: (event: StudioEvent) => void): () => void
  readonly status: Observable<StreamStatus>
  /** The last seq that was delivered. */
  readonly seq: number
  /** Ends it for good. No turn or run is stopped by that. */
  close(): void
  /** Resolves when it has ended, with the problem that ended it. */
  readonly ended: Promise<StudioProblem | undefined>
}

interface Connecting {
  signal: AbortSignal
  status: ReturnType<typeof createStatus>
  inboxFrom: (after: number) => Inbox
}

interface EventsParts {
  http: Http
  streams: StreamParts
  cursors: Cursors
}

/** Whether an event ends a run: the package, a failure, or back in the brief because it was cancelled. */
export const endsRun = (event: StudioEvent): boolean => {
  if (event.run_id === undefined) return false
  if (event.type === 'run.completed' || event.type === 'error') return true
  return event.type === 'stage.changed' && /^(?:BRIEF|CHAT)_/.test(event.data.to)
}

type Waiting = { events: StudioEvent[]; changed: Deferred<void> }

/** What listens to a stream: callbacks, told at once, and loops, which take what waits for them. */
const createAudience = (keep: (seq: number) => void, adjust: () => void) => {
  const listeners = new Set<(event: StudioEvent) => void>()
  const waiting: Waiting = { events: [], changed: deferred() }
  let loops = 0

  const next = async (isOver: () => boolean): Promise<StudioEvent | undefined> => {
    for (;;) {
      const event = waiting.events.shift()
      if (event || isOver()) return event
      waiting.changed = deferred()
      await waiting.changed.promise
    }
  }
  return {
    isThere: () => listeners.size + loops > 0,
    wake: () => waiting.changed.resolve(),
    deliver(event: StudioEvent): void {
      if (loops > 0) {
        waiting.events.push(event)
        waiting.changed.resolve()
      }
      for (const listener of [...listeners]) tellSafely(listener, event)
      if (loops === 0) keep(event.seq)
    },
    on(listener: (event: StudioEvent) => void): () => void {
      listeners.add(listener)
      adjust()
      return () => {
        listeners.delete(listener)
        adjust()
      }
    },
    async *loop(isOver: () => boolean, why: () => void): AsyncGenerator<StudioEvent, void, void> {
      loops += 1
      adjust()
      try {
        for (;;) {
          const event = await next(isOver)
          if (!event) return why()
          yield event
          // Kept once the loop has come back for the next one: it has dealt with this one.
          keep(event.seq)
        }
      } finally {
        loops -= 1
        adjust()
      }
    },
  }
}

/** Where a stream begins, and how it connects. */
const connect = async (
  { http, streams, cursors }: EventsParts,
  sessionId: string,
  options: EventsOptions,
  { signal, status, inboxFrom }: Connecting,
): Promise<StudioProblem | undefined> => {
  const kept = options.after ?? (streams.keeps ? await cursors.read(sessionId) : 0)
  const { WebSocket } = globalThis as { WebSocket?: unknown }
  const problem = await keepConnected({
    ...{ http, sessionId, signal },
    inbox: inboxFrom(kept),
    transports: options.transports ?? streams.transports ?? ['socket', 'sse', 'poll'],
    WebSocket: streams.WebSocket ?? (WebSocket as StreamOptions['WebSocket']),
    wake: streams.wake ?? browserWake,
    tell: (next) => !signal.aborted && status.set(next),
  })
  // A kept position that is none of this log would never do.
  if (problem?.code === 'INVALID_INPUT' && streams.keeps) await cursors.forget(sessionId)
  return problem
}

export const openEvents = (
  parts: EventsParts,
  sessionId: string,
  options: EventsOptions,
): EventStream => {
  const status = createStatus()
  const ended = deferred<StudioProblem | undefined>()
  const isLast =
    options.until === 'run.completed' ? endsRun : (options.until ?? ((): boolean => false))
  let inbox: Inbox | undefined
  let connection: AbortController | undefined
  let over = false

  const end = (problem?: StudioProblem): void => {
    if (over) return
    over = true
    connection?.abort()
    options.signal?.removeEventListener('abort', close)
    status.set({ state: 'ended', transport: null, problem: problem ?? null })
    audience.wake()
    ended.resolve(problem)
  }
  const close = (): void => end()
  const deliver = (event: StudioEvent): void => {
    if (over) return
    audience.deliver(event)
    if (isLast(event)) end()
  }
  const inboxFrom = (after: number): Inbox => {
    inbox ??= createInbox(sessionId, after, deliver)
    return inbox
  }
  /** Connected as long as something listens. */
  const adjust = (): void => {
    const wanted = !over && audience.isThere()
    if (wanted && !connection) {
      connection = new AbortController()
      const { signal } = connection
      connect(parts, sessionId, options, { signal, status, inboxFrom }).then(
        (problem) => problem && end(problem),
        (error) => end(asProblem(error)),
      )
    } else if (!wanted && connection) {
      connection.abort()
      connection = undefined
      if (!over) status.set({ state: 'idle', transport: null, problem: null })
    }
  }
  const audience = createAudience((seq) => {
    if (parts.streams.keeps) void parts.cursors.keep(sessionId, seq)
  }, adjust)
  const why = (): void => {
    if (status.observable.value.problem) throw status.observable.value.problem
    throwIfAborted(options.signal)
  }

  if (options.signal?.aborted) close()
  options.signal?.addEventListener('abort', close, { once: true })
  return {
    status: status.observable,
    ended: ended.promise,
    get seq() {
      return inbox?.seq() ?? options.after ?? 0
    },
    close,
    on: audience.on,
    [Symbol.asyncIterator]: () => audience.loop(() => over, why),
  }
}
