import type { Sockets } from '../../clients/sockets.ts'
import type { Write } from '../../clients/store.ts'
import type { EventDraft, StudioEvent } from '../../contracts/events.ts'
import { log } from '../../platform/telemetry.ts'
import type { ConnectionRepository } from '../../repositories/connection-repository.ts'
import type {
  EventPage,
  EventRepository,
  WriterOptions,
} from '../../repositories/event-repository.ts'
import { followMs } from '../../rules/time-budgets.ts'
import { createEventPush } from './event-push.ts'

/** One writer's way into a session's log and out to everybody who listens. */
export interface SessionStream {
  /** Appends events, then pushes them. */
  emit(drafts: EventDraft[]): Promise<StudioEvent[]>
  /** Appends events with other writes, all or nothing, then pushes them. @throws ConditionFailed */
  commit(drafts: EventDraft[], writes: Write[]): Promise<StudioEvent[]>
  /** Reads what others have appended, for the writer's `onForeign`. */
  look(): Promise<void>
  /** Looks every `milliseconds` until the answered function is called. */
  watch(milliseconds: number): () => void
  /** Resolves when what was appended has been pushed. Never rejects: a push is a hint. */
  settled(): Promise<void>
}

export interface StreamService {
  open(sessionId: string, options?: WriterOptions): SessionStream
  /** The log after a seq; waits up to `waitSeconds` when there is nothing yet. */
  read(sessionId: string, after: number, limit: number, waitSeconds?: number): Promise<EventPage>
}

export const createStreamService = (dependencies: {
  events: EventRepository
  connections: ConnectionRepository
  sockets: Sockets
}): StreamService => {
  const { events } = dependencies

  return {
    open(sessionId, options) {
      const writer = events.writer(sessionId, options)
      const push = createEventPush(sessionId, dependencies)
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
            writer.look().catch((error) => log.debug('look failed', { error }))
          }, milliseconds)
          return () => clearInterval(timer)
        },
        settled: push.settled,
      }
    },
    async read(sessionId, after, limit, waitSeconds = 0) {
      const deadline = Date.now() + waitSeconds * 1000
      for (;;) {
        const page = await events.read(sessionId, after, limit)
        const left = deadline - Date.now()
        if (page.events.length > 0 || left <= 0) return page
        await new Promise((resolve) => setTimeout(resolve, Math.min(followMs.poll, left)))
      }
    },
  }
}
