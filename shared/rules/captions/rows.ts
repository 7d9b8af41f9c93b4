import { captionRules, graphemesOf, widthOf } from './cue.ts'

/** A part of a caption that stays in one row, when its time is known: a word. */
export interface Word {
  text: string
  start_ms: number
  end_ms: number
  /** It follows the word before it without a blank. */
  glued: boolean
}

const arrow = '-->'
const blankWidth = widthOf(' ')

/** A word as parts that fit a row: one that is longer, such as an address, is broken between characters. */
const fitting = (word: Word): Word[] => {
  // Readers take an arrow between two times for the head of a cue: a row ends behind each.
  const pieces = word.text.split(/(?<=-->)/).flatMap((piece) => {
    const parts = ['']
    let width = 0
    for (const grapheme of graphemesOf(piece)) {
      width += widthOf(grapheme)
      if (width > captionRules.rowWidth && parts.at(-1) !== '') {
        parts.push('')
        width = widthOf(grapheme)
      }
      parts.push((parts.pop() ?? '') + grapheme)
    }
    return parts
  })
  const total = word.text.length
  let passed = 0
  return pieces.map((text, index) => {
    const at = (place: number): number =>
      Math.round(word.start_ms + ((word.end_ms - word.start_ms) * place) / total)
    const part = { text, start_ms: at(passed), end_ms: at(passed + text.length), glued: index > 0 }
    passed += text.length
    return index === 0 ? { ...part, glued: word.glued } : part
  })
}

/** A word that fits a row, and its width. */
interface Fitted extends Word {
  width: number
}

const textOf = (words: readonly Fitted[]): string =>
  words.map(({ text, glued }, index) => (index === 0 || glued ? text : ` ${text}`)).join('')

const widthOfAll = (words: readonly Fitted[]): number =>
  words.reduce(
    (sum, { width, glued }, index) => sum + width + (index === 0 || glued ? 0 : blankWidth),
    0,
  )

/** Whether words fit one row. */
const isRow = (words: readonly Fitted[]): boolean =>
  widthOfAll(words) <= captionRules.rowWidth &&
  !words.slice(0, -1).some(({ text }) => text.endsWith(arrow))

/** Breaking behind a comma reads better than elsewhere. */
const phraseEnd = /[,，、;:.!?…]["'”’」』)]*$/u
const commaBonus = 3

/** Words as one row, or as two of about the same width; undefined when they are too many for both. */
const asRows = (words: readonly Fitted[]): string[] | undefined => {
  if (isRow(words)) return [textOf(words)]
  let best: { count: number; cost: number } | undefined
  for (let count = 1; count < words.length; count += 1) {
    const [first, second] = [words.slice(0, count), words.slice(count)]
    if (!isRow(first)) break
    if (!isRow(second)) continue
    const bonus = phraseEnd.test(first.at(-1)?.text ?? '') ? commaBonus : 0
    const glue = second[0]?.glued ? captionRules.rowWidth : 0
    const cost = Math.abs(widthOfAll(first) - widthOfAll(second)) - bonus + glue
    if (!best || cost < best.cost) best = { count, cost }
  }
  return best && [textOf(words.slice(0, best.count)), textOf(words.slice(best.count))]
}

export interface Group {
  words: Word[]
  rows: string[]
}

/** Cost of a group that is much smaller than its share of the line. */
const uneven = (group: readonly Fitted[], share: number): number => (widthOfAll(group) - share) ** 2

/**
 * The words of a line in as few captions as hold them all, of about the same width. Nothing is left out:
 * the texts of the rows, without blanks, are those of the words.
 */
export const groupsOf = (line: readonly Word[]): Group[] => {
  const words = line
    .flatMap(fitting)
    .map((word): Fitted => ({ ...word, width: widthOf(word.text) }))
  const width = widthOfAll(words)
  const share = width / Math.max(1, Math.ceil(width / (captionRules.rowWidth * captionRules.rows)))
  // For each number of words: how few groups hold them, at what cost, and where the last one begins.
  const best: { groups: number; cost: number; from: number; rows: string[] }[] = [
    { groups: 0, cost: 0, from: 0, rows: [] },
  ]
  for (let end = 1; end <= words.length; end += 1) {
    for (let from = end - 1; from >= 0; from -= 1) {
      const group = words.slice(from, end)
      const rows = asRows(group)
      const before = best[from]
      if (!rows || !before) break
      const bonus = phraseEnd.test(group.at(-1)?.text ?? '') ? commaBonus ** 2 : 0
      const candidate = {
        groups: before.groups + 1,
        cost: before.cost + uneven(group, share) - bonus,
        from,
        rows,
      }
      const found = best[end]
      const isBetter =
        !found ||
        candidate.groups < found.groups ||
        (candidate.groups === found.groups && candidate.cost < found.cost)
      if (isBetter) best[end] = candidate
    }
  }
  const groups: Group[] = []
  for (let end = words.length; end > 0; ) {
    const last = best[end]
    if (!last) break
    groups.unshift({ words: words.slice(last.from, end), rows: last.rows })
    end = last.from
  }
  return groups
}
