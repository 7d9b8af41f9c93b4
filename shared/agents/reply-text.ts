import type { PlannerOutput } from '../contracts/agents.ts'
import { lastGraphemeAt, normalized } from '../contracts/text.ts'

/** The planner's reply as it is stored and shown: the answer, and after a blank line the question. */
export const replyText = ({
  response_text,
  next_question,
}: Pick<PlannerOutput, 'response_text' | 'next_question'>): string =>
  next_question === null ? response_text : `${response_text}\n\n${next_question}`

const replyFields = ['response_text', 'next_question'] as const
export type ReplyField = (typeof replyFields)[number]

export const isReplyField = (field: unknown): field is ReplyField =>
  replyFields.some((each) => each === field)

export interface ReplyStream {
  /** The slot updates have been sent; from now on text may follow. */
  open(): void
  /** A field has grown to this. */
  progress(field: ReplyField, text: string): void
  /** A field is complete; null stands for no question. */
  complete(field: ReplyField, text: string | null): void
  /** The text that has become final since the last call. */
  next(): string
  /** All text returned so far. */
  sent(): string
}

/**
 * The normalized text without what later text may change: its last grapheme, which a mark or a jamo may
 * still join, and the white space before that.
 */
const stablePart = (text: string): string => {
  const written = normalized(text)
  return written.slice(0, lastGraphemeAt(written)).trimEnd()
}

/**
 * The reply while it is written: returns each piece once, as soon as no later character can change it.
 * Holds everything back until it is opened, and the question until the answer is complete, in whatever
 * order the model writes them.
 */
export const replyStream = (): ReplyStream => {
  const fields: Record<ReplyField, { text: string; complete: boolean }> = {
    response_text: { text: '', complete: false },
    next_question: { text: '', complete: false },
  }
  let open = false
  let sent = ''

  const finalText = (field: ReplyField): string => {
    const { text, complete } = fields[field]
    return complete ? normalized(text) : stablePart(text)
  }
  const finalReply = (): string => {
    if (!open) return ''
    if (!fields.response_text.complete) return finalText('response_text')
    const question = finalText('next_question')
    return replyText({
      response_text: finalText('response_text'),
      next_question: question === '' ? null : question,
    })
  }

  return {
    open(): void {
      open = true
    },
    progress(field, text): void {
      if (!fields[field].complete) fields[field].text = text
    },
    complete(field, text): void {
      fields[field] = { text: text ?? '', complete: true }
    },
    next(): string {
      const text = finalReply()
      const piece = text.slice(sent.length)
      sent += piece
      return piece
    },
    sent: (): string => sent,
  }
}
