import { effect, signal } from '@preact/signals'
import type { Turn } from '../../../shared/client/reduce/index.ts'
import { keepForEach } from '../session/conversation.ts'
import { log, session } from '../session/current-session.ts'
import type { Content } from '../session/sending.ts'
import { attachAgain } from './attachment.ts'

/** What is written and not sent. */
export const draft = signal('')
keepForEach(draft, '')

/** Puts a text before what was written since. */
const putBefore = (text: string): void => {
  draft.value = [text, draft.peek()].filter((part) => part !== '').join('\n')
}

/** Puts a message that was not sent back to where it was written. A recording cannot be put back. */
export const putBack = (content: Content | undefined): void => {
  if (content?.kind === 'text') putBefore(content.text)
  if (content?.kind === 'picture') {
    putBefore(content.note)
    attachAgain(content)
  }
}

/** Turns without an answer that were looked at; what was written may have changed since. */
const seen = new Set<string>()
/** Those of them whose message was put into the composer, or was there. */
const returned = signal<ReadonlySet<string>>(new Set())

const nameOf = (turn: number): string => `${log.value.session_id} ${turn}`

const markReturned = (turn: number): void => {
  returned.value = new Set([...returned.peek(), nameOf(turn)])
}

/** Whether the message of a turn without an answer was put back into the composer, and still is there. */
export const isReturned = ({ turn, message }: Pick<Turn, 'turn' | 'message'>): boolean =>
  message !== null && returned.value.has(nameOf(turn)) && draft.value.includes(message)

/** Puts the message of a turn without an answer back, before what was written since. */
export const returnMessage = (turn: number, message: string): void => {
  putBefore(message)
  markReturned(turn)
}

/** A message without an answer is in the composer again, to be sent another time, unless another is written there. */
effect(() => {
  const { session_id, turns } = log.value
  const last = turns.at(-1)
  if (session_id === null || session_id !== session.value?.id) return
  if (last?.status !== 'failed' || last.input === 'picture' || !last.message) return
  if (seen.has(nameOf(last.turn))) return
  seen.add(nameOf(last.turn))
  if (draft.peek() === '') returnMessage(last.turn, last.message)
  else if (draft.peek().includes(last.message)) markReturned(last.turn)
})
