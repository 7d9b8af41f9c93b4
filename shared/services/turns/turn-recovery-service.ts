import { StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { log } from '../../platform/telemetry.ts'
import { isLeased, type SessionRepository } from '../../repositories/session-repository.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { createTurnCommit } from './turn-commit.ts'

export interface TurnRecoveryDependencies {
  clock: Clock
  sessions: SessionRepository
  streams: StreamService
  commit: Pick<ReturnType<typeof createTurnCommit>, 'fail'>
}

export const createTurnRecoveryService = (dependencies: TurnRecoveryDependencies) => {
  const { clock, sessions, streams, commit } = dependencies

  const end = async (sessionId: string): Promise<void> => {
    const session = await sessions.get(sessionId)
    if (!session?.lease || isLeased(session, clock.now())) return
    const stream = streams.open(sessionId)
    const failure = new StudioError('TURN_TIMEOUT', 'The turn was abandoned by its worker.')
    await commit.fail(stream, session, session.lease.id, session.turn, failure)
    await stream.settled()
  }

  return {
    /** Ends every turn whose worker died: the log tells of it, and the next message is welcome. */
    async sweep(): Promise<void> {
      const results = await Promise.allSettled((await sessions.listAbandoned()).map(end))
      for (const result of results) {
        if (result.status === 'rejected') log.warn('turn not ended', { error: result.reason })
      }
    },
  }
}
