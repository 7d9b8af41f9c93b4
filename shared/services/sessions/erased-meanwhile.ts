import { insist } from '../../platform/insist.ts'
import { log } from '../../platform/telemetry.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'

export interface ErasedMeanwhileDependencies {
  sessions: Pick<SessionRepository, 'get'>
  events: Pick<EventRepository, 'erase'>
}

/**
 * Removes what a worker has appended to the log of a session that was erased meanwhile: text that is shown while it
 * is written goes out on no condition but its place. To be called when none of it is on its way any more. Changes
 * nothing of a session that is there. Never rejects: it belongs to work that has failed.
 */
export const clearErasedLog = async (
  { sessions, events }: ErasedMeanwhileDependencies,
  sessionId: string,
): Promise<void> => {
  try {
    await insist(async () => {
      if ((await sessions.get(sessionId)) === undefined) await events.erase(sessionId)
    })
  } catch (error) {
    log.error('log of an erased session not cleared', {
      session_id: sessionId,
      error: error as Error,
    })
  }
}
