import { randomUUID } from 'node:crypto'
import { stageNames } from '../../contracts/agents.ts'
import type {
  AssistantMessage,
  Locale,
  Message,
  Mode,
  SessionSummary,
  SessionView,
} from '../../contracts/session.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { notices } from '../../platform/wording/notices.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { ConnectionRepository } from '../../repositories/connection-repository.ts'
import type { EarlySearchRepository } from '../../repositories/early-search-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { gateOpening, slotChange } from '../../rules/brief-events.ts'
import type { Caller } from '../../rules/caller.ts'
import { evaluateGate } from '../../rules/gate.ts'
import { readableSession } from '../../rules/ownership.ts'
import { retention } from '../../rules/retention.ts'
import { isRunning } from '../../rules/session-state.ts'
import { viewEarlyResearch } from '../early-research/early-research-usage.ts'
import type { LimitService } from '../limits/limit-service.ts'
import { type CopyPicture, slotsOf, sourceRun, updatesOf } from './brief-reuse.ts'
import { listSessions, type SessionListRequest } from './session-list.ts'

export interface SessionDependencies {
  clock: Clock
  limits: LimitService
  sessions: SessionRepository
  messages: ChatMessageRepository
  events: EventRepository
  runs: RunOutputRepository
  connections: ConnectionRepository
  earlySearches: Pick<EarlySearchRepository, 'list'>
  /** Copies a picture of the product into another session; undefined when it is gone. */
  copyPicture: CopyPicture
}

export interface SessionOptions {
  locale?: Locale | undefined
  mode?: Mode | undefined
  /** A run that the owner may read, whose brief the session begins with. */
  from_run_id?: string | undefined
}

export interface SessionService {
  /**
   * Starts a conversation with the product's own greeting. A caller without a principal is counted as a
   * new one too. With a run, the brief of that run is taken over, with a copy of its picture.
   * @throws StudioError RATE_LIMITED, RUN_NOT_FOUND
   */
  create(
    owner: string,
    options: SessionOptions,
    caller?: Caller,
  ): Promise<{ session: Session; greeting: AssistantMessage }>
  /** Sessions that the principal owns, newest first. @throws StudioError INVALID_INPUT for a cursor of something else */
  list(
    principal: string,
    options: SessionListRequest,
  ): Promise<{ sessions: SessionSummary[]; next_cursor: string | null }>
  /** @throws StudioError SESSION_NOT_FOUND */
  view(sessionId: string, principal: string): Promise<SessionView>
  /** The session, for a caller that may read it. @throws StudioError SESSION_NOT_FOUND */
  prove(sessionId: string, principal: string): Promise<Session>
  /** The conversation after a turn, oldest first. @throws StudioError SESSION_NOT_FOUND */
  history(
    sessionId: string,
    principal: string,
    page: { afterTurn: number; limit: number },
  ): Promise<{ messages: Message[]; next_after_turn: number | null }>
  /**
   * A ticket that opens one socket on this session within a minute; a reader's only reads.
   * What comes over the socket is counted
   * for the caller's address.
   * @throws StudioError SESSION_NOT_FOUND
   */
  ticket(
    sessionId: string,
    principal: string,
    caller?: Caller,
  ): Promise<{ ticket: string; expires_at: string }>
}

const create = async (
  dependencies: SessionDependencies,
  owner: string,
  { locale, mode, from_run_id }: SessionOptions,
  caller: Caller = { principal: owner },
): Promise<{ session: Session; greeting: AssistantMessage }> => {
  const { clock, limits, sessions, messages, events } = dependencies
  const minted = caller.principal === undefined ? { principals: 1 } : {}
  const source =
    from_run_id === undefined ? undefined : await sourceRun(dependencies, from_run_id, owner)
  await limits.admit(caller, { sessions: 1, ...minted })
  const at = isoTime(clock.now())
  const session_id = newId('sess')
  const slots = source ? await slotsOf(dependencies, source, session_id) : {}
  const gate = evaluateGate(slots)
  const session: Session = {
    session_id,
    owner,
    locale: locale ?? source?.locale ?? 'ko-KR',
    mode: mode ?? source?.mode ?? 'standard',
    state: gate.ready ? 'BRIEF_READY' : 'CHAT_COLLECTING',
    turn: 0,
    slots,
    ...(source ? { from_run_id: source.run_id, slots_version: 1 } : {}),
    created_at: at,
    updated_at: at,
  }
  const text = notices[source ? 'briefReused' : 'greeting'][session.locale]
  const { state } = session
  await events
    .writer(session_id, { tail: 0 })
    .commit(
      [
        { type: 'session.started', data: { locale: session.locale, mode: session.mode, state } },
        ...slotChange(updatesOf(slots), slots),
        ...gateOpening({}, gate),
      ],
      [sessions.create(session), messages.notice(session_id, 0, text)],
    )
  return { session, greeting: { author: 'system', text, next_question: null } }
}

/** Percent: of the run once there is one, of the brief before it. */
const progressOf = async ({ runs }: SessionDependencies, session: Session): Promise<number> => {
  if (session.run_id && (isRunning(session.state) || session.state === 'FAILED')) {
    const run = await runs.get(session.run_id)
    const finished = Object.values(run?.stages ?? {}).filter(({ status }) => status === 'committed')
    return Math.round((100 * finished.length) / stageNames.length)
  }
  if (session.state === 'DONE') return 100
  return Math.round(100 * evaluateGate(session.slots).completeness)
}

const view = async (
  dependencies: SessionDependencies,
  sessionId: string,
  principal: string,
): Promise<SessionView> => {
  const { clock, sessions, events, earlySearches } = dependencies
  const [found, last_seq] = await Promise.all([sessions.get(sessionId), events.lastSeq(sessionId)])
  const session = readableSession(found, principal)
  const [progress, early] = await Promise.all([
    progressOf(dependencies, session),
    earlySearches.list(session),
  ])
  return {
    session_id: session.session_id,
    access: session.owner === principal ? 'owner' : 'reader',
    state: session.state,
    mode: session.mode,
    locale: session.locale,
    turn: session.turn,
    brief_slots: session.slots,
    gate: evaluateGate(session.slots),
    progress,
    run_id: session.run_id ?? null,
    from_run_id: session.from_run_id ?? null,
    early_research: viewEarlyResearch(early, clock.now()),
    last_seq,
    created_at: session.created_at,
    updated_at: session.updated_at,
  }
}

const history = async (
  { sessions, messages }: SessionDependencies,
  sessionId: string,
  principal: string,
  { afterTurn, limit }: { afterTurn: number; limit: number },
): Promise<{ messages: Message[]; next_after_turn: number | null }> => {
  const [found, page] = await Promise.all([
    sessions.get(sessionId),
    messages.list(sessionId, afterTurn, limit),
  ])
  readableSession(found, principal)
  return {
    messages: page.messages,
    next_after_turn: page.complete ? null : (page.messages.at(-1)?.turn ?? null),
  }
}

const issueTicket = async (
  { clock, sessions, connections }: SessionDependencies,
  sessionId: string,
  principal: string,
  { address }: Caller = { principal },
): Promise<{ ticket: string; expires_at: string }> => {
  const { locale } = readableSession(await sessions.get(sessionId), principal)
  const ticket = randomUUID()
  await connections.createTicket(ticket, {
    session_id: sessionId,
    owner: principal,
    locale,
    ...(address === undefined ? {} : { address }),
  })
  return { ticket, expires_at: isoTime(clock.now() + retention.ticket.seconds * 1000) }
}

export const createSessionService = (dependencies: SessionDependencies): SessionService => ({
  create: (owner, options, caller) => create(dependencies, owner, options, caller),
  list: (principal, request) => listSessions(dependencies.sessions, principal, request),
  view: (sessionId, principal) => view(dependencies, sessionId, principal),
  prove: async (sessionId, principal) =>
    readableSession(await dependencies.sessions.get(sessionId), principal),
  history: (sessionId, principal, page) => history(dependencies, sessionId, principal, page),
  ticket: (sessionId, principal, caller) => issueTicket(dependencies, sessionId, principal, caller),
})
