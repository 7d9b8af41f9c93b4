import { StudioError } from '../contracts/errors.ts'
import { messageLimit } from '../contracts/session.ts'
import { normalized, textViolations } from '../contracts/text.ts'

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)

/**
 * What a transcriber heard as a user's message, or why it can be none: TRANSCRIPT_EMPTY when it holds no
 * word, TRANSCRIPTION_FAILED when it breaks the rule for text, which is its fault and not the speaker's.
 */
export const readTranscript = (heard: string): { text: string } | { failure: StudioError } => {
  const violations = textViolations(heard, { min: 1, max: messageLimit, multiline: true })
  const isEmpty = violations.some(({ rule }) => rule === 'TOO_SHORT' || rule === 'NOTHING_VISIBLE')
  if (isEmpty || (violations.length === 0 && !hasWords(heard))) {
    return { failure: new StudioError('TRANSCRIPT_EMPTY', 'No words were understood.') }
  }
  if (violations.length === 0) return { text: normalized(heard) }
  const broken = violations.map(({ message }) => message).join('; ')
  const message = `The transcript breaks the rule for text: ${broken}.`
  return { failure: new StudioError('TRANSCRIPTION_FAILED', message) }
}
