import { graphemeCount, lastGraphemeAt } from '../contracts/graphemes.ts'
import { bytesPerGrapheme, firstViolationAt } from '../contracts/text.ts'
import { readerLimits } from '../rules/model-limits.ts'
import { RuleBroken } from './rule-broken.ts'

/** Text of which every UTF-16 unit is one character that no rule forbids. */
const plain = /^[\x20-\x7e\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3]*$/

/** Bytes of UTF-8 that a character of plain text has at most. */
const bytesPerPlain = 3

/** Whether a mark is paired is seen when the text is complete: here, only a part of it is looked at. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g

/** The first half of a character; where graphemes end depends on the whole. */
const endsInHalf = /[\ud800-\udbff]$/

/** A text of an answer while it is written. */
export interface GrowingText {
  /** @throws RuleBroken when no further character can make the text good */
  add(piece: string): void
  /** All of it so far. */
  text(): string
}

/**
 * Collects one text and checks it as it grows against what may be in it at most. Each character is
 * looked at once, but for the last grapheme, which the next piece may change.
 * @param most graphemes of the text without the blanks around it; its bytes are bounded by them as those of a
 * complete text are
 * @param place names it in the reasons
 */
export const growingText = (most: number, place: () => string): GrowingText => {
  const maxBytes = most * bytesPerGrapheme
  let text = ''
  /** What has not been counted: the last grapheme, the blanks behind it, and plain text. */
  let open = ''
  let isPlain = true
  let counted = 0
  let countedBytes = 0
  let blanks = 0
  const broken = (reason: string): never => {
    throw new RuleBroken([`${place()}: ${reason}`])
  }
  const count = (): void => {
    const shown = open.trimEnd()
    if (counted + graphemeCount(shown) > most) broken(`must have at most ${most} characters`)
    const found = firstViolationAt(shown.replace(directionMarks, ''), {
      max: Number.POSITIVE_INFINITY,
      multiline: true,
    })
    if (found) broken(found.violation.message)
    const last = lastGraphemeAt(shown)
    const settled = shown.slice(0, last)
    counted += graphemeCount(settled)
    countedBytes += Buffer.byteLength(settled.normalize('NFC'))
    if (countedBytes > maxBytes) broken(`must have at most ${maxBytes} bytes of UTF-8`)
    open = open.slice(last)
    isPlain = plain.test(open)
  }
  /** Whether plain text, too, may have gone beyond a bound. */
  const isNearBound = (): boolean =>
    counted + open.length > most || countedBytes + open.length * bytesPerPlain > maxBytes
  return {
    add(piece) {
      text += piece
      if (text.length > readerLimits.textUnits) {
        broken(`must have at most ${Math.min(most, readerLimits.textUnits)} characters`)
      }
      const shown = piece.trimEnd()
      blanks = shown === '' ? blanks + piece.length : piece.length - shown.length
      if (blanks > readerLimits.blanks) {
        broken(`must not have more than ${readerLimits.blanks} blanks in a row`)
      }
      const isFirst = counted === 0 && open === ''
      open += isFirst ? piece.trimStart() : piece
      isPlain &&= plain.test(piece)
      if (shown === '' || endsInHalf.test(piece)) return
      if (!isPlain || isNearBound()) count()
    },
    text: () => text,
  }
}
