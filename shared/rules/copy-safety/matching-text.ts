import { type MatchingToken, matchingTokens } from './matching-letters.ts'

/** Text in which patterns are looked for, with the way back to the stored text. */
export interface MatchingView {
  text: string
  /** Where each UTF-16 unit of `text` begins and ends in the stored text. */
  starts: number[]
  ends: number[]
}

/** What stood between two syllables: nothing, spaces, punctuation, or a mark that no sentence has there. */
type Gap = '' | 'space' | 'soft' | 'hard'

/** The view without gaps between syllables; whether a match in it counts depends on them. */
interface SqueezedView extends MatchingView {
  /** By UTF-16 unit: the gap that was taken out before it. */
  gaps: Gap[]
  /** By UTF-16 unit: it stands for something else, a digit for a letter for example. */
  changed: boolean[]
}

export interface MatchingText {
  plain: MatchingView
  squeezed: SqueezedView
}

const viewOf = (tokens: readonly MatchingToken[]): MatchingView => {
  const view: MatchingView = { text: tokens.map(({ text }) => text).join(''), starts: [], ends: [] }
  for (const { text, start, end } of tokens) {
    for (let unit = 0; unit < text.length; unit += 1) {
      view.starts.push(start)
      view.ends.push(end)
    }
  }
  return view
}

const isBlank = ({ text }: MatchingToken): boolean => text === ' ' || text === '\n'

/** One space for many; a line break stays, since it ends a sentence. */
const withSingleSpaces = (tokens: readonly MatchingToken[]): MatchingToken[] => {
  const kept: MatchingToken[] = []
  for (const token of tokens) {
    const last = kept.at(-1)
    if (last !== undefined && isBlank(token) && isBlank(last)) {
      last.end = token.end
      if (token.text === '\n') last.text = '\n'
    } else kept.push({ ...token })
  }
  return kept
}

const isSyllable = (text: string | undefined): boolean => /^[가-힣]$/.test(text ?? '')
const isLatin = (text: string | undefined): boolean => /^[a-z]$/.test(text ?? '')
const isWordPart = (text: string | undefined): boolean => /^[\p{L}\p{N}]/u.test(text ?? '')

/** Longer rows of marks are ornaments between two texts. */
const longestGap = 12
const punctuation = /^[.,!?:;·/\-–—…()[\]'"“”‘’「」『』]+$/u
const endsSentence = /[.!?…:;,]\s|[.!?…]{2}|\n\s*\n/u

interface GapAround {
  /** The characters between, `''` for none. */
  between: string
  /** Whether the words at both sides are one syllable long. */
  betweenSingles: boolean
}

/** Null: two sentences or list items, never one word. */
const gapOf = ({ between, betweenSingles }: GapAround): Gap | null => {
  if (between.length > longestGap) return null
  const inner = between.trim()
  if (inner === '') return 'space'
  if (!betweenSingles && endsSentence.test(between)) return null
  return punctuation.test(inner) ? 'soft' : between === inner || betweenSingles ? 'hard' : null
}

const digitsAsLetters = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['@', 'a'],
  ['$', 's'],
])

/** `m1racle`, `d3tox`, `cur3`: only inside or at the end of a word of Latin letters. */
const letterFor = (tokens: readonly MatchingToken[], at: number): string | undefined => {
  const letter = digitsAsLetters.get(tokens[at]?.text ?? '')
  if (letter === undefined || !isLatin(tokens[at - 1]?.text)) return undefined
  const next = tokens[at + 1]?.text
  return isLatin(next) || (isLatin(tokens[at - 2]?.text) && !isWordPart(next)) ? letter : undefined
}

/** Vowel of an open syllable without a first consonant, for `치이이료`. */
const isStretch = (before: string | undefined, text: string): boolean => {
  if (!isSyllable(before) || !isSyllable(text) || before === undefined) return false
  const [one, two] = [before.charCodeAt(0) - 0xac00, text.charCodeAt(0) - 0xac00]
  return two % 28 === 0 && Math.floor(two / 588) === 11 && one % 588 === two % 588
}

interface Squeezing {
  tokens: MatchingToken[]
  gaps: Gap[]
  changed: boolean[]
}

/** Where the run of characters that are no part of a word ends. */
const gapEnd = (tokens: readonly MatchingToken[], from: number): number => {
  let end = from
  while (end < tokens.length && !isWordPart(tokens[end]?.text)) end += 1
  return end
}

const isSingleAt = (tokens: readonly MatchingToken[], at: number): boolean =>
  !isWordPart(tokens[at - 1]?.text) && !isWordPart(tokens[at + 1]?.text)

/** By token: whether it is one of three or more Latin letters that stand alone, `c.u.r.e`. */
const spelledOut = (tokens: readonly MatchingToken[]): boolean[] => {
  const spelled = tokens.map(() => false)
  let row: number[] = []
  const close = () => {
    if (row.length > 2) for (const at of row) spelled[at] = true
    row = []
  }
  for (let at = 0; at < tokens.length; at += 1) {
    if (!isWordPart(tokens[at]?.text)) continue
    if (!isLatin(tokens[at]?.text) || !isSingleAt(tokens, at)) close()
    else {
      const last = row.at(-1)
      if (last !== undefined && at - last > 4) close()
      row.push(at)
    }
  }
  close()
  return spelled
}

const push = (squeezing: Squeezing, token: MatchingToken, gap: Gap, isChanged: boolean): void => {
  squeezing.tokens.push(token)
  for (let unit = 0; unit < token.text.length; unit += 1) {
    squeezing.gaps.push(unit === 0 ? gap : '')
    squeezing.changed.push(isChanged)
  }
}

/** Whether the character only lengthens the word that it stands in: `cuuure`, `치이이료`. */
const isRepeated = (tokens: readonly MatchingToken[], at: number, kept: string | undefined) => {
  const text = tokens[at]?.text ?? ''
  const [before, after] = [tokens[at - 1]?.text, tokens[at + 1]?.text]
  if (!isLatin(text) && !isSyllable(text)) return false
  if (text === before && (text === after || text === tokens[at - 2]?.text)) return true
  return (text === after || text === before) && isStretch(kept, text)
}

const isDigit = (text: string): boolean => /^\d$/u.test(text)
const isMark = (between: readonly string[]): boolean => /^[.·*_~^]$/u.test(between.join(''))

/** The gap before the next word part, decided by what stands at both sides of it. */
const gapBetween = (
  tokens: readonly MatchingToken[],
  from: number,
  end: number,
  spelled: readonly boolean[],
): Gap | null => {
  const [before, after] = [tokens[from - 1], tokens[end]]
  if (before === undefined || after === undefined) return null
  if (spelled[from - 1] && spelled[end]) return 'hard'
  const between = tokens.slice(from, end).map(({ text }) => text)
  if (!isSyllable(before.text) || !isSyllable(after.text)) {
    // `판.매.1.위`: a digit that stands among syllables that are taken apart
    const isAmong =
      (isSyllable(before.text) && isDigit(after.text)) ||
      (isDigit(before.text) && isSyllable(after.text))
    const isApart = isSingleAt(tokens, from - 1) && isSingleAt(tokens, end)
    return isAmong && isApart && isMark(between) ? 'hard' : null
  }
  return gapOf({
    between: between.join(''),
    betweenSingles: isSingleAt(tokens, from - 1) && isSingleAt(tokens, end),
  })
}

const squeeze = (tokens: readonly MatchingToken[]): SqueezedView => {
  const squeezing: Squeezing = { tokens: [], gaps: [], changed: [] }
  const spelled = spelledOut(tokens)
  let [gap, isChanged]: [Gap, boolean] = ['', false]
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as MatchingToken
    const letter = letterFor(tokens, at)
    if (letter === undefined && !isWordPart(token.text)) {
      const end = gapEnd(tokens, at)
      const found = gapBetween(tokens, at, end, spelled)
      if (found === null) {
        for (const between of tokens.slice(at, end)) push(squeezing, between, '', false)
      }
      gap = found ?? ''
      at = end
      continue
    }
    if (isRepeated(tokens, at, squeezing.tokens.at(-1)?.text)) isChanged = true
    else {
      push(
        squeezing,
        letter === undefined ? token : { ...token, text: letter },
        gap,
        isChanged || letter !== undefined,
      )
      ;[gap, isChanged] = ['', false]
    }
    at += 1
  }
  return { ...viewOf(squeezing.tokens), gaps: squeezing.gaps, changed: squeezing.changed }
}

/** Takes linear time; the text may hold anything. */
export const matchingText = (text: string): MatchingText => {
  const tokens = withSingleSpaces(matchingTokens(text))
  return { plain: viewOf(tokens), squeezed: squeeze(tokens) }
}

/** Words of one syllable, with which `한 방울` and `이 명의` are no `한방` and no `이명`. */
const shortWords = new Set('한두세네몇첫각매전총이그저내제새더안못잘다또꼭딱왜수것때등및온')
const weekBefore = /(?:이번|다음|지난|매|첫|\d)$/
/** What may follow a word that was taken apart, so that it is one: particles and endings. */
const particle =
  /^(?:[을를이가은는의에로와과도만인란라]|으로|에서|에는|에도|으로도|이라|이나|까지|부터|보다|처럼|만의|이란|이라[는고]|라[는고])$/
const ending =
  /^(?:하[는고며여세지면게기]|합니|해[요서주줍드]|했|한|할|함|되|된|됩|돼|될|됨|시키|시켜|시킨|입니|이에|예요|임|[제용율력템]$|크림|세럼|효과|효능|광고|기능|성분|제품)/

const wordAfter = (text: string, gaps: readonly Gap[], from: number): string => {
  let end = from
  while (end < from + 12 && isSyllable(text[end]) && gaps[end] === '') end += 1
  return text.slice(from, end)
}

/**
 * Whether a match in the squeezed view is one that the spacing hid: the word was taken apart, or a
 * compound is spaced as it may be. Syllables of words that only stand side by side are none.
 */
export const isHiddenMatch = (view: SqueezedView, start: number, end: number): boolean => {
  const { text, gaps, changed } = view
  const inner: number[] = []
  for (let at = start + 1; at < end; at += 1) if (gaps[at] !== '') inner.push(at)
  const [first, last] = [inner[0], inner.at(-1)]
  if (first === undefined || last === undefined) return changed.slice(start, end).includes(true)
  if (isLatin(text[start])) return true
  const rest = wordAfter(text, gaps, end)
  const beginsInside = gaps[start] === '' && isSyllable(text[start - 1]) && first - start < 2
  const endsInside = rest !== '' && end - last < 2 && !particle.test(rest) && !ending.test(rest)
  if (inner.every((at) => gaps[at] === 'hard')) return !(beginsInside && endsInside)
  if (beginsInside || endsInside) return false
  const head = text[start] ?? ''
  if (end - start === 2 && shortWords.has(head)) return false
  return !(
    head === '주' &&
    first - start === 1 &&
    weekBefore.test(text.slice(Math.max(0, start - 2), start))
  )
}

/** Whether more than spaces, as compounds may have them, hides a match of the squeezed view. */
export const isDisguised = ({ gaps, changed }: SqueezedView, start: number, end: number): boolean =>
  changed.slice(start, end).includes(true) ||
  gaps.slice(start + 1, end).some((gap) => gap === 'soft' || gap === 'hard')
