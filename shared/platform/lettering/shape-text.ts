import type { Font, Fonts, Ink, Weight } from './fonts.ts'
import { LetteringError } from './lettering-error.ts'

/** One line of text as drawn at a size of 1: multiply by the size. */
export interface ShapedText {
  glyphs: { font: Font; id: number; x: number; y: number }[]
  width: number
  /** The box around everything that is drawn, y upwards from the baseline; null of blanks. */
  ink: Ink | null
}

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/** Drawn as emoji by themselves, or asked to be by a selector, a joiner or a keycap. */
const asksForEmoji = /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F|\u200D|\u20E3/u

interface Run {
  font: Font
  text: string
}

const covers = (font: Font, text: string): boolean => font.shape(text).every(({ id }) => id !== 0)

/** The font for one grapheme; undefined when none has it. */
const fontFor = (fonts: Fonts, weight: Weight, grapheme: string): Font | undefined => {
  const inOrder = asksForEmoji.test(grapheme)
    ? [fonts.emoji, fonts[weight]]
    : [fonts[weight], fonts.emoji]
  return inOrder.find((font) => covers(font, grapheme))
}

/**
 * Code points of the text that no font has, as `U+1F9FF`; of a grapheme whose parts all have signs, but
 * not together, all. Empty when everything can be drawn.
 */
export const missingGlyphs = (fonts: Fonts, text: string, weight: Weight = 'bold'): string[] => {
  const missing = new Set<string>()
  for (const { segment } of graphemes.segment(text)) {
    if (/^\s+$/u.test(segment) || fontFor(fonts, weight, segment) !== undefined) continue
    const points = [...segment]
    const unknown = points.filter((point) => fontFor(fonts, weight, point) === undefined)
    for (const point of unknown.length > 0 ? unknown : points) missing.add(named(point))
  }
  return [...missing]
}

const named = (point: string): string =>
  `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Neighbours of one font, which are shaped together so that they kern. */
const runsOf = (fonts: Fonts, text: string, weight: Weight): Run[] => {
  const runs: Run[] = []
  for (const { segment } of graphemes.segment(text)) {
    const font = fontFor(fonts, weight, segment)
    if (font === undefined) {
      throw new LetteringError(
        'missing_glyph',
        `The fonts have no sign for ${missingGlyphs(fonts, segment, weight).join(', ')}.`,
      )
    }
    const last = runs.at(-1)
    if (last?.font === font) last.text += segment
    else runs.push({ font, text: segment })
  }
  return runs
}

/**
 * Shapes one line. `tracking` is added after each sign, in ems. Throws `LetteringError` naming every code
 * point that has no glyph: nothing is drawn as an empty box.
 */
export const shapeText = (
  fonts: Fonts,
  text: string,
  { weight, tracking = 0 }: { weight: Weight; tracking?: number },
): ShapedText => {
  const glyphs: ShapedText['glyphs'] = []
  let x = 0
  let ink: Ink | null = null
  for (const { font, text: part } of runsOf(fonts, text, weight)) {
    for (const { id, advance, offsetX, offsetY } of font.shape(part)) {
      const box = font.ink(id)
      if (box) {
        const moved = {
          left: x + offsetX + box.left,
          right: x + offsetX + box.right,
          top: offsetY + box.top,
          bottom: offsetY + box.bottom,
        }
        ink = ink === null ? moved : around(ink, moved)
        glyphs.push({ font, id, x: x + offsetX, y: offsetY })
      }
      x += advance + (advance > 0 ? tracking : 0)
    }
  }
  return { glyphs, width: Math.max(0, x - tracking), ink }
}

const around = (one: Ink, other: Ink): Ink => ({
  left: Math.min(one.left, other.left),
  right: Math.max(one.right, other.right),
  top: Math.max(one.top, other.top),
  bottom: Math.min(one.bottom, other.bottom),
})
