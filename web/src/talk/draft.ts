import { effect, signal } from '@preact/signals'
import { log, session } from '../session/current-session.ts'
import type { Content } from '../session/sending.ts'
import { attachAgain, attachment } from './attachment.ts'

/** What is written and not sent. */
export const draft = signal('')

/** Puts a message that was not sent back to where it was written. A recording cannot be put back. */
export const putBack = (content: Content | undefined): void => {
  if (content?.kind === 'text') draft.value ||= content.text
  if (content?.kind === 'picture') {
    draft.value ||= content.note
    if (attachment.peek() === null) attachAgain(content)
  }
}

let opened = session.peek()
let putBackOf = ''

/** A message without an answer is in the composer again, to be sent another time. */
effect(() => {
  const now = session.value
  const last = log.value.turns.at(-1)
  if (opened !== null && now !== opened) draft.value = ''
  opened = now
  if (last?.status !== 'failed' || last.input === 'picture' || !last.message) return
  const name = `${now?.id} ${last.turn}`
  if (name === putBackOf) return
  putBackOf = name
  draft.value ||= last.message
})
