/** A caption: when it is shown, and its rows. */
export interface Cue {
  /** Whole milliseconds; the end is later than the start. */
  start_ms: number
  end_ms: number
  /** No row is empty, or has a blank at its end. */
  rows: string[]
}

/** What captions keep to: Korean practice for films that are watched on phones. */
export const captionRules = {
  rows: 2,
  /** Syllables of Hangul; half as much is a Latin letter, a digit, a sign or a blank. */
  rowWidth: 16,
  minMs: 800,
  /** Milliseconds between two cues: two frames. */
  gapMs: 80,
  /** Milliseconds by which a cue may begin before or end behind what it says. */
  toleranceMs: 150,
  /** Syllables that can be read in a second; a cue is shown longer where there is room. */
  syllablesPerSecond: 12,
} as const

const wide =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\u3000-\u303f\uff01-\uff60]/u
const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' })

export const graphemesOf = (text: string): string[] =>
  [...segmenter.segment(text)].map(({ segment }) => segment)

const graphemeWidth = (grapheme: string): number =>
  // A digit is pictographic to Unicode, as the base of a keycap.
  wide.test(grapheme) && !/^[\d#*]$/.test(grapheme) ? 1 : 0.5

/** The width of a row, in syllables of Hangul. */
export const widthOf = (text: string): number =>
  graphemesOf(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0)

/** A text without its blanks: what a cue has to say, wherever its rows are broken. */
export const withoutBlanks = (text: string): string => text.replace(/\s+/gu, '')
