import { ConditionFailed } from '../../clients/store.ts'
import type { Clock } from '../../platform/clock.ts'
import { measure } from '../../platform/telemetry.ts'
import { isLeased, type SessionRepository } from '../../repositories/session-repository.ts'
import { ownedSession } from '../../rules/ownership.ts'
import type { StreamService } from '../log/stream-service.ts'
import { turnError } from './turn-commit.ts'

export interface StopDependencies {
  clock: Clock
  sessions: SessionRepository
  streams: StreamService
}

/**
 * Ends the turn in progress, if there is one: its lease goes and the log says so in one transaction,
 * so nothing of that turn can be committed or shown any more.
 */
export const stop = async (
  { clock, sessions, streams }: StopDependencies,
  sessionId: string,
  principal: string,
): Promise<{ stopped: boolean; turn: number }> => {
  const session = ownedSession(await sessions.get(sessionId), principal)
  const { turn, lease } = session
  if (!lease || !isLeased(session, clock.now())) return { stopped: false, turn }
  const stream = streams.open(sessionId)
  try {
    await stream.commit(
      [turnError(session, 'STOPPED', { retryable: false })],
      [sessions.releaseLease(sessionId, lease.id)],
    )
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    return { stopped: false, turn }
  }
  measure('TurnEnd', 1, { outcome: 'stopped' })
  await stream.settled()
  return { stopped: true, turn }
}
