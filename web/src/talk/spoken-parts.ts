import type { Locale, VoicePreset } from '../../../shared/client/contract.ts'
import { graphemeCount } from '../../../shared/contracts/graphemes.ts'
import type { Reply } from '../session/messages.ts'

/** Longest text that the product speaks at once, in characters. */
export const spokenTextLimit = 1200

/** What an answer says before its question. Planners end their text with the question, or do not. */
export const answerWithout = (text: string, question: string | null | undefined): string =>
  question && text.trimEnd().endsWith(question.trim())
    ? text.trimEnd().slice(0, -question.trim().length).trimEnd()
    : text

/** The longest part of a message that can be spoken: all of it, its answer or its question. */
export const speakable = ({
  text,
  next_question,
}: Pick<Reply, 'text' | 'next_question'>): string | undefined =>
  [text, answerWithout(text, next_question), next_question ?? ''].find(
    (part) => part.trim() !== '' && graphemeCount(part) <= spokenTextLimit,
  )

/** The voice of a language. */
export const presetOf = (locale: Locale | null): VoicePreset =>
  locale === 'en-US' ? 'friendly_en' : 'friendly_ko'
