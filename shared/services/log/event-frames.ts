import { eventsBytesLimit, type FrameForm } from '../../contracts/socket.ts'

const frameOf = (texts: readonly string[]): string => `{"type":"events","events":[${texts}]}`

/** Bytes of a frame around its events. */
const aroundBytes = Buffer.byteLength(frameOf([]))

/**
 * The next frame for a socket: the event at a position, with those behind it that fit when it takes several.
 * @param texts events as JSON, in the log's order
 * @returns the frame, and the position behind it
 */
export const nextFrame = (
  texts: readonly string[],
  from: number,
  form: FrameForm,
): { frame: string; next: number } => {
  let next = from + 1
  if (form === 'events') {
    let bytes = aroundBytes + Buffer.byteLength(texts[from] ?? '')
    for (const text of texts.slice(next)) {
      bytes += 1 + Buffer.byteLength(text)
      if (bytes > eventsBytesLimit) break
      next += 1
    }
  }
  const taken = texts.slice(from, next)
  return { frame: taken.length > 1 ? frameOf(taken) : taken.join(), next }
}
