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
  /** The slot updates are told; from now on text may go out. */
  open(): void
  progress(partial: unknown): void
  /** A field is finished; null stands for no question. */
  complete(field: ReplyField, value: unknown): void
  /** What has become sure since the last call. */
  next(): string
  /** All that was handed out. */
  sent(): string
}

const Partial = z.object({
  response_text: z.string().optional().catch(undefined),
  next_question: z.string().optional().catch(undefined),
})

/** Without white space at the end, which may turn out to be the text's end, and half a character. */
const sure = (text: string): string => {
  const trimmed = text.trim()
  const last = trimmed.charCodeAt(trimmed.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? trimmed.slice(0, -1) : trimmed
}

/**
 * The reply while it is written: hands out each piece once, as soon as no later character can change
 * it. Holds everything back until it is opened, and the question until the answer is finished, in
 * whatever order a model writes them.
 */
export const replyStream = (): ReplyStream => {
  const fields: Record<ReplyField, { text: string; complete: boolean }> = {
    response_text: { text: '', complete: false },
    next_question: { text: '', complete: false },
  }
  let open = false
  let sent = ''

  const shown = (field: ReplyField): string => {
    const { text, complete } = fields[field]
    return complete ? text.trim() : sure(text)
  }
  const known = (): string => {
    if (!open) return ''
    if (!fields.response_text.complete) return shown('response_text')
    const question = shown('next_question')
    return replyText({
      response_text: shown('response_text'),
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
      const text = known()
      const piece = text.slice(sent.length)
      sent += piece
      return piece
    },
    sent: (): string => sent,
  }
}
