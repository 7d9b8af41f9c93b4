import type { Inline } from 'pdfmake'
import type { Fonts } from '../../platform/lettering/fonts.ts'

/** Sets texts in the embedded fonts. */
export interface Typesetting {
  fonts: Fonts
  /** The font of a grapheme, or what is written in its place. */
  known: Map<string, Inline>
  /** Widths of texts in ems. */
  widths: Map<string, number>
  /** Whether a character was written as its code. */
  lacks: { any: boolean }
}

/** Points. */
export const typeSize = 10

const segmenter = new Intl.Segmenter('ko')

const codesOf = (grapheme: string): string =>
  Array.from(
    grapheme,
    (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ')

const hasGlyphs = (font: Fonts['regular'], grapheme: string): boolean =>
  font.shape(grapheme).every(({ id }) => id !== 0)

/** Never a box: what no embedded font has is written as its code points, and the report says so. */
const glyph = ({ fonts, known, lacks }: Typesetting, grapheme: string): Inline => {
  const found = known.get(grapheme)
  if (found) return found
  const inline = ((): Inline => {
    if (/^\s+$/.test(grapheme) || hasGlyphs(fonts.regular, grapheme)) return { text: grapheme }
    if (hasGlyphs(fonts.emoji, grapheme)) return { text: grapheme, font: 'Emoji' }
    lacks.any = true
    return { text: `[${codesOf(grapheme)}]` }
  })()
  known.set(grapheme, inline)
  return inline
}

/** The width of a text on one line, in points. */
export const widthOf = ({ fonts, widths }: Typesetting, text: string, size = typeSize): number => {
  const known = widths.get(text)
  const ems = known ?? fonts.bold.shape(text).reduce((sum, { advance }) => sum + advance, 0)
  if (known === undefined) widths.set(text, ems)
  return ems * size
}

/** A word with the blanks after it, or what stands between words. */
const words = /[^\s]+[^\S\r\n]*|\s+/gu

/** Words of Hangul, between which lines break and not inside of them; one that has no room breaks. */
const isWhole = (typesetting: Typesetting, word: string, size: number, room: number): boolean =>
  /\p{Script=Hangul}/u.test(word) && widthOf(typesetting, word.trimEnd(), size) <= room

/**
 * A text in runs of one font each; lines break between 어절.
 * @param room points that a word has at least
 */
export const setText = (
  typesetting: Typesetting,
  text: string,
  { size = typeSize, room = 240 }: { size?: number; room?: number } = {},
): Inline[] => {
  const runs: Inline[] = []
  for (const [word] of text.matchAll(words)) {
    const noWrap = isWhole(typesetting, word, size, room)
    let isFirst = true
    for (const { segment } of segmenter.segment(word)) {
      const next = glyph(typesetting, segment)
      const last = runs.at(-1)
      const joins = last?.font === next.font && (noWrap ? !isFirst : !last?.noWrap)
      if (last && joins) last.text += next.text
      else runs.push({ ...next, ...(noWrap && { noWrap }) })
      isFirst = false
    }
  }
  return runs.length > 0 ? runs : [{ text: ' ' }]
}
