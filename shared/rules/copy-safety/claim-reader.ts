import type { ProductType } from '../../contracts/copy-safety.ts'
import { type ClaimTerm, claimTerms } from './claim-terms.ts'
import { claimWeights } from './claim-weights.ts'
import type { Span } from './surroundings-frames.ts'

interface Learnt {
  /** How rare the term is, by which its occurrences count. */
  rarity: number
  weight: number
}

/** Of each term: its hash, its rarity and its weight, in bytes. */
export const termBytes = 6

let learnt: Map<number, Learnt> | undefined

const unpack = (): Map<number, Learnt> => {
  const bytes = Buffer.from(claimWeights.terms, 'base64')
  const terms = new Map<number, Learnt>()
  for (let at = 0; at + termBytes <= bytes.length; at += termBytes) {
    terms.set(bytes.readUInt32LE(at), {
      rarity: bytes.readUInt8(at + 4) * claimWeights.rarity_unit,
      weight: bytes.readInt8(at + 5) * claimWeights.weight_unit,
    })
  }
  return terms
}

interface Share {
  places: readonly number[]
  share: number
}

/** What each known term adds, where all of them together have the length 1. */
const sharesOf = (terms: readonly ClaimTerm[], known: Map<number, Learnt>): Share[] => {
  const counted = terms.flatMap(({ hash, weight, places }) => {
    const term = known.get(hash)
    return term === undefined ? [] : [{ places, value: weight * term.rarity, weight: term.weight }]
  })
  const length = Math.sqrt(counted.reduce((sum, { value }) => sum + value * value, 0)) || 1
  return counted.map(({ places, value, weight }) => ({ places, share: (value * weight) / length }))
}

const isSpace = (letter: string | undefined): boolean => letter === undefined || /\s/.test(letter)

const wholeWords = (text: string, { start, end }: Span): Span => {
  let [from, to] = [start, end]
  while (!isSpace(text[from - 1])) from -= 1
  while (!isSpace(text[to])) to += 1
  return { start: from, end: to }
}

/** The stretch of the text whose letters add most, widened to whole words. */
const tellingOf = (text: string, shares: readonly Share[]): Span => {
  const gains = new Float64Array(text.length)
  for (const { places, share } of shares) {
    const letters = places.reduce((sum, at, index) => sum + (index % 2 === 0 ? -at : at), 0)
    for (let index = 0; index < places.length; index += 2) {
      const [start = 0, end = 0] = [places[index], places[index + 1]]
      for (let at = start; at < end; at += 1) gains[at] = (gains[at] ?? 0) + share / letters
    }
  }
  let [best, sum, from] = [Number.NEGATIVE_INFINITY, 0, 0]
  let span: Span = { start: 0, end: text.length }
  for (const [at, gain] of gains.entries()) {
    if (sum <= 0) [sum, from] = [0, at]
    sum += gain
    if (sum > best) [best, span] = [sum, { start: from, end: at + 1 }]
  }
  return wholeWords(text, span)
}

interface ClaimReading {
  /** 0 to 1. */
  probability: number
  shares: Share[]
}

const readClaim = (normalized: string, productTypes: readonly ProductType[]): ClaimReading => {
  learnt ??= unpack()
  const { letters, words } = claimTerms(normalized)
  const shares = [...sharesOf(letters, learnt), ...sharesOf(words, learnt)]
  const { bias, types } = claimWeights
  const known: Partial<Record<ProductType, number>> = types
  const score =
    bias +
    productTypes.reduce((sum, type) => sum + (known[type] ?? 0), 0) +
    shares.reduce((sum, { share }) => sum + share, 0)
  return { probability: 1 / (1 + Math.exp(-score)), shares }
}

/** Below it a sentence claims nothing, whatever a rule finds in it. */
const innocentBelow = 0.05
/** Above it a text claims something, although no rule finds what. */
const claimAbove = 0.7
/** A text of fewer letters says too little to be read as a claim: a word of a picture, a call to look. */
const leastLetters = 10
/** UTF-16 units that are read at once to clear what is in them: in more a claim could hide among other words. */
const longestSentence = 160

const sentenceEnd = /[.!?\n]/

/** Whether a sentence ends before an index; figures such as `3.5` end none. */
const endsBefore = (text: string, index: number): boolean =>
  sentenceEnd.test(text[index - 1] ?? '') && isSpace(text[index])

/** The sentence around a place; null when it is too long to be read at once. */
const sentenceAround = (text: string, { start, end }: Span): string | null => {
  let [from, to] = [start, end]
  const isLong = (): boolean => to - from > longestSentence
  while (from > 0 && !endsBefore(text, from) && !isLong()) from -= 1
  while (to < text.length && !endsBefore(text, to) && !isLong()) to += 1
  return isLong() ? null : text.slice(from, to).trim()
}

export interface ClaimReader {
  /** Whether the text, or of a longer one the sentence around a place, surely claims nothing. */
  isInnocent(place: Span): boolean
  /** The words that speak most for a claim; null when the text is read as none. */
  claim(): Span | null
}

/**
 * Reads whether a text claims something that has to be proven, also where no telling word stands: a
 * logistic regression over the terms of labelled lines (`npm run train:claims`). It knows no law, so it
 * decides of nothing that a rule blocks; see docs/decisions/0054. Reads on demand, in linear time.
 * @param normalized the plain view of `matching-text.ts`
 */
export const claimReader = (normalized: string, types: readonly ProductType[]): ClaimReader => {
  const readings = new Map<string, ClaimReading>()
  const read = (text: string): ClaimReading => {
    const reading = readings.get(text) ?? readClaim(text, types)
    readings.set(text, reading)
    return reading
  }
  const isShort = normalized.length <= longestSentence
  return {
    isInnocent(place) {
      const around = isShort ? normalized : sentenceAround(normalized, place)
      return around !== null && read(around).probability < innocentBelow
    },
    claim() {
      if ((normalized.match(/\p{L}/gu) ?? []).length < leastLetters) return null
      const { probability, shares } = read(normalized)
      return probability > claimAbove ? tellingOf(normalized, shares) : null
    },
  }
}
