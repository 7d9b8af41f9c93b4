import type { Session } from '../shared/repositories/session.ts'
import { assertWithinLog } from '../shared/rules/log-cursor.ts'
import type { StreamService } from '../shared/services/log/stream-service.ts'

/**
 * `GET …/events` as JSON, long-polled when the caller waits; the same behind API and function URL.
 * Nothing waits before the session is proved and the position is one of its log.
 */
export const eventPage = async (
  {
    sessions,
    streams,
  }: {
    sessions: { prove(sessionId: string, principal: string): Promise<Session> }
    streams: Pick<StreamService, 'lastSeq' | 'poll'>
  },
  sessionId: string,
  principal: string,
  { after, limit, wait }: { after: number; limit: number; wait: number },
) => {
  const [session, lastSeq] = await Promise.all([
    sessions.prove(sessionId, principal),
    streams.lastSeq(sessionId),
  ])
  assertWithinLog({ after, field: 'after' }, lastSeq)
  const events = await streams.poll(sessionId, after, limit, wait)
  // A reader can be removed while it waits.
  if (wait > 0 && session.owner !== principal) await sessions.prove(sessionId, principal)
  return { events, next_after: events.at(-1)?.seq ?? after }
}
