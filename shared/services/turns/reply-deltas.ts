import { createDeltaWindow } from '../log/delta-window.ts'
import type { SessionStream } from '../log/stream-service.ts'

/**
 * Sends a reply's text as it is written, in windows. Nothing goes out before the lease is held.
 * @param begun settles when it is
 */
export const createReplyDeltas = (stream: SessionStream, turn: number, begun: Promise<void>) => {
  // Text of a second try goes out behind all of the first, marked with its own number.
  const windowOf = (modelTry: number, before: Promise<unknown>) =>
    createDeltaWindow(async (text) => {
      await Promise.all([begun, before])
      await stream.emit([{ type: 'planner.delta', data: { text, turn, try: modelTry } }])
    })
  let current = windowOf(1, begun)
  let lastTry = 1
  return {
    push(text: string, modelTry: number): void {
      if (modelTry !== lastTry) current = windowOf(modelTry, current.end())
      lastTry = modelTry
      current.push(text)
    },
    /** Resolves when everything was sent. @throws what could not be appended */
    end: (): Promise<void> => current.end(),
  }
}
