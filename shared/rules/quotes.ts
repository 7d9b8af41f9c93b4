import {
  type ComparableText,
  comparableText,
  isDirection,
  isFigure,
  isLetter,
  isUnit,
} from './comparable-text.ts'

export { insertMarks } from './citation-marks.ts'

/** A passage of a text, in UTF-16 units; `end` is behind its last one. */
export interface Passage {
  start: number
  end: number
}

/** Letters and digits; anything shorter may stand in a text by chance. */
const minLength = 8
/** UTF-16 units. A quote is a sentence or two. */
const maxLength = 4_000
/** What an ellipsis in a quote may leave out, in UTF-16 units of the text. */
const maxGap = 400
const maxParts = 4

const ellipsis =
  /\s*(?:\[\s*(?:…|⋯|\.{2,}|중략|생략)\s*\]|\(\s*(?:…|⋯|\.{2,}|중략|생략)\s*\)|…+|⋯+|\.{3,})\s*/u
const spacedScript = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]*$/u

/** Too little to prove anything: it would be found in many texts. */
const isTrivial = (quote: string, { tokens }: ComparableText): boolean => {
  const counted = tokens.filter((token) => isLetter(token) || isFigure(token))
  if (counted.length < minLength) return true
  // One long word of a script with spaces is as common as a short one.
  return spacedScript.test(counted.join('')) && quote.trim().split(/\s+/).length < 2
}

/** For each length of a beginning, the longest shorter beginning that also ends there (Knuth, Morris, Pratt). */
const bordersOf = (pattern: readonly string[]): number[] => {
  const borders = [0]
  for (let at = 1, length = 0; at < pattern.length; at += 1) {
    while (length > 0 && pattern[at] !== pattern[length]) length = borders[length - 1] ?? 0
    if (pattern[at] === pattern[length]) length += 1
    borders.push(length)
  }
  return borders
}

/** Where the pattern begins among the tokens, in linear time also when it repeats itself. */
function* occurrences(pattern: readonly string[], tokens: readonly string[]): Generator<number> {
  const borders = bordersOf(pattern)
  for (let at = 0, length = 0; at < tokens.length; at += 1) {
    while (length > 0 && tokens[at] !== pattern[length]) length = borders[length - 1] ?? 0
    if (tokens[at] === pattern[length]) length += 1
    if (length === pattern.length) {
      yield at + 1 - length
      length = borders[length - 1] ?? 0
    }
  }
}

const latin = /^\p{Script=Latin}/u
const multiplier = /^[십백천만억조경]/
/** A word that scales the figure before it, or is its unit: `15 million`, `3만 명`, `12퍼센트`, `12 %p`. */
const scaling =
  /^(?:\s?(?:퍼센트|프로(?!\p{L})|[십백천만억조경]+(?=\s|\d|여|원|달러|명|개|건|대|회|병|권|톤|$))|[\s-](?:hundred|thousand|million|billion|trillion|mn|bn|percent|per\s?cent|percentage)(?!\p{L}))/iu

/** Whether what stands between two figures keeps them apart: `10, 20`, but not `1.5`, `10 ~ 20`. */
const separates = (gap: string): boolean => /\s/.test(gap) && !/[\p{Pd}−~～〜∼]/u.test(gap)

/** Whether the token before this figure ends another by its multiplier, so that they are one: `1조 2천억`. */
const continuesFigure = (source: string, text: ComparableText, figure: number): boolean => {
  const { tokens, starts, ends } = text
  const last = figure - 1
  if (!/^\s*$/.test(source.slice(ends[last], starts[figure]))) return false
  let at = last
  while (multiplier.test(tokens[at] ?? '') && ends[at - 1] === starts[at]) at -= 1
  return at < last && isFigure(tokens[at])
}

/** A word of Latin letters or a figure, with its sign, must not begin before its passage. */
const beginsClean = (source: string, text: ComparableText, first: number): boolean => {
  const token = text.tokens[first] ?? ''
  const before = text.tokens[first - 1]
  if (before === undefined) return true
  const [start, end] = [text.starts[first - 1], text.ends[first - 1]]
  const isMark = !isLetter(before) && !isFigure(before) && !isUnit(before)
  if (isMark && (isFigure(token) || isUnit(token))) {
    return separates(source.slice(start, text.starts[first]))
  }
  if (isFigure(token)) return !isFigure(before) && !continuesFigure(source, text, first)
  return !(end === text.starts[first] && latin.test(token) && latin.test(before))
}

/** `12%↓`, `3만↓`: the mark behind a passage says where its figure goes; `원▲3%` says it of the next one. */
const isDirected = ({ tokens, starts, ends }: ComparableText, last: number): boolean => {
  const leadsOn =
    starts[last + 2] === ends[last + 1] &&
    (isFigure(tokens[last + 2]) || isLetter(tokens[last + 2]))
  const touches = ends[last] === starts[last + 1]
  return touches && isDirection(tokens[last + 1]) && !(isLetter(tokens[last]) && leadsOn)
}

/** Nor go on behind it; a figure has its unit and multipliers with it: `3%`, `3%p`, `3만`, `1조 2천억`, `3 million`. */
const endsClean = (source: string, text: ComparableText, last: number): boolean => {
  const token = text.tokens[last] ?? ''
  const after = text.tokens[last + 1]
  if (after === undefined) return true
  if (isDirected(text, last)) return false
  const [start, end] = [text.starts[last + 1], text.ends[last + 1]]
  const touches = text.ends[last] === start
  if (!isFigure(token)) {
    if (isFigure(after) && continuesFigure(source, text, last + 1)) return false
    return !(touches && (latin.test(token) || isUnit(token)) && latin.test(after))
  }
  if (isFigure(after) || scaling.test(source.slice(text.ends[last], (text.ends[last] ?? 0) + 16)))
    return false
  if (isUnit(after) || latin.test(after) || multiplier.test(after)) return !touches
  return isLetter(after) || separates(source.slice(text.ends[last], end))
}

/** Tokens of a passage, both included. */
interface Span {
  first: number
  last: number
}

const spansOf = (pattern: readonly string[], source: string, text: ComparableText): Span[] =>
  Array.from(occurrences(pattern, text.tokens), (first) => ({
    first,
    last: first + pattern.length - 1,
  })).filter(({ first, last }) => beginsClean(source, text, first) && endsClean(source, text, last))

/** The first place that holds the parts in their order, each soon after the one before. */
const findParts = (
  parts: readonly ComparableText[],
  source: string,
  text: ComparableText,
): Span | undefined => {
  const [opening, ...others] = parts.map(({ tokens }) => spansOf(tokens, source, text))
  return others.reduce((chains, spans) => followedBy(chains, spans, text), opening ?? [])[0]
}

const followedBy = (chains: Span[], spans: Span[], { starts, ends }: ComparableText): Span[] => {
  let before = 0
  return spans.flatMap(({ first, last }) => {
    while ((chains[before + 1]?.last ?? first) < first) before += 1
    const chain = chains[before]
    if (chain === undefined || chain.last >= first) return []
    const gap = (starts[first] ?? 0) - (ends[chain.last] ?? 0)
    return gap <= maxGap ? [{ first: chain.first, last }] : []
  })
}

/** The quote as one piece, and as the pieces that its ellipses leave. */
const readings = (quote: string): string[][] => {
  const parts = quote.split(ellipsis).filter((part) => /[\p{L}\p{N}]/u.test(part))
  return parts.length > 1 && parts.length <= maxParts ? [[quote], parts] : [[quote]]
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** With the punctuation at its end that the quote has too, and with all of each grapheme. */
const completed = ({ start, end }: Passage, quote: string, text: string): Passage => {
  const wanted = /[^\p{L}\p{N}\s]*$/u.exec(quote.slice(-20).trimEnd())?.[0].length ?? 0
  const marks = /^[\p{P}\p{S}\p{M}]*/u.exec(text.slice(end, end + wanted))?.[0] ?? ''
  const graphemes = segmenter.segment(text)
  const first = graphemes.containing(start)
  const last = graphemes.containing(end + marks.length - 1)
  return {
    start: first?.index ?? start,
    end: last === undefined ? end : last.index + last.segment.length,
  }
}

/**
 * Where a text says what a quote says. Case, spaces, punctuation, width and composition of characters
 * make no difference, and an ellipsis may leave out up to 400 characters; figures must be equal, with
 * their sign and unit, and neither they nor Latin words may go on outside of the passage. Null also for
 * quotes that prove nothing: fewer than eight letters and digits, or a single Latin word. The passage
 * is in UTF-16 units of the text and begins and ends between graphemes. Takes linear time.
 */
export const findQuote = (quote: string, text: string): Passage | null => {
  if (quote.length > maxLength) return null
  const comparable = comparableText(text)
  for (const reading of readings(quote)) {
    const parts = reading.map(comparableText)
    if (parts.some((part, index) => isTrivial(reading[index] ?? '', part))) continue
    const span = findParts(parts, text, comparable)
    if (span === undefined) continue
    const start = comparable.starts[span.first] ?? 0
    return completed({ start, end: comparable.ends[span.last] ?? start }, quote, text)
  }
  return null
}
