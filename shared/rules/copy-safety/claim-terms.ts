/** A term of a text as the claim reader counts it, with the places in the text where it stands. */
export interface ClaimTerm {
  /** The term's 32-bit hash; terms of letters and of words never share one on purpose. */
  hash: number
  /** How often it occurs: 1 + the logarithm of the count. */
  weight: number
  /** Pairs of UTF-16 positions, the end exclusive. */
  places: number[]
}

export interface ClaimTerms {
  letters: ClaimTerm[]
  words: ClaimTerm[]
}

const longestTerm = 4

/** FNV-1a over UTF-16 units. */
const hashOf = (text: string, seed: number): number => {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  }
  return hash
}

const collect = (terms: Iterable<[term: string, start: number]>, seed: number): ClaimTerm[] => {
  const found = new Map<string, number[]>()
  for (const [term, start] of terms) {
    const places = found.get(term) ?? []
    places.push(start, start + term.length)
    found.set(term, places)
  }
  return [...found].map(([term, places]) => ({
    hash: hashOf(term, seed),
    weight: 1 + Math.log(places.length / 2),
    places,
  }))
}

function* lettersOf(text: string): Generator<[string, number]> {
  for (let length = 1; length <= longestTerm; length += 1) {
    for (let at = 0; at + length <= text.length; at += 1) yield [text.slice(at, at + length), at]
  }
}

function* wordsOf(text: string): Generator<[string, number]> {
  const words = [...text.matchAll(/\S+/g)]
  for (const [index, { 0: word, index: at }] of words.entries()) {
    yield [word, at]
    const next = words[index + 1]
    if (next !== undefined) yield [text.slice(at, next.index + next[0].length), at]
  }
}

/** Runs of one to four letters, and single words and pairs of them, of a text in its normalized form. */
export const claimTerms = (normalized: string): ClaimTerms => ({
  letters: collect(lettersOf(normalized), 1),
  words: collect(wordsOf(normalized), 2),
})
