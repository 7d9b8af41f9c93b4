/** Ends a sentence, with the brackets and quotation marks that close behind it. */
const terminator = /[.!?。！？…．｡]+[\p{Pe}\p{Pf}"'*_]*/gu
/** These need no space behind them. */
const wide = /[。！？｡]/
/** Names and numbers follow these. */
const abbreviation =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|St|vs|No|Inc|Co|Corp|Ltd|approx|e\.g|i\.e|cf|(?:\p{Lu}\.)*\p{Lu})\.$/u
/** `1.` at the beginning of a line. */
const numbering = /(?:^|\n)[ \t]*\d{1,3}\.$/
/** `2026. 11. 3.` has a full stop behind the day as well. */
const date = /\d{4}\.\s?\d{1,2}\.\s?\d{1,2}\.$/
/** Korean sentences often lack the space: `늘었다.그러나`. */
const koreanEnding = /[다요까죠음임함됨]\.$/

/** Korean goes on behind what it quotes: `“늘었다.” 라고 밝혔다`. */
const quoted = /["'”’」』]$/
const quotation = /^\s(?:이?라[고며는]|이?라면서|하고)(?!\p{L})/u

/** An address or a link of Markdown: full stops and question marks within end nothing. */
const address = /\[[^\][\n]{0,400}\]\([^()\s]{0,2000}\)|https?:\/\/[^\s()[\]<>"'「」『』]{1,2000}/g
const addressTail = /[.,;:!?]+$/
/** Links in brackets behind a sentence name its sources and belong to it. */
const trailingLinks =
  /(?:[ \t]?\((?:\[[^\][\n]{0,400}\]\([^()\s]{0,2000}\)[,;]?[ \t]?){1,20}\)[.]?)+(?=\s|$)/y

const addressEnds = (text: string): Map<number, number> => {
  const inside = new Map<number, number>()
  for (const { 0: found, index } of text.matchAll(address)) {
    inside.set(index, index + found.replace(addressTail, '').length)
  }
  return inside
}

/** What stands around a place, as far as it tells what a full stop in front of it means. */
const around = (text: string, end: number): { before: string; follower: string } => ({
  before: text.slice(Math.max(0, end - 16), end),
  follower: /^\s*(.)/u.exec(text.slice(end, end + 20))?.[1] ?? '',
})

/** Whether a full stop in front of this place belongs to an abbreviation, a date or a number: `Dr. Jart`, `11. 3.`. */
export const isWithinSentence = (text: string, end: number): boolean => {
  const { before, follower } = around(text, end)
  if (numbering.test(before) || date.test(before) || abbreviation.test(before)) return true
  return /\d\.$/.test(before) && /\d/.test(follower)
}

/** Whether a terminator that ends at this place ends a sentence. */
const endsSentence = (text: string, found: string, end: number): boolean => {
  const next = text.charAt(end)
  const { before, follower } = around(text, end)
  if (next !== '' && !/\s/.test(next)) {
    return wide.test(found) || (koreanEnding.test(before) && /\p{L}/u.test(next))
  }
  if (quoted.test(found) && quotation.test(text.slice(end, end + 8))) return false
  if (!found.startsWith('.')) return true
  return !/\p{Ll}/u.test(follower) && !isWithinSentence(text, end)
}

/**
 * Where the sentences of a text end, behind their punctuation, in ascending order and in UTF-16 units:
 * of Korean and English prose, with lists and links of Markdown. A line ends a sentence, and so does
 * the text, unless it is blank. Takes linear time.
 */
export const sentenceEnds = (text: string): number[] => {
  const ends = new Set<number>()
  const addresses = [...addressEnds(text)]
  let passed = 0
  for (const { 0: found, index } of text.matchAll(terminator)) {
    const end = index + found.length
    while ((addresses[passed]?.[1] ?? Number.POSITIVE_INFINITY) <= index) passed += 1
    const inAddress = (addresses[passed]?.[0] ?? Number.POSITIVE_INFINITY) < index
    if (inAddress || !endsSentence(text, found, end)) continue
    trailingLinks.lastIndex = end
    ends.add(end + (trailingLinks.exec(text)?.[0].length ?? 0))
  }
  // The content of each line, without the blanks at its end.
  for (const { 0: line, index } of text.matchAll(/\S[^\n\r\u2028\u2029]*/g)) {
    ends.add(index + line.trimEnd().length)
  }
  return [...ends].sort((one, other) => one - other)
}
