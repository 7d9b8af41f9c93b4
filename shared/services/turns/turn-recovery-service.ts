import { StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note } from '../../platform/work-facts.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import { isLeased } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { TurnCommit } from './turn-commit.ts'

export interface TurnRecoveryDependencies {
  clock: Clock
  sessions: SessionRepository
  messages: Pick<ChatMessageRepository, 'list'>
  streams: StreamService
  commit: Pick<TurnCommit, 'fail'>
}

const endAbandoned = async (
  { clock, sessions, messages, streams, commit }: TurnRecoveryDependencies,
  sessionId: string,
): Promise<void> => {
  const session = await sessions.get(sessionId)
  if (!session?.lease || isLeased(session, clock.now())) return
  const stream = streams.open(sessionId)
  const failure = new StudioError('TURN_TIMEOUT', 'The turn was abandoned by its worker.')
  await commit.fail({ stream, session, turn: session.turn, leaseId: session.lease.id }, failure)
  measure('TurnEnd', 1, { outcome: 'failed' })
  // The transcript had become a message; one that had not is counted where its turn is closed.
  const { messages: sent } = await messages.list(sessionId, session.turn - 1, 1)
  if (sent[0]?.input === 'voice') measure('VoiceTurn', 1, { outcome: 'planner_failed' })
  await stream.settled()
}

export const createTurnRecoveryService = (dependencies: TurnRecoveryDependencies) => ({
  /** Ends every turn whose worker died: the log records it, and the next message is accepted. */
  async sweep(): Promise<void> {
    const abandoned = await dependencies.sessions.listAbandoned()
    note({ count: abandoned.length })
    const results = await Promise.allSettled(
      abandoned.map((sessionId) => endAbandoned(dependencies, sessionId)),
    )
    for (const result of results) {
      if (result.status === 'rejected') log.warn('turn not ended', { error: result.reason })
    }
  },
})
