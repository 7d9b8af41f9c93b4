import * as z from 'zod'
import { blank, noWidth } from './blanks.ts'
import { graphemes, plain } from './graphemes.ts'

/**
 * The one rule for text: what users, models, transcribers and callers of the older API send becomes text
 * here. Nothing is altered but Unicode's composed form (NFC), CRLF, and white space at both ends; what the
 * rule forbids is refused. Lengths are graphemes, which is what a reader counts as characters.
 */

export const textRules = [
  'UNPAIRED_SURROGATE',
  'CONTROL_CHARACTER',
  'LINE_BREAK',
  'UNPAIRED_DIRECTION_MARK',
  'PRIVATE_USE_CHARACTER',
  'REPLACEMENT_CHARACTER',
  'UNASSIGNED_CHARACTER',
  'TAG_CHARACTER',
  'STACKED_MARKS',
  'NOTHING_VISIBLE',
  'TOO_SHORT',
  'TOO_LONG',
] as const
/** The rules that a text can break, by their stable names. */
export const TextRule = z.enum(textRules)
export type TextRule = z.infer<typeof TextRule>

export interface TextViolation {
  rule: TextRule
  /** English, for the person or the model that wrote the text. Holds no character of it but as `U+XXXX`. */
  message: string
}

export interface TextBounds {
  /** Graphemes. 0 admits the empty text; from 1 on at least one grapheme must show. */
  min: number
  /** Graphemes. */
  max: number
  /** Whether line feeds and tabs are part of the text. */
  multiline?: boolean
}

/**
 * Bytes of UTF-8 that a text may have for each grapheme of its upper bound. One code point has at most
 * four, so this limits only texts of many marks and joined emoji, whose graphemes have no bound of their
 * own. JSON needs one byte more at most, to escape a quotation mark.
 */
export const bytesPerGrapheme = 4

/** Code points of one grapheme; the longest emoji in use has 11, and UAX #15 allows 30 marks in a row. */
const codePointsPerGrapheme = 32

/** A longer run takes normalization time that grows with its square. */
const markFlood = /\p{M}{33}/u

/** Decomposed, a grapheme has at most this many times the length that it has composed. */
const decomposedFactor = 4

/** The text of UTF-8 bytes, a byte order mark at its beginning passed over; null when they are not UTF-8. */
export const decodeUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Bytes of a text as UTF-8. Contracts run in browsers, too, which have no `Buffer`. */
export const utf8Length = (text: string): number => new TextEncoder().encode(text).length

/** The form in which text is stored and compared: composed (NFC), line ends as LF, no white space at its ends. */
export const normalized = (text: string): string => {
  const trimmed = text.trim().replaceAll('\r\n', '\n')
  return markFlood.test(trimmed) ? trimmed : trimmed.normalize('NFC').trim()
}

/** Whether two texts are the same once both are normalized. */
export const sameText = (one: string, other: string): boolean =>
  one === other || normalized(one) === normalized(other)

interface CharacterRule {
  rule: TextRule
  pattern: RegExp
  what: string
}

const characterRules: readonly CharacterRule[] = [
  { rule: 'UNPAIRED_SURROGATE', pattern: /\p{Cs}/u, what: 'half a surrogate pair' },
  { rule: 'CONTROL_CHARACTER', pattern: /[\p{Cc}--[\t\n]]/v, what: 'a control character' },
  { rule: 'PRIVATE_USE_CHARACTER', pattern: /\p{Co}/u, what: 'a private-use character' },
  {
    rule: 'REPLACEMENT_CHARACTER',
    pattern: /[\ufffc\ufffd]/,
    what: 'a replacement character, left by text that was not UTF-8 or could not be pasted',
  },
  // Emoji that are newer than this runtime's Unicode lie in ranges reserved for pictographs.
  {
    rule: 'UNASSIGNED_CHARACTER',
    pattern: /[\p{Cn}--\p{Extended_Pictographic}]/v,
    what: 'an unassigned character',
  },
  {
    rule: 'TAG_CHARACTER',
    pattern: /[\u{e0001}\u{e0020}-\u{e007f}]/u,
    what: 'a tag character outside a flag',
  },
]
const lineRule: CharacterRule = {
  rule: 'LINE_BREAK',
  pattern: /[\t\n\u2028\u2029]/,
  what: 'a line break or tab',
}

/** A flag of a country's part, such as Scotland's: the only sequence that tag characters belong to. */
const tagFlag = '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}'
const forbidden = (classes: string): RegExp => new RegExp(`${tagFlag}|(${classes})`, 'gv')
const anywhere =
  '[\\p{Cs}\\p{Co}\\ufffc\\ufffd\\u{e0001}\\u{e0020}-\\u{e007f}[\\p{Cc}--[\\t\\n]][\\p{Cn}--\\p{Extended_Pictographic}]]'
const forbiddenIn = {
  lines: forbidden(anywhere),
  line: forbidden(`[${anywhere}\\t\\n\\u2028\\u2029]`),
} as const

const named = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Where a text breaks a rule, and which. */
interface Found {
  /** UTF-16 index. */
  at: number
  violation: TextViolation
}

const forbiddenCharacters = (text: string, multiline: boolean): Found[] => {
  if (multiline && plain.test(text)) return []
  const found = new Map<TextRule, Found>()
  for (const match of text.matchAll(multiline ? forbiddenIn.lines : forbiddenIn.line)) {
    const [, character] = match
    if (character === undefined) continue
    const broken = [...characterRules, lineRule].find(({ pattern }) => pattern.test(character))
    if (broken === undefined || found.has(broken.rule)) continue
    const message = `must not hold ${broken.what} (${named(character)})`
    found.set(broken.rule, { at: match.index, violation: { rule: broken.rule, message } })
  }
  return [...found.values()]
}

const directionMarks = /[\u202a-\u202e\u2066-\u2069\n\u2029]/g
const isolates = '\u2066\u2067\u2068'

/**
 * The first mark that closes nothing and, unless more text may follow, the first that stays open. A pair
 * ends within its paragraph, where the bidirectional algorithm ends it in any case.
 */
const unpairedDirectionMark = (text: string, mayGoOn: boolean): Found | undefined => {
  const open: { at: number; closedBy: string }[] = []
  const broken = (at: number): Found => ({
    at,
    violation: {
      rule: 'UNPAIRED_DIRECTION_MARK',
      message: `must close every direction mark that it opens, and no other (${named(text.slice(at))})`,
    },
  })
  for (const { 0: mark, index } of text.matchAll(directionMarks)) {
    if (mark === '\n' || mark === '\u2029') {
      if (open[0]) return broken(open[0].at)
    } else if (mark === '\u2069' || mark === '\u202c') {
      if (open.pop()?.closedBy !== mark) return broken(index)
    } else open.push({ at: index, closedBy: isolates.includes(mark) ? '\u2069' : '\u202c' })
  }
  return open[0] && !mayGoOn ? broken(open[0].at) : undefined
}

/** Letters, digits, punctuation and symbols that have a shape: fillers and blanks of those kinds have none. */
const visible = new RegExp(
  `[[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Extended_Pictographic}]--[${noWidth}${blank}\\ufffc\\ufffd]]`,
  'v',
)

const tooLong = (max: number): TextViolation => ({
  rule: 'TOO_LONG',
  message: `must have at most ${max} characters`,
})

const tooManyBytes = (max: number): TextViolation => ({
  rule: 'TOO_LONG',
  message: `must have at most ${max * bytesPerGrapheme} bytes of UTF-8`,
})

const stackedMarks: TextViolation = {
  rule: 'STACKED_MARKS',
  message: `must not put more than ${codePointsPerGrapheme} code points into one character`,
}

const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count += 1
  return count
}

const tooShort = (min: number): TextViolation => ({
  rule: 'TOO_SHORT',
  message: min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
})

/** What takes up others into its grapheme: without any, no grapheme is long. */
const joining = /[\p{M}\p{Cf}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/u

/** Counts only as far as the bound, and only where its UTF-16 length does not answer already. */
const lengthViolation = (text: string, { min, max }: TextBounds): Found | undefined => {
  let count = 0
  const isShort = text.length <= max && (min <= 1 || text.length < min)
  if (plain.test(text) || (isShort && !joining.test(text))) count = text.length
  else {
    for (const { segment, index } of graphemes.segment(text)) {
      if (segment.length > codePointsPerGrapheme && codePoints(segment) > codePointsPerGrapheme) {
        return { at: index, violation: stackedMarks }
      }
      count += 1
      if (count > max) return { at: index, violation: tooLong(max) }
    }
  }
  if (count > max) return { at: max, violation: tooLong(max) }
  if (count < min) return { at: text.length, violation: tooShort(min) }
  const tooHeavy = utf8Length(text) > max * bytesPerGrapheme
  return tooHeavy ? { at: text.length, violation: tooManyBytes(max) } : undefined
}

/** What is refused before it costs the time to look at it closely. */
const hostile = (text: string, { max }: TextBounds): TextViolation | undefined => {
  if (text.length > max * bytesPerGrapheme * decomposedFactor) return tooLong(max)
  return markFlood.test(text) ? stackedMarks : undefined
}

/**
 * Every rule that the text breaks once it is normalized, each once, a forbidden character before a length.
 * Takes time in proportion to the bound, and no more than one pass over a longer text.
 */
export const textViolations = (text: string, bounds: TextBounds): TextViolation[] => {
  const trimmed = text.trim()
  const refused = hostile(trimmed, bounds)
  if (refused) return [refused]
  const judged = normalized(trimmed)
  const found = [
    ...forbiddenCharacters(judged, bounds.multiline ?? false),
    unpairedDirectionMark(judged, false),
    lengthViolation(judged, bounds),
  ].flatMap((each) => (each ? [each.violation] : []))
  if (found.length > 0 || judged === '' || visible.test(judged)) return found
  return [{ rule: 'NOTHING_VISIBLE', message: 'must hold something visible' }]
}

/** Half a surrogate pair, and a flag of a country's part, that more text may complete. */
const unfinished = /(?:[\ud800-\udbff]|\ud83c\udff4(?:\udb40[\udc20-\udc7f])*\udb40?)$/

/**
 * The first place at which a text that is still being written breaks a rule for good, whatever follows:
 * a forbidden character, or a grapheme beyond the bound. White space at its end does not count yet.
 * @returns a UTF-16 index of the normalized prefix
 */
export const firstViolationAt = (
  prefix: string,
  { max, multiline = false }: Omit<TextBounds, 'min'>,
): Found | null => {
  const bounds = { min: 0, max, multiline }
  const trimmed = prefix.trim()
  const refused = hostile(trimmed, bounds)
  if (refused) return { at: 0, violation: refused }
  const written = normalized(trimmed.replace(unfinished, ''))
  const found = [
    ...forbiddenCharacters(written, multiline),
    unpairedDirectionMark(written, true),
    lengthViolation(written, bounds),
  ].filter((each) => each !== undefined)
  return found.toSorted((one, other) => one.at - other.at)[0] ?? null
}

/**
 * A text of `min` (1 unless said) to `max` graphemes: normalizes what it parses, and refuses what breaks
 * the rule. Its JSON schema says `minLength` and `maxLength`.
 */
export const text = (max: number, options: { min?: number; multiline?: boolean } = {}) => {
  const { min = 1, multiline = false } = options
  const bounds = { min, max, multiline }
  return z
    .string()
    .overwrite((value) => {
      const trimmed = value.trim()
      return hostile(trimmed, bounds) ? trimmed : normalized(trimmed)
    })
    .check(({ value, issues }) => {
      for (const { rule, message } of textViolations(value, bounds)) {
        issues.push({ code: 'custom', message, params: { rule }, input: value })
      }
    })
    .meta({ minLength: min, maxLength: max })
}
