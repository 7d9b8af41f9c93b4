import { blank, noWidth } from '../contracts/blanks.ts'
import { truncated } from './bounded-text.ts'

/** Control, format, private-use, unassigned and replacement characters, and halves of surrogate pairs; emoji need the joiner. */
const invisible = /[\p{Cc}\p{Co}\p{Cn}\p{Cs}\ufffd]|(?!\u200d)\p{Cf}/gu

/** Neither a blank, nor a joiner or a mark of nothing. */
const shows = new RegExp(`[^${blank}${noWidth}\\p{M}]`, 'v')

/** Marks beyond these on one character are a flood that no reader sees. */
const floods = /(\p{M}{4})\p{M}+/gu

/**
 * A text of the web as one line of NFC, without anything that does not show, at most `length` UTF-16
 * code units; empty when nothing of it shows.
 */
export const visibleLine = (text: string, length: number): string => {
  const line = text
    .slice(0, 20 * length)
    .replace(/\s+/g, ' ')
    .replace(invisible, '')
    .replace(floods, '$1')
    .normalize('NFC')
    .trim()
  return shows.test(line) ? truncated(line, length).trim() : ''
}
