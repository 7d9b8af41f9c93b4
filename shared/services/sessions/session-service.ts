import { randomUUID } from 'node:crypto'
import { stageNames } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type {
  AssistantMessage,
  Locale,
  Message,
  Mode,
  SessionView,
} from '../../contracts/session.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { notices } from '../../platform/wording.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { ConnectionRepository } from '../../repositories/connection-repository.ts'
import { ticketSeconds } from '../../repositories/connection-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { Session, SessionRepository } from '../../repositories/session-repository.ts'
import { evaluateGate } from '../../rules/gate.ts'
import { isRunning } from '../../rules/session-state.ts'

export interface SessionDependencies {
  clock: Clock
  sessions: SessionRepository
  messages: ChatMessageRepository
  events: EventRepository
  runs: RunOutputRepository
  connections: ConnectionRepository
}

/** A session that `principal` owns. @throws StudioError SESSION_NOT_FOUND, also for somebody else's */
export const owned = <T extends { owner: string }>(found: T | undefined, principal: string): T => {
  if (found?.owner !== principal) {
    throw new StudioError('SESSION_NOT_FOUND', 'There is no session with this id.')
  }
  return found
}

export const createSessionService = (dependencies: SessionDependencies) => {
  const { clock, sessions, messages, events, runs, connections } = dependencies

  const progressOf = async (session: Session): Promise<number> => {
    if (session.run_id && (isRunning(session.state) || session.state === 'FAILED')) {
      const run = await runs.get(session.run_id)
      const finished = Object.values(run?.stages ?? {}).filter(
        ({ status }) => status === 'committed',
      )
      return Math.round((100 * finished.length) / stageNames.length)
    }
    if (session.state === 'DONE') return 100
    return Math.round(100 * evaluateGate(session.slots).completeness)
  }

  return {
    /** Starts a conversation with the product's own greeting. */
    async create(
      owner: string,
      { locale, mode }: { locale: Locale; mode: Mode },
    ): Promise<{ session: Session; greeting: AssistantMessage }> {
      const at = isoTime(clock.now())
      const session: Session = {
        session_id: newId('sess'),
        owner,
        locale,
        mode,
        state: 'CHAT_COLLECTING',
        turn: 0,
        slots: {},
        created_at: at,
        updated_at: at,
      }
      const text = notices.greeting[locale]
      await events
        .writer(session.session_id, { tail: 0 })
        .commit(
          [{ type: 'session.started', data: { locale, mode, state: session.state } }],
          [sessions.create(session), messages.notice(session.session_id, 0, text)],
        )
      return { session, greeting: { author: 'system', text, next_question: null } }
    },

    async view(sessionId: string, principal: string): Promise<SessionView> {
      const [found, last_seq] = await Promise.all([
        sessions.get(sessionId),
        events.lastSeq(sessionId),
      ])
      const session = owned(found, principal)
      return {
        session_id: session.session_id,
        state: session.state,
        mode: session.mode,
        locale: session.locale,
        turn: session.turn,
        brief_slots: session.slots,
        gate: evaluateGate(session.slots),
        progress: await progressOf(session),
        run_id: session.run_id ?? null,
        last_seq,
        created_at: session.created_at,
        updated_at: session.updated_at,
      }
    },

    /** @throws StudioError SESSION_NOT_FOUND */
    async prove(sessionId: string, principal: string): Promise<Session> {
      return owned(await sessions.get(sessionId), principal)
    },

    /** The conversation after a turn, oldest first. */
    async history(
      sessionId: string,
      principal: string,
      { afterTurn, limit }: { afterTurn: number; limit: number },
    ): Promise<{ messages: Message[]; next_after_turn: number | null }> {
      const [found, page] = await Promise.all([
        sessions.get(sessionId),
        messages.list(sessionId, afterTurn, limit),
      ])
      owned(found, principal)
      return {
        messages: page.messages,
        next_after_turn: page.complete ? null : (page.messages.at(-1)?.turn ?? null),
      }
    },

    /** A ticket that opens one socket on this session within a minute. */
    async ticket(
      sessionId: string,
      principal: string,
    ): Promise<{ ticket: string; expires_at: string }> {
      const { locale } = owned(await sessions.get(sessionId), principal)
      const ticket = randomUUID()
      await connections.createTicket(ticket, { session_id: sessionId, owner: principal, locale })
      return { ticket, expires_at: isoTime(clock.now() + ticketSeconds * 1000) }
    },
  }
}
