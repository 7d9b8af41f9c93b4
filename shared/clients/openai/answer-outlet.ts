import type { AnswerItem, createItems } from './answer-items.ts'
import type { Piece } from './answer-opening.ts'
import { objectUnwrapping, proseUnwrapping } from './answer-wrapping.ts'

/**
 * Sends out the text of an answer's items, in their order and without what is wrapped around it, as soon
 * as it is certain: a later item waits until the ones before it are complete.
 */
export const createOutlet = (items: ReturnType<typeof createItems>, asked: 'object' | 'prose') => {
  const unwrapping = asked === 'object' ? objectUnwrapping() : proseUnwrapping()
  /** Where each item begins in the answer. */
  const starts = new Map<string, number>()
  let sent = 0
  let out: Piece[] = []
  /** The item whose text goes out at the moment, and how many of its pieces have. */
  let front = 0
  let frontSent = 0

  const push = (pieces: Piece[]): void => {
    for (const { type, text } of pieces) if (type === 'text') sent += text.length
    out.push(...pieces)
  }
  const send = (item: AnswerItem): void => {
    if (frontSent === 0 && item.length > 0) {
      if (starts.size > 0 && asked === 'prose') push(unwrapping.write('\n\n'))
      starts.set(item.id, sent)
    }
    for (; frontSent < item.pieces.length; frontSent += 1) {
      push(unwrapping.write(item.pieces[frontSent] ?? ''))
    }
  }
  const flush = (ended = false): void => {
    for (let item = items.all[front]; item; item = items.all[front]) {
      if (item.answers) {
        send(item)
        if (front === items.all.length - 1 || (!item.complete && !ended)) return
      }
      front += 1
      frontSent = 0
    }
  }
  return {
    starts: starts as ReadonlyMap<string, number>,
    flush,
    isWhole: unwrapping.isWhole,
    aside(text: string): void {
      if (text !== '') out.push({ type: 'aside', text })
    },
    /** What has become certain since the last call. */
    take(): Piece[] {
      const taken = out
      out = []
      return taken
    },
    /** The rest, what came of the object that was asked for, and the length of the answer. */
    end(): { came: 'whole' | 'cut' | 'other'; sent: number } {
      flush(true)
      const { pieces, came } = unwrapping.end()
      push(pieces)
      return { came, sent }
    },
  }
}
