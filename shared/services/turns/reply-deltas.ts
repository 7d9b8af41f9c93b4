import type { EventDraft } from '../../contracts/events.ts'
import { createDeltaWindow } from '../log/delta-window.ts'
import type { SessionStream } from '../log/stream-service.ts'

/**
 * Sends a reply's text as it is written, in windows. Nothing goes out before the lease is held.
 * @param begun settles when it is
 * @param stop aborts when nothing may go out any more
 */
export const createReplyDeltas = (
  stream: SessionStream,
  turn: number,
  begun: Promise<void>,
  stop: AbortSignal,
) => {
  // Text of a second try goes out behind all of the first, marked with its own number.
  const draft = (text: string, modelTry: number): EventDraft => ({
    type: 'planner.delta',
    data: { text, turn, try: modelTry },
  })
  const windowOf = (modelTry: number, before: Promise<unknown>) =>
    createDeltaWindow(async (text) => {
      await Promise.all([begun, before])
      await stream.emit([draft(text, modelTry)], () => stop.throwIfAborted())
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
      return text === '' ? [] : [draft(text, lastTry)]
    },
  }
}
