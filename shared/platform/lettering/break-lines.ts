/** A piece of text that stays on one line, and what stands between it and the next on the same line. */
export interface Piece {
  text: string
  width: number
  /** Width of the blank before it, when it does not begin a line. */
  gap: number
}

/** Korean is broken between 어절 and Latin between words; where nothing is spaced, between ideographs. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Signs that may not begin a line, and those that may not end one. */
const notFirst = /^[\p{Pe}\p{Pf}、。，．・：；！？ー…‥,.!?:;%]/u
const notLast = /[\p{Ps}\p{Pi}]$/u

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/** The pieces of one paragraph: words, and within unspaced script single signs with their punctuation. */
export const piecesOf = (paragraph: string): { text: string; spaced: boolean }[] => {
  const pieces: { text: string; spaced: boolean }[] = []
  for (const word of paragraph.split(/\s+/u).filter((text) => text !== '')) {
    let isFirst = true
    for (const text of partsOf(word)) {
      pieces.push({ text, spaced: isFirst })
      isFirst = false
    }
  }
  return pieces
}

const partsOf = (word: string): string[] => {
  if (!unspaced.test(word)) return [word]
  const parts: string[] = []
  for (const { segment } of graphemes.segment(word)) {
    const last = parts.at(-1)
    const mayBreak =
      last !== undefined &&
      (unspaced.test(segment) || unspaced.test(last.slice(-1))) &&
      !notFirst.test(segment) &&
      !notLast.test(last)
    if (last === undefined || mayBreak) parts.push(segment)
    else parts[parts.length - 1] = last + segment
  }
  return parts
}

/** How wide the widest line is when the pieces are set within `width`, and where each line begins. */
const setWithin = (pieces: readonly Piece[], width: number): number[] | undefined => {
  const starts: number[] = []
  let used = Number.POSITIVE_INFINITY
  for (const [index, { width: own, gap }] of pieces.entries()) {
    if (own > width) return undefined
    if (used + gap + own > width) {
      starts.push(index)
      used = own
    } else used += gap + own
  }
  return starts
}

/**
 * Where lines begin, as indices of pieces: as few lines as fit, and those as even as they can be, so that
 * no single word is left on the last. Undefined when a piece alone is wider than `width`.
 */
export const balancedLines = (pieces: readonly Piece[], width: number): number[] | undefined => {
  const fewest = setWithin(pieces, width)
  if (fewest === undefined) return undefined
  let [low, high] = [width / Math.max(1, fewest.length) / 2, width]
  let best = fewest
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2
    const starts = setWithin(pieces, middle)
    if (starts !== undefined && starts.length <= fewest.length) {
      best = starts
      high = middle
    } else low = middle
  }
  return best
}
