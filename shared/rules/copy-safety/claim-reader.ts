import type { ProductType } from '../../contracts/copy-safety.ts'
import { type ClaimTerm, claimTerms } from './claim-terms.ts'
import { claimWeights } from './claim-weights.ts'
import type { Span } from './surroundings-frames.ts'

/**
 * Reads whether a text claims something that has to be proven, also where no telling word stands: a
 * logistic regression over the terms of labelled lines (`npm run train:claims`). It knows no law, so it
 * never blocks a text; see docs/decisions/0043.
 */
interface ClaimReading {
  /** 0 to 1. */
  probability: number
  /** The words that speak most for a claim, in the normalized text. */
  telling: Span
}

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
  const before = text.slice(0, span.start).search(/\S+$/)
  const after = text.slice(span.end).search(/\s|$/)
  return { start: before < 0 ? span.start : before, end: span.end + Math.max(0, after) }
}

/**
 * Linear in the text.
 * @param normalized the plain view of `matching-text.ts`
 */
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
  return { probability: 1 / (1 + Math.exp(-score)), telling: tellingOf(normalized, shares) }
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

/** The sentence around a place; figures such as `3.5` end none. */
const sentenceAround = (text: string, { start, end }: Span): string => {
  let from = start
  while (from > 0 && !(sentenceEnd.test(text[from - 1] ?? '') && /\s/.test(text[from] ?? '')))
    from -= 1
  let to = end
  while (to < text.length && !(sentenceEnd.test(text[to - 1] ?? '') && /\s/.test(text[to] ?? '')))
    to += 1
  return text.slice(from, to).trim()
}

export interface ClaimReader {
  /** Whether the text, or of a longer one the sentence around a place, surely claims nothing. */
  isInnocent(place: Span): boolean
  /** The words that speak most for a claim; null when the text is read as none. */
  claim(): Span | null
}

/**
 * Reads on demand, in linear time.
 * @param normalized the plain view of `matching-text.ts`
 */
export const claimReader = (normalized: string, types: readonly ProductType[]): ClaimReader => {
  const known = new Map<string, boolean>()
  const isInnocentSentence = (sentence: string): boolean =>
    sentence.length <= longestSentence && readClaim(sentence, types).probability < innocentBelow
  return {
    isInnocent(place) {
      const isShort = normalized.length <= longestSentence
      const sentence = isShort ? normalized : sentenceAround(normalized, place)
      const found = known.get(sentence) ?? isInnocentSentence(sentence)
      known.set(sentence, found)
      return found
    },
    claim() {
      if ((normalized.match(/\p{L}/gu) ?? []).length < leastLetters) return null
      const { probability, telling } = readClaim(normalized, types)
      return probability > claimAbove ? telling : null
    },
  }
}
