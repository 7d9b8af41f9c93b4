import { signal } from '@preact/signals'
import type { AssistantMessage, Message } from '../../../shared/client/contract.ts'
import type { Session } from '../../../shared/client/index.ts'

/** Stored messages of the assistant by turn: the greeting, notices and questions are not in the log. */
export const answers = signal<ReadonlyMap<number, Message>>(new Map())

let reading: AbortController | undefined

export const forgetMessages = (): void => {
  reading?.abort()
  reading = undefined
  answers.value = new Map()
}

/** Takes the greeting from the answer that began the session. */
export const takeGreeting = (message: AssistantMessage): void => {
  const greeting = { ...message, turn: 0, role: 'assistant' as const, created_at: '' }
  answers.value = new Map([...answers.peek(), [0, greeting]])
}

/**
 * Reads the stored messages that are not known yet. What fails is read again with the next of them; the log
 * has the replies themselves.
 */
export const readMessages = async (session: Session): Promise<void> => {
  reading?.abort()
  reading = new AbortController()
  const { signal: over } = reading
  let after_turn: number | null = Math.max(-1, ...answers.peek().keys())
  try {
    while (after_turn !== null) {
      const page = await session.messages({ after_turn, limit: 100 }, { signal: over })
      const next = new Map(answers.peek())
      for (const message of page.messages) {
        if (message.role === 'assistant') next.set(message.turn, message)
      }
      answers.value = next
      after_turn = page.next_after_turn
    }
  } catch {
    // See above.
  }
}
