import { StudioError } from '../../contracts/errors.ts'
import type { EventType, StudioEvent } from '../../contracts/events.ts'
import type { Message } from '../../contracts/session.ts'
import { sameText } from '../../contracts/text.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { Session } from '../../repositories/session.ts'
import type { Conversation, SessionRepository } from '../../repositories/session-repository.ts'
import { evaluateGate } from '../../rules/gate.ts'
import { waitForRoom } from '../../rules/spend-caps.ts'
import { type FollowDependencies, followLog } from '../log/follow-log.ts'
import type { TurnInput, TurnListener, TurnResult } from './turn.ts'

type Of<T extends EventType> = StudioEvent & { type: T }

const isOf =
  <T extends EventType>(type: T, turn: number) =>
  (event: StudioEvent): event is Of<T> =>
    event.type === type && 'turn' in event.data && event.data.turn === turn

const isTranscriptOf =
  (turn: number) =>
  (event: StudioEvent): event is StudioEvent & { data: { transcript: string; turn: number } } =>
    event.type === 'voice.delta' && 'transcript' in event.data && event.data.turn === turn

/** A voice turn begins with its transcript, a typed one with its message. */
const beginsTurn = (turn: number, event: StudioEvent): boolean =>
  isTranscriptOf(turn)(event) || (isOf('turn.started', turn)(event) && event.data.input !== 'voice')

const endsTurn = (turn: number, event: StudioEvent): boolean =>
  isOf('turn.completed', turn)(event) || isOf('error', turn)(event)

const isOfEarlierTurn = (turn: number, { data }: StudioEvent): boolean =>
  'turn' in data && typeof data.turn === 'number' && data.turn < turn

/** The latest turn that these events start. */
export const startedTurn = (events: StudioEvent[]): number | undefined =>
  events.flatMap((event) => (event.type === 'turn.started' ? [event.data.turn] : [])).at(-1)

/** Events up to the last of a turn, and whether that was among them. */
export const upToEnd = (
  turn: number,
  events: StudioEvent[],
): { part: StudioEvent[]; ended: boolean } => {
  const last = events.findIndex((event) => endsTurn(turn, event))
  return last < 0
    ? { part: events, ended: false }
    : { part: events.slice(0, last + 1), ended: true }
}

/**
 * The events of a turn, with what other writers appended in between: from its first to its last, or to
 * the log's end. Reads back from the log's end, and no further than to the turn before. Empty when the
 * turn's beginning is not in the log any more.
 */
export const readTurn = async (
  events: Pick<EventRepository, 'readBack'>,
  sessionId: string,
  turn: number,
): Promise<StudioEvent[]> => {
  const latest = await events.readBack(
    sessionId,
    (event) => beginsTurn(turn, event) || isOfEarlierTurn(turn, event),
  )
  const first = latest.findIndex((event) => beginsTurn(turn, event))
  return first < 0 ? [] : upToEnd(turn, latest.slice(first)).part
}

/** What a turn was answered, by its events and its reply. The slots are those of now. */
const resultOf = (
  turn: number,
  events: StudioEvent[],
  { author, text, next_question = null }: Message,
  session: Session,
): TurnResult => {
  const completed = events.find(isOf('turn.completed', turn))
  return {
    turn,
    state: completed?.data.state ?? session.state,
    assistant_message: { author: author === 'system' ? author : 'planner', text, next_question },
    slot_updates: events.flatMap((event) =>
      // An edit by hand may come between a turn's events, and is none of them.
      event.type === 'slot.updated' && !event.data.cleared ? event.data.slot_updates : [],
    ),
    brief_slots: session.slots,
    gate: completed?.data.gate ?? evaluateGate(session.slots),
  }
}

/**
 * What a message with a `client_message_id` was answered, from what the transaction of its turn left
 * in the table: a worker may die between that transaction and the record of its answer, and the client
 * then sends the message again. Undefined when no turn with this message was completed.
 * @throws StudioError IDEMPOTENCY_CONFLICT when the id was another message's
 */
export const committedAnswer = async (
  events: Pick<EventRepository, 'readBack'>,
  { session, messages }: Conversation,
  { message, clientMessageId, held }: TurnInput,
): Promise<TurnResult | undefined> => {
  if (clientMessageId === undefined || held) return undefined
  const sent = messages.filter(({ client_message_id }) => client_message_id === clientMessageId)
  const reply = messages.find(
    ({ turn, author }) => author === 'planner' && sent.some((each) => each.turn === turn),
  )
  if (!reply) return undefined
  const { turn } = reply
  if (sent.some((each) => each.turn === turn && !sameText(each.text, message))) {
    throw new StudioError('IDEMPOTENCY_CONFLICT', 'This key was used with another request.')
  }
  return resultOf(turn, await readTurn(events, session.session_id, turn), reply, session)
}

/** One turn as it appears in the log, whichever worker takes it. */
export interface TurnLog {
  /** Takes what this process appends, and passes on to the outer listener what is new to it. */
  listener: TurnListener
  /**
   * Follows until the turn has ended (true), or until `until` (epoch milliseconds) or the signal
   * (false).
   */
  follow(until: number, signal?: AbortSignal): Promise<boolean>
  /** Whether a worker has taken the turn's transcript, as far as was read. */
  hasBegun(): boolean
  /** What was understood; empty before. */
  transcript(): string
  /** What the turn came to. @throws StudioError what it failed with, which is in the log already */
  result(): Promise<TurnResult>
}

interface TurnLogDependencies extends FollowDependencies {
  sessions: Pick<SessionRepository, 'get'>
  messages: Pick<ChatMessageRepository, 'list'>
}

const committedResult = async (
  { clock, sessions, messages }: TurnLogDependencies,
  { sessionId, turn }: { sessionId: string; turn: number },
  known: StudioEvent[],
): Promise<TurnResult> => {
  const failed = known.find(isOf('error', turn))
  if (failed) {
    const { code, message, detail, retryable, cap } = failed.data
    const waits = waitForRoom(cap, clock.now())
    throw new StudioError(code, detail ?? message, { retryable, recorded: true, cap, ...waits })
  }
  const [session, page] = await Promise.all([
    sessions.get(sessionId),
    messages.list(sessionId, turn - 1, 2),
  ])
  const reply = page.messages.find(({ role }) => role === 'assistant')
  if (!session || !reply || !known.some(isOf('turn.completed', turn))) {
    throw new StudioError('INTERNAL_ERROR', `The end of turn ${turn} was not found.`)
  }
  const first = known.findIndex((event) => beginsTurn(turn, event))
  return resultOf(turn, upToEnd(turn, known.slice(Math.max(first, 0))).part, reply, session)
}

/** @param after the log's last seq before the turn */
export const openTurnLog = (
  dependencies: TurnLogDependencies,
  { sessionId, turn, after }: { sessionId: string; turn: number; after: number },
  outer: TurnListener,
): TurnLog => {
  const known: StudioEvent[] = []
  const lastSeq = (): number => known.at(-1)?.seq ?? after
  const hasEnded = (): boolean => known.some((event) => endsTurn(turn, event))

  const take = (appended: StudioEvent[], own: boolean): void => {
    const news = appended.filter(({ seq }) => seq > lastSeq())
    if (news.length === 0) return
    known.push(...news)
    outer.onEvents?.(news, own)
  }

  return {
    listener: { onEvents: take },
    async follow(until, signal) {
      const pages = followLog(dependencies, {
        sessionId,
        after: lastSeq(),
        until,
        signal,
        over: hasEnded(),
        ends: (event) => endsTurn(turn, event) || undefined,
      })
      for await (const page of pages) take(page, false)
      return hasEnded()
    },
    hasBegun: () => known.some(isOf('turn.started', turn)),
    transcript: () => known.find(isTranscriptOf(turn))?.data.transcript ?? '',
    result: () => committedResult(dependencies, { sessionId, turn }, known),
  }
}
