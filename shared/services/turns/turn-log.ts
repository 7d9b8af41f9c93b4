import { StudioError } from '../../contracts/errors.ts'
import type { EventType, StudioEvent } from '../../contracts/events.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { TurnResult } from './turn-commit.ts'
import type { TurnListener } from './turn-service.ts'

/** Events read at once. */
const pageEvents = 250

/** One turn as it is told in the log, whoever takes it. */
export interface TurnLog {
  /** Hears what this process appends, and passes on to the listener what is new to it. */
  listener: TurnListener
  /** Reads what others appended. Resolves with true when the turn has ended. */
  read(): Promise<boolean>
  /** Whether somebody has the turn's words, as far as was read. */
  hasBegun(): boolean
  /** What was understood; empty while nobody has the words. */
  transcript(): string
  /** What the turn came to. @throws StudioError what it failed with, which the log tells already */
  result(): Promise<TurnResult>
}

const isOf =
  <T extends EventType>(type: T, turn: number) =>
  (event: StudioEvent): event is StudioEvent & { type: T } =>
    event.type === type && 'turn' in event.data && event.data.turn === turn

const isTranscript =
  (turn: number) =>
  (event: StudioEvent): event is StudioEvent & { data: { transcript: string; turn: number } } =>
    event.type === 'voice.delta' && 'transcript' in event.data && event.data.turn === turn

export const followTurn = (
  dependencies: {
    events: Pick<EventRepository, 'read'>
    sessions: Pick<SessionRepository, 'get'>
    messages: Pick<ChatMessageRepository, 'list'>
  },
  { sessionId, turn, after }: { sessionId: string; turn: number; after: number },
  outer: TurnListener,
): TurnLog => {
  const { events, sessions, messages } = dependencies
  const heard: StudioEvent[] = []
  let last = after

  const take = (appended: StudioEvent[], own: boolean): void => {
    const news = appended.filter(({ seq }) => seq > last)
    if (news.length === 0) return
    last = news.at(-1)?.seq ?? last
    heard.push(...news)
    outer.onEvents?.(news, own)
  }
  const failure = () => heard.find(isOf('error', turn))
  const completed = () => heard.find(isOf('turn.completed', turn))

  return {
    listener: { onEvents: take },
    async read() {
      for (let complete = false; !complete; ) {
        const page = await events.read(sessionId, last, pageEvents)
        take(page.events, false)
        complete = page.complete
      }
      return failure() !== undefined || completed() !== undefined
    },
    transcript: () => heard.find(isTranscript(turn))?.data.transcript ?? '',
    hasBegun: () => heard.some(isOf('turn.started', turn)),
    async result() {
      const failed = failure()
      if (failed) {
        const { code, message, detail, retryable } = failed.data
        throw new StudioError(code, detail ?? message, { retryable, recorded: true })
      }
      const [session, page] = await Promise.all([
        sessions.get(sessionId),
        messages.list(sessionId, turn - 1, 2),
      ])
      const reply = page.messages.find(({ role }) => role === 'assistant')
      const end = completed()
      if (!session || !reply || !end) {
        throw new StudioError('INTERNAL_ERROR', `The end of turn ${turn} was not found.`)
      }
      return {
        turn,
        state: end.data.state,
        assistant_message: {
          author: 'planner',
          text: reply.text,
          next_question: reply.next_question ?? null,
        },
        slot_updates: heard
          .filter(isBetween(heard, turn))
          .flatMap((event) => (event.type === 'slot.updated' ? event.data.slot_updates : [])),
        brief_slots: session.slots,
        gate: end.data.gate,
      }
    },
  }
}

/** From the beginning of a turn to its end; turns of one session never overlap. */
const isBetween = (heard: StudioEvent[], turn: number) => {
  const from = heard.find(isOf('turn.started', turn))?.seq ?? 0
  const to = heard.find(isOf('turn.completed', turn))?.seq ?? 0
  return ({ seq }: StudioEvent): boolean => seq > from && seq < to
}
