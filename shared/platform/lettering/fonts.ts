import type { BundledFileName } from '../../rules/bundled-files.ts'
import { bundledFile } from '../bundled-file.ts'

/** What a font draws for one shaped sign, in units of the type's size; y grows upwards from the baseline. */
export interface FontGlyph {
  /** 0: the font has no such sign. */
  id: number
  /** Place in the text of the first character that it stands for. */
  cluster: number
  advance: number
  offsetX: number
  offsetY: number
}

/** The box of what is drawn, from the glyph's origin; null of a blank. */
export interface Ink {
  left: number
  right: number
  top: number
  bottom: number
}

export interface Font {
  /** One line of one script direction, with kerning and without contextual alternates. */
  shape(text: string): FontGlyph[]
  /** An SVG path in the font's own units, y upwards. */
  path(id: number): string
  ink(id: number): Ink | null
  /** From the font's units to the type's size. */
  scale: number
}

export type Weight = 'regular' | 'bold'

/** Pretendard has all 11,172 syllables; Noto Emoji, in one colour, the sequences of emoji. */
export type Fonts = Readonly<Record<Weight | 'emoji', Font>>

/** Emoji are drawn on a square of 1.27 ems, which would stand out of a line of text. */
const emojiScale = 0.8

let opened: Promise<Fonts> | undefined

/** Opened once for a process; some 30 ms. */
export const openFonts = (): Promise<Fonts> => {
  opened ??= open()
  // A file that could not be read now may be there at the next call.
  opened.catch(() => {
    opened = undefined
  })
  return opened
}

const open = async (): Promise<Fonts> => {
  const [regular, bold, emoji] = await Promise.all([
    openFont('Pretendard-Regular.otf', 1),
    openFont('Pretendard-Bold.otf', 1),
    openFont('NotoEmoji-Bold.ttf', emojiScale),
  ])
  return { regular, bold, emoji }
}

const openFont = async (name: BundledFileName, size: number): Promise<Font> => {
  const [harfbuzz, data] = await Promise.all([import('harfbuzzjs'), bundledFile(name)])
  const face = new harfbuzz.Face(new harfbuzz.Blob(data))
  const font = new harfbuzz.Font(face)
  const scale = size / face.upem
  // By either of these features Pretendard draws `-->` as an arrow and the x of `9x16` as ×: another text.
  const features = ['calt', 'clig'].map((tag) => new harfbuzz.Feature(tag, 0))
  const paths = new Map<number, string>()
  return {
    scale,
    shape(text) {
      const buffer = new harfbuzz.Buffer()
      buffer.addText(text)
      buffer.guessSegmentProperties()
      harfbuzz.shape(font, buffer, features)
      const positions = buffer.getGlyphPositions()
      return buffer.getGlyphInfos().map(({ codepoint, cluster }, index) => {
        const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {}
        return {
          id: codepoint,
          cluster,
          advance: xAdvance * scale,
          offsetX: xOffset * scale,
          offsetY: yOffset * scale,
        }
      })
    },
    path(id) {
      const known = paths.get(id) ?? font.glyphToPath(id)
      paths.set(id, known)
      return known
    },
    ink(id) {
      const box = font.glyphExtents(id)
      if (box === undefined || box.width === 0) return null
      return {
        left: box.xBearing * scale,
        right: (box.xBearing + box.width) * scale,
        top: box.yBearing * scale,
        bottom: (box.yBearing + box.height) * scale,
      }
    },
  }
}
