import type { PlannerOutput } from '../contracts/agents.ts'
import { lastGraphemeAt } from '../contracts/graphemes.ts'
import { normalized } from '../contracts/text.ts'

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

/** The first half of a character, with which what comes before it may form one grapheme. */
const halfAtEnd = /[\ud800-\udbff]$/

/**
 * Follows a text that grows: answers with its normalized form without what later text may change, which
 * is its last grapheme, as a mark or a jamo may still join it, and the white space before that. What has
 * become final is not looked at again.
 */
const createSettling = () => {
  let settled = ''
  let from = 0
  return (written: string): string => {
    const open = written.slice(from).replace(halfAtEnd, '').trimEnd()
    const final = open.slice(0, lastGraphemeAt(open)).trimEnd()
    from += final.length
    const text = settled === '' ? final.trimStart() : final
    settled += text.replaceAll('\r\n', '\n').normalize('NFC')
    return settled
  }
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
  const settle: Record<ReplyField, (text: string) => string> = {
    response_text: createSettling(),
    next_question: createSettling(),
  }
  let open = false
  let sent = ''

  const finalReply = (): string => {
    if (!open) return ''
    if (!fields.response_text.complete) return fields.response_text.text
    const question = fields.next_question.text
    return replyText({
      response_text: fields.response_text.text,
      next_question: question === '' ? null : question,
    })
  }

  return {
    open(): void {
      open = true
    },
    progress(field, text): void {
      if (!fields[field].complete) fields[field].text = settle[field](text)
    },
    complete(field, text): void {
      fields[field] = { text: normalized(text ?? ''), complete: true }
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
