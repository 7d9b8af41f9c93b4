import { truncated } from './bounded-text.ts'
import { sentenceEnds } from './sentences.ts'

/** UTF-16 code units of a text that are examined, and of one block of sentences. */
const examinedLength = 60_000
const blockLength = 300
const maxWords = 40

const wordsOf = (texts: readonly string[]): string[] => {
  const words = texts.flatMap((text) => text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [])
  return [...new Set(words)].slice(0, maxWords)
}

/** Whether a text holds at least half of the words of what a search said of it. */
export const sharesWords = (snippet: string, text: string): boolean => {
  const words = wordsOf([snippet])
  const lower = text.slice(0, examinedLength).toLowerCase()
  return words.filter((word) => lower.includes(word)).length * 2 >= words.length
}

/** Neighbouring sentences as blocks of about the same length. */
const blocksOf = (text: string): string[] => {
  const blocks: string[] = []
  let start = 0
  for (const end of sentenceEnds(text)) {
    if (end - start < blockLength) continue
    blocks.push(truncated(text.slice(start, end).trim(), 3 * blockLength))
    start = end
  }
  const rest = text.slice(start).trim()
  return rest === '' ? blocks : [...blocks, truncated(rest, 3 * blockLength)]
}

/**
 * The passages of a long text that have most to do with what was searched for, in the text's order and
 * at most `length` UTF-16 code units together; blank lines stand where something was left out.
 */
export const passagesAbout = (topics: readonly string[], text: string, length: number): string => {
  if (text.length <= length) return text
  const words = wordsOf(topics)
  const ranked = blocksOf(text.slice(0, examinedLength))
    .map((block, index) => {
      const lower = block.toLowerCase()
      return { block, index, hits: words.filter((word) => lower.includes(word)).length }
    })
    // The beginning of a page says what it is about.
    .toSorted((one, other) => other.hits - one.hits || one.index - other.index)
  let left = length
  const chosen: typeof ranked = []
  for (const entry of ranked) {
    if (entry.block.length + 2 > left) continue
    chosen.push(entry)
    left -= entry.block.length + 2
  }
  const passages = chosen.toSorted((one, other) => one.index - other.index)
  return passages.map(({ block }) => block).join('\n\n') || truncated(text, length)
}

/** UTF-16 code units before a passage in which its sentence, or the one before it, begins. */
const lookBack = 160

/**
 * A passage of a text with the sentence before it and what follows, about `length` UTF-16 code units in
 * all, cut at whole graphemes.
 */
export const surroundings = (
  text: string,
  { start, end }: { start: number; end: number },
  length: number,
): string => {
  const opening = Math.max(0, start - lookBack)
  const before = sentenceEnds(text.slice(opening, start)).at(-2)
  const otherwise = opening === 0 ? 0 : start
  const from = before === undefined ? otherwise : opening + before
  return truncated(text.slice(from), Math.max(length, end - from)).trim()
}
