import type { Message } from '../../contracts/session.ts'
import { normalized } from '../../contracts/text.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'

/** The ways in which a message may be spoken, normalized: as a whole, its answer alone, its question alone. */
export const speakableParts = ({ role, text, next_question }: Message): string[] => {
  if (role !== 'assistant') return []
  const whole = normalized(text)
  const question = next_question ? normalized(next_question) : undefined
  if (!question) return [whole]
  const answer = whole.endsWith(question) ? whole.slice(0, -question.length).trim() : whole
  return [whole, answer, question].filter((part) => part !== '')
}

const isSaid = (messages: readonly Message[], text: string): boolean =>
  messages.some((message) => speakableParts(message).includes(text))

/**
 * Whether the assistant said this in the session: the recent conversation comes with the session, what is older is
 * read page by page.
 */
export const wasSaid = async (
  { messages }: { messages: Pick<ChatMessageRepository, 'listAll'> },
  sessionId: string,
  recent: Message[],
  text: string,
): Promise<boolean> => {
  if (isSaid(recent, text)) return true
  const oldest = recent[0]?.turn ?? 0
  if (oldest === 0) return false
  for await (const page of messages.listAll(sessionId)) {
    if (isSaid(page, text)) return true
    if ((page.at(-1)?.turn ?? 0) >= oldest) return false
  }
  return false
}
