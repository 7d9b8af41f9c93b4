import { balancedLines, type Piece, piecesOf } from './break-lines.ts'
import type { Fonts, Weight } from './fonts.ts'
import { LetteringError } from './lettering-error.ts'
import { type ShapedText, shapeText } from './shape-text.ts'

export interface TextStyle {
  weight: Weight
  /** Pixels; the largest that fits is taken. */
  maxSize: number
  minSize: number
  /** Distance of baselines, in sizes. */
  leading: number
  /** Added after each sign, in sizes. */
  tracking?: number
}

export interface Room {
  width: number
  height: number
  maxLines?: number
}

export interface TextBlock {
  size: number
  leading: number
  lines: { text: string; shaped: ShapedText }[]
  /** Of the widest line, in pixels. */
  width: number
  /** All lines, in pixels. */
  height: number
  /** A word had to be parted, because it is longer than a line even at the smallest size. */
  wordParted: boolean
}

/** Sizes are tried from the largest in steps of so many pixels. */
const step = 1

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/**
 * Sets a text in lines, at the largest size at which it fits. Line breaks of its own stay. A single word
 * that is longer than a line at the smallest size is parted between graphemes. Throws `LetteringError`:
 * `missing_glyph` by code points, or `does_not_fit`; nothing is ever cut off.
 */
export const fitText = (fonts: Fonts, text: string, style: TextStyle, room: Room): TextBlock => {
  const paragraphs = text.split(/\r\n|[\n\r\u2028\u2029]/).map((paragraph) => piecesOf(paragraph))
  const measured = paragraphs.map((pieces) => measure(fonts, pieces, style))
  const whole = largest(fonts, measured, style, room)
  if (whole !== undefined) return { ...whole, wordParted: false }
  const parted = measured.map((pieces) => partLong(fonts, pieces, style, room.width))
  const inParts = largest(fonts, parted, style, room)
  if (inParts !== undefined) return { ...inParts, wordParted: true }
  throw new LetteringError(
    'does_not_fit',
    `A text of ${[...graphemes.segment(text)].length} characters does not fit ${Math.floor(room.width)} x ${Math.floor(room.height)} pixels at ${style.minSize} pixels.`,
  )
}

/** Widths at a size of 1. */
const measure = (
  fonts: Fonts,
  pieces: readonly { text: string; spaced: boolean }[],
  style: TextStyle,
): Piece[] => {
  const tracking = style.tracking ?? 0
  const blank = shapeText(fonts, ' ', style).width + tracking * 2
  return pieces.map(({ text, spaced }) => ({
    text,
    width: shapeText(fonts, text, style).width,
    gap: spaced ? blank : tracking,
  }))
}

const partLong = (
  fonts: Fonts,
  pieces: readonly Piece[],
  style: TextStyle,
  width: number,
): Piece[] =>
  pieces.flatMap((piece) => {
    if (piece.width * style.minSize <= width) return [piece]
    const signs = [...graphemes.segment(piece.text)].map(({ segment }) => ({
      text: segment,
      spaced: false,
    }))
    return measure(fonts, signs, style).map((part, index) =>
      index === 0 ? { ...part, gap: piece.gap } : part,
    )
  })

const largest = (
  fonts: Fonts,
  paragraphs: readonly Piece[][],
  style: TextStyle,
  room: Room,
): Omit<TextBlock, 'wordParted'> | undefined => {
  for (let size = style.maxSize; size >= style.minSize; size -= step) {
    const lines = linesAt(paragraphs, size, room.width)
    if (lines === undefined || lines.length > (room.maxLines ?? Number.POSITIVE_INFINITY)) continue
    if (lines.length * size * style.leading > room.height) continue
    const shaped = lines.map((line) => ({ text: line, shaped: shapeText(fonts, line, style) }))
    const width = Math.max(...shaped.map((line) => line.shaped.width)) * size
    // Kerning between words may differ from that of the words alone.
    if (width > room.width) continue
    return {
      size,
      leading: style.leading,
      lines: shaped,
      width,
      height: lines.length * size * style.leading,
    }
  }
  return undefined
}

const linesAt = (
  paragraphs: readonly Piece[][],
  size: number,
  width: number,
): string[] | undefined => {
  const lines: string[] = []
  for (const pieces of paragraphs) {
    const starts = balancedLines(pieces, width / size)
    if (starts === undefined) return undefined
    for (const [index, start] of starts.entries()) {
      lines.push(joined(pieces.slice(start, starts[index + 1])))
    }
  }
  return lines
}

const joined = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, gap }, index) => (index > 0 && gap > blankFrom ? ` ${text}` : text)).join('')

/** A gap of at least so much is a blank and not only tracking. */
const blankFrom = 0.1
