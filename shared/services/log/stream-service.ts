import type { Sockets } from '../../clients/sockets.ts'
import type { Write } from '../../clients/store.ts'
import type { EventDraft, StudioEvent } from '../../contracts/events.ts'
import { log } from '../../platform/telemetry.ts'
import type { ConnectionRepository } from '../../repositories/connection-repository.ts'
import type { EventRepository, WriterOptions } from '../../repositories/event-repository.ts'
import { EventPush } from './event-push.ts'
import { type FollowDependencies, type Following, followLog } from './follow-log.ts'

/** One writer's way into a session's log and out to its listeners. */
export interface SessionStream {
  /** Appends events, then pushes them. */
  emit(drafts: EventDraft[]): Promise<StudioEvent[]>
  /** Appends events with other writes, all or nothing, then pushes them. @throws ConditionFailed */
  commit(drafts: EventDraft[], writes: Write[]): Promise<StudioEvent[]>
  /** Reads what other writers have appended, for the writer's `onForeign`. */
  look(): Promise<void>
  /** Looks every `milliseconds` until the returned function is called. */
  watch(milliseconds: number): () => void
  /** Resolves when what was appended has been pushed. Never rejects: a push is a hint. */
  settled(): Promise<void>
}

export interface StreamService {
  open(sessionId: string, options?: WriterOptions): SessionStream
  /** The last seq of the log, 0 for an empty one. */
  lastSeq(sessionId: string): Promise<number>
  /** Follows the log, see `followLog`. */
  follow(following: Following): AsyncIterable<StudioEvent[]>
  /** The log after a seq; waits up to `waitSeconds` for a first event. */
  poll(sessionId: string, after: number, limit: number, waitSeconds: number): Promise<StudioEvent[]>
}

export interface StreamDependencies extends FollowDependencies {
  events: EventRepository
  connections: ConnectionRepository
  sockets: Sockets
}

const openStream = (
  dependencies: StreamDependencies,
  sessionId: string,
  options?: WriterOptions,
): SessionStream => {
  const writer = dependencies.events.writer(sessionId, options)
  const push = new EventPush(sessionId, dependencies)
  const pushed = (appended: StudioEvent[]): StudioEvent[] => {
    push.send(appended)
    return appended
  }
  return {
    emit: async (drafts) => pushed(await writer.append(drafts)),
    commit: async (drafts, writes) => pushed(await writer.commit(drafts, writes)),
    look: writer.look,
    watch(milliseconds) {
      const timer = setInterval(() => {
        // The next look, or the next append, finds what this one missed.
        writer.look().catch((error) => log.debug('look failed', { error }))
      }, milliseconds)
      return () => clearInterval(timer)
    },
    settled: () => push.settled(),
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
