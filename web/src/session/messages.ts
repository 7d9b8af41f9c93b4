import { signal } from '@preact/signals'
import type { AssistantMessage, Message } from '../../../shared/client/contract.ts'
import type { Session } from '../../../shared/client/index.ts'

/** What the assistant said, and which of its words are the question. */
export type Reply = Pick<Message, 'turn' | 'text' | 'next_question'>

/** Messages of the assistant by turn. The log has the words of a reply; the greeting, notices and questions it has not. */
export const answers = signal<ReadonlyMap<number, Reply>>(new Map())

/** Turns that the log told of and whose message is not known. */
const wanted = new Set<number>()
/** Calls by session whose answers bring the message of their turn. */
const expected = new Map<string, number>()
let reading: AbortController | undefined
/** Whether the last reading got no answer. */
let hasFailed = false

export const forgetMessages = (): void => {
  reading?.abort()
  reading = undefined
  hasFailed = false
  wanted.clear()
  answers.value = new Map()
}

const take = (messages: readonly Reply[]): void => {
  answers.value = new Map([
    ...answers.peek(),
    ...messages.map((message) => [message.turn, message] as const),
  ])
}

/** Takes a message from the answer of the call that brought it: the greeting is turn 0. */
export const takeMessage = (turn: number, { text, next_question }: AssistantMessage): void =>
  take([{ turn, text, next_question }])

/** Reads the stored messages from the first that is wanted on. */
const read = async (session: Session): Promise<void> => {
  reading?.abort()
  reading = new AbortController()
  const { signal: over } = reading
  hasFailed = false
  let after_turn: number | null = Math.min(...wanted) - 1
  try {
    while (after_turn !== null) {
      const page = await session.messages({ after_turn, limit: 100 }, { signal: over })
      take(page.messages.filter(({ role }) => role === 'assistant'))
      after_turn = page.next_after_turn
    }
  } catch {
    // The log tells of the turns all the same; what is missing is read once more when there is a way again.
    if (!over.aborted) hasFailed = true
  }
}

const settle = (session: Session): void => {
  for (const turn of wanted) {
    if (answers.peek().has(turn)) wanted.delete(turn)
  }
  if (wanted.size > 0 && !expected.has(session.id)) void read(session)
}

/** Has the messages of turns known. They are read only when no call of this page is about to bring them. */
export const wantMessages = (session: Session, turns: readonly number[]): void => {
  for (const turn of turns) wanted.add(turn)
  settle(session)
}

/** Reads once more what could not be read. */
export const readMissed = (session: Session): void => {
  if (hasFailed) settle(session)
}

/** A call whose answer brings a message is under way; what is returned says that it has ended. */
export const expectMessage = (session: Session, isOpen: () => boolean): (() => void) => {
  expected.set(session.id, (expected.get(session.id) ?? 0) + 1)
  return () => {
    const left = (expected.get(session.id) ?? 1) - 1
    if (left > 0) expected.set(session.id, left)
    else expected.delete(session.id)
    if (isOpen()) settle(session)
  }
}
