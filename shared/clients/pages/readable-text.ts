import { blank } from '../../contracts/blanks.ts'

/** Format characters do not show, or hide what does; only within an emoji one joins its pictures. */
const withoutFormats = (text: string): string =>
  text.replace(/\p{Cf}/gu, (character, at: number) => {
    const joins =
      character === '\u200d' && /^\p{Extended_Pictographic}/u.test(text.slice(at + 1, at + 3))
    return joins && /(?:[\p{So}\p{Sk}]|\ufe0f)$/u.test(text.slice(Math.max(0, at - 2), at))
      ? character
      : ''
  })

const control = /[\p{Cc}\p{Co}\p{Cn}\p{Cs}\ufffc\ufffd]/gu
/** More marks on one letter than any language has; composing a long run takes time that grows with its square. */
const stackedMarks = /(?<=\p{M}{32})\p{M}+/gu
/** Letters and symbols that show nothing; what separates lines is none. */
const gap = new RegExp(`[${blank}--\\s]`, 'gv')

/**
 * Text as it is kept: NFC, without characters that do not show, with single spaces, a line for each
 * paragraph, and no more UTF-16 units than given, cut between graphemes.
 */
export const readableText = (text: string, maxLength: number): string => {
  const clean = withoutFormats(text.toWellFormed())
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(gap, ' ')
    .replace(control, (character) => (character === '\n' || character === '\t' ? character : ''))
    .replace(stackedMarks, '')
    .normalize('NFC')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
  return cut(clean, maxLength)
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

const cut = (text: string, maxLength: number): string => {
  if (text.length <= maxLength) return text
  const from = Math.max(0, maxLength - 200)
  const grapheme = segmenter.segment(text.slice(from, maxLength + 200)).containing(maxLength - from)
  return text.slice(0, from + (grapheme?.index ?? 0)).trimEnd()
}

/** A title or a name: one line. */
export const readableLine = (text: string | null | undefined, maxLength: number): string | null => {
  const line = readableText(text ?? '', maxLength * 4).replaceAll('\n', ' ')
  return line === '' ? null : cut(line, maxLength)
}
