import { asStudioError } from '../../contracts/errors.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import type { Locale } from '../../contracts/session.ts'
import { ClientFrame, type RejectedFrame, replayBytesLimit } from '../../contracts/socket.ts'
import { text as textSchema } from '../../contracts/text.ts'
import { eventText } from '../../platform/event-text.ts'
import { fieldErrors, invalidInput } from '../../platform/field-errors.ts'
import { readRequestJson } from '../../platform/request-json.ts'
import { errorMessage } from '../../platform/wording/failures.ts'

/** As many of the events as one frame may hold; at least one, since an event is far below the limit. */
export const fitReplay = (events: StudioEvent[]): StudioEvent[] => {
  let bytes = 0
  return events.filter((event) => {
    bytes += Buffer.byteLength(eventText(event)) + 1
    return bytes <= replayBytesLimit
  })
}

/** A byte order mark at the beginning is no part of the JSON. */
const unmarked = (text: string): string => text.replace(/^\ufeff/, '')

/** @throws StudioError MALFORMED_JSON, INVALID_INPUT */
export const parseFrame = (text: string): ClientFrame => {
  const frame = ClientFrame.safeParse(readRequestJson(unmarked(text), 'frame'))
  if (frame.success) return frame.data
  throw invalidInput(fieldErrors(frame.error))
}

/** What a frame calls itself, where that is a text. */
const Action = textSchema(100)

const actionOf = (text: string): string | null => {
  try {
    const { action } = JSON.parse(unmarked(text)) as { action?: unknown }
    return Action.safeParse(action).data ?? null
  } catch {
    return null
  }
}

/** The answer to a frame that is refused. */
export const rejectedFrame = (text: string, error: unknown, locale: Locale): RejectedFrame => {
  const failure = asStudioError(error)
  const { code, retryable, errors, cap, limit, retryAfter } = failure
  return {
    type: 'rejected',
    action: actionOf(text),
    error: { code, message: errorMessage(failure, locale), retryable },
    ...(cap ? { cap } : {}),
    ...(errors ? { errors } : {}),
    ...(limit ? { limit } : {}),
    ...(limit && retryAfter !== undefined ? { retry_after: Math.ceil(retryAfter) } : {}),
  }
}
