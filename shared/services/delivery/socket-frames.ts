import { asStudioError, StudioError } from '../../contracts/errors.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import type { FieldError } from '../../contracts/problems.ts'
import type { Locale } from '../../contracts/session.ts'
import { ClientFrame, type RejectedFrame, replayBytesLimit } from '../../contracts/socket.ts'
import { errorWording } from '../../platform/wording.ts'
import { boundedText } from '../../rules/bounded-text.ts'

/** As many of the events as one frame may hold; at least one, since an event is far below the limit. */
export const fitReplay = (events: StudioEvent[]): StudioEvent[] => {
  let bytes = 0
  return events.filter((event) => {
    bytes += Buffer.byteLength(JSON.stringify(event)) + 1
    return bytes <= replayBytesLimit
  })
}

/** Errors that one refusal names, and characters of each: it has to fit into a frame. */
const maxErrors = 20
const maxErrorText = 300

const asField = ({ path, message }: { path: PropertyKey[]; message: string }): FieldError => ({
  path: boundedText(path.join('.'), maxErrorText),
  message: boundedText(message, maxErrorText),
})

/** @throws StudioError MALFORMED_JSON, INVALID_INPUT */
export const parseFrame = (text: string): ClientFrame => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new StudioError('MALFORMED_JSON', 'The frame is not valid JSON.', { cause })
  }
  const frame = ClientFrame.safeParse(json)
  if (frame.success) return frame.data
  throw new StudioError('INVALID_INPUT', 'The frame breaks the rules named in errors.', {
    errors: frame.error.issues.slice(0, maxErrors).map(asField),
  })
}

const actionOf = (text: string): string | null => {
  try {
    const { action } = JSON.parse(text) as { action?: unknown }
    return typeof action === 'string' ? boundedText(action, 100) : null
  } catch {
    return null
  }
}

/** The answer to a frame that is refused. */
export const rejectedFrame = (text: string, error: unknown, locale: Locale): RejectedFrame => {
  const { code, retryable, errors } = asStudioError(error)
  return {
    type: 'rejected',
    action: actionOf(text),
    error: { code, message: errorWording[code][locale], retryable },
    ...(errors ? { errors } : {}),
  }
}
