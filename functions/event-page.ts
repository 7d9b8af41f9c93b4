import type { Session } from '../shared/repositories/session-repository.ts'
import type { StreamService } from '../shared/services/log/stream-service.ts'

/** `GET …/events` as JSON, long-polled when the caller waits; the same behind API and function URL. */
export const eventPage = async (
  {
    sessions,
    streams,
  }: {
    sessions: { prove(sessionId: string, principal: string): Promise<Session> }
    streams: Pick<StreamService, 'poll'>
  },
  sessionId: string,
  principal: string,
  { after, limit, wait }: { after: number; limit: number; wait: number },
) => {
  const [, events] = await Promise.all([
    sessions.prove(sessionId, principal),
    streams.poll(sessionId, after, limit, wait),
  ])
  return { events, next_after: events.at(-1)?.seq ?? after }
}
