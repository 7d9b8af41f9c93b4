import { setImmediate } from 'node:timers/promises'
import type { Queue } from '../../clients/queue.ts'
import type { Sockets } from '../../clients/sockets.ts'
import type { Write } from '../../clients/store.ts'
import type { EndTask } from '../../contracts/ends.ts'
import type { EventDraft, StudioEvent } from '../../contracts/events.ts'
import { unlessAborted } from '../../platform/abort.ts'
import { log } from '../../platform/telemetry.ts'
import type { ConnectionRepository } from '../../repositories/connection-repository.ts'
import { endIdsIn } from '../../repositories/end-repository.ts'
import type { EventRepository, WriterOptions } from '../../repositories/event-repository.ts'
import { EventPush } from './event-push.ts'
import { type FollowDependencies, type Following, followLog } from './follow-log.ts'

/** One writer's way into a session's log and out to its listeners. */
export interface SessionStream {
  /** Appends events, then pushes them. @param mayFollow as of the writer's `commit` */
  emit(drafts: EventDraft[], mayFollow?: () => void): Promise<StudioEvent[]>
  /** Appends events with other writes, all or nothing, then pushes them. @throws ConditionFailed */
  commit(drafts: EventDraft[], writes: Write[], mayFollow?: () => void): Promise<StudioEvent[]>
  /** Reads what other writers have appended, for the writer's `onForeign`. */
  look(): Promise<void>
  /**
   * Looks every `milliseconds` until the returned function is called, unless this writer appended meanwhile: an
   * append finds what stands in its place.
   */
  watch(milliseconds: number): () => void
  /** Resolves when what was appended has been pushed, and ends were sent. Never rejects: both are hints. */
  settled(): Promise<void>
}

export interface StreamOptions extends WriterOptions {
  /** Several appends are to come: its sockets are looked up at once, beside what comes before the first. */
  looksAhead?: boolean
}

export interface StreamService {
  open(sessionId: string, options?: StreamOptions): SessionStream
  /** The last seq of the log, 0 for an empty one. */
  lastSeq(sessionId: string): Promise<number>
  /** Follows the log, see `followLog`. */
  follow(following: Following): AsyncIterable<StudioEvent[]>
  /** The log after a seq; waits up to `waitSeconds` for a first event. */
  poll(sessionId: string, after: number, limit: number, waitSeconds: number): Promise<StudioEvent[]>
}

export interface StreamDependencies extends FollowDependencies {
  /** Where ends go that were committed; large, and loaded when there is one. */
  ends: () => Promise<Pick<Queue, 'send'>>
  events: EventRepository
  connections: ConnectionRepository
  sockets: Sockets
}

/** What the queue of ends may take: a hint, since what it does not take the sweeper sends. */
const endsMs = 3_000

/** Sends the ends among what was committed to be announced. Never rejects. */
const sendEnds = async ({ ends }: StreamDependencies, writes: readonly Write[]): Promise<void> => {
  const tasks = endIdsIn(writes).map((end_id): EndTask => ({ end_id }))
  if (tasks.length === 0) return
  // Behind the frames, which leave now.
  await setImmediate()
  try {
    const sent = ends().then((queue) => queue.send(tasks))
    await unlessAborted(sent, AbortSignal.timeout(endsMs))
  } catch (error) {
    log.warn('ends not sent; the sweeper will', { error })
  }
}

const openStream = (
  dependencies: StreamDependencies,
  sessionId: string,
  { looksAhead = false, ...options }: StreamOptions = {},
): SessionStream => {
  const writer = dependencies.events.writer(sessionId, options)
  const push = new EventPush(sessionId, dependencies)
  if (looksAhead) push.lookAhead()
  let sending: Promise<unknown> = Promise.resolve()
  let appends = 0
  const pushed = (appended: StudioEvent[]): StudioEvent[] => {
    appends += 1
    push.send(appended)
    return appended
  }
  return {
    emit: async (drafts, mayFollow) => pushed(await writer.append(drafts, mayFollow)),
    async commit(drafts, writes, mayFollow) {
      const appended = pushed(await writer.commit(drafts, writes, mayFollow))
      sending = Promise.all([sending, sendEnds(dependencies, writes)])
      return appended
    },
    look: writer.look,
    watch(milliseconds) {
      let known = appends
      const timer = setInterval(() => {
        const isKnown = known !== appends
        known = appends
        if (isKnown) return
        // The next look, or the next append, finds what this one missed.
        writer.look().catch((error) => log.debug('look failed', { error }))
      }, milliseconds)
      return () => clearInterval(timer)
    },
    async settled() {
      await Promise.all([push.settled(), sending])
    },
  }
}

export const createStreamService = (dependencies: StreamDependencies): StreamService => ({
  open: (sessionId, options) => openStream(dependencies, sessionId, options),
  lastSeq: (sessionId) => dependencies.events.lastSeq(sessionId),
  follow: (following) => followLog(dependencies, following),
  async poll(sessionId, after, limit, waitSeconds) {
    const until = dependencies.clock.now() + waitSeconds * 1000
    const pages = followLog(dependencies, { sessionId, after, until, pageSize: limit })
    const first = await pages.next()
    return first.done ? [] : first.value
  },
})
