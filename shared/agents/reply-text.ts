import * as z from 'zod'
import { type PlannerOutput, replyLimits } from '../contracts/agents.ts'
import { firstViolationAt, lastGraphemeAt, normalized, textViolations } from '../contracts/text.ts'

/** The planner's reply as it is stored and shown: the answer, and after a blank line the question. */
export const replyText = ({
  response_text,
  next_question,
}: Pick<PlannerOutput, 'response_text' | 'next_question'>): string =>
  next_question === null ? response_text : `${response_text}\n\n${next_question}`

type ReplyField = 'response_text' | 'next_question'

export interface ReplyStream {
  /** The slot updates have been sent; from now on text may follow. */
  open(): void
  /** @returns the rule for text that a field breaks already, whatever follows */
  progress(partial: unknown): string[]
  /**
   * A field is complete; null stands for no question.
   * @returns the rules for text that it breaks
   */
  complete(field: ReplyField, value: unknown): string[]
  /** The text that has become final since the last call. */
  next(): string
  /** All text returned so far. */
  sent(): string
}

const Partial = z.object({
  response_text: z.string().optional().catch(undefined),
  next_question: z.string().optional().catch(undefined),
})

const replyFields = ['response_text', 'next_question'] as const satisfies ReplyField[]

/**
 * The normalized text without what later text may change: its last grapheme, which a mark or a jamo may
 * still join, and the white space before that.
 */
const stablePart = (text: string): string => {
  const written = normalized(text)
  return written.slice(0, lastGraphemeAt(written)).trimEnd()
}

const boundsOf = (field: ReplyField) => ({ min: 0, max: replyLimits[field], multiline: true })

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
    progress(partial: unknown): string[] {
      const read = Partial.safeParse(partial)
      if (!read.success) return []
      return replyFields.flatMap((field) => {
        const text = read.data[field] ?? ''
        if (fields[field].complete || text === fields[field].text) return []
        fields[field].text = text
        const found = firstViolationAt(text, boundsOf(field))
        return found ? [`${field}: ${found.violation.message}`] : []
      })
    },
    complete(field: ReplyField, value: unknown): string[] {
      const text = typeof value === 'string' ? value : ''
      fields[field] = { text, complete: true }
      return textViolations(text, boundsOf(field)).map(({ message }) => `${field}: ${message}`)
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
