import * as z from 'zod'
import type { PlannerOutput } from '../contracts/agents.ts'

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
  progress(partial: unknown): void
  /** A field is complete; null stands for no question. */
  complete(field: ReplyField, value: unknown): void
  /** The text that has become final since the last call. */
  next(): string
  /** All text returned so far. */
  sent(): string
}

const Partial = z.object({
  response_text: z.string().optional().catch(undefined),
  next_question: z.string().optional().catch(undefined),
})

/** Leaves out what later text may change: trailing white space and half a surrogate pair. */
const stablePart = (text: string): string => {
  const trimmed = text.trim()
  const last = trimmed.charCodeAt(trimmed.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? trimmed.slice(0, -1) : trimmed
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
    return complete ? text.trim() : stablePart(text)
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
    progress(partial: unknown): void {
      const read = Partial.safeParse(partial)
      if (!read.success) return
      for (const field of ['response_text', 'next_question'] as const) {
        if (!fields[field].complete) fields[field].text = read.data[field] ?? ''
      }
    },
    complete(field: ReplyField, value: unknown): void {
      fields[field] = { text: typeof value === 'string' ? value : '', complete: true }
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
