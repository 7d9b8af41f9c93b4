import { type EventDraft, eventBytesLimit } from '../../contracts/events.ts'
import { graphemes } from '../../contracts/graphemes.ts'
import { createDeltaWindow } from '../log/delta-window.ts'
import type { SessionStream } from '../log/stream-service.ts'

/** Bytes of JSON that the text of one event has at most, which leaves room for what stands around it. */
const textBytes = eventBytesLimit / 2

/** Bytes of JSON that one UTF-16 unit has at most, as `\u0001`. */
const bytesPerUnit = 6

/** A text in parts that an event can hold, cut between characters as readers count them. */
const partsOf = (text: string): string[] => {
  if (text.length * bytesPerUnit <= textBytes) return [text]
  const parts: string[] = []
  let from = 0
  let bytes = 0
  for (const { segment, index } of graphemes.segment(text)) {
    const more = Buffer.byteLength(JSON.stringify(segment))
    if (bytes + more > textBytes && index > from) {
      parts.push(text.slice(from, index))
      from = index
      bytes = 0
    }
    bytes += more
  }
  return [...parts, text.slice(from)]
}

/**
 * Sends a reply's text as it is written, in windows. Nothing goes out before the lease is held.
 * @param begun settles when it is
 * @param stop aborts when nothing may go out any more
 */
export const createReplyDeltas = (
  stream: Pick<SessionStream, 'emit'>,
  turn: number,
  begun: Promise<void>,
  stop: AbortSignal,
) => {
  // Text of a second try goes out behind all of the first, marked with its own number.
  const drafts = (text: string, modelTry: number): EventDraft[] =>
    partsOf(text).map((part) => ({
      type: 'planner.delta',
      data: { text: part, turn, try: modelTry },
    }))
  const windowOf = (modelTry: number, before: Promise<unknown>) =>
    createDeltaWindow(async (text) => {
      await Promise.all([begun, before])
      await stream.emit(drafts(text, modelTry), () => stop.throwIfAborted())
    })
  let before: Promise<unknown> = begun
  let current = windowOf(1, before)
  let lastTry = 1
  return {
    push(text: string, modelTry: number): void {
      if (modelTry !== lastTry) {
        before = current.end()
        // `end` and `rest` tell of it.
        before.catch(() => {})
        current = windowOf(modelTry, before)
      }
      lastTry = modelTry
      current.push(text)
    },
    /** Resolves when everything was sent. @throws what could not be appended */
    async end(): Promise<void> {
      await before
      await current.end()
    },
    /**
     * The last words, which the caller appends, once everything else was sent: what ends the turn is one
     * write with them. @throws what could not be appended
     */
    async rest(): Promise<EventDraft[]> {
      const text = await current.rest()
      await before
      return text === '' ? [] : drafts(text, lastTry)
    },
  }
}
