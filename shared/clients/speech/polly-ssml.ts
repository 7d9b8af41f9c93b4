import * as z from 'zod'
import type { SpeechMark } from '../../contracts/speech.ts'

/** How a voice speaks. Neural voices know rate and volume; a pitch would be refused. */
export interface Prosody {
  /** Percent of the voice's own pace, 20 to 200. */
  rate: number
}

export interface Ssml {
  ssml: string
  /** The place in the text, in UTF-16 code units, of what stands at this byte of the SSML. */
  placeAt(byte: number): number
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A blank line is heard. */
const paragraphBreak = '<break time="400ms"/>'

/** XML 1.0 has no way at all to hold these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/**
 * A text as SSML that neural voices take, and the way back: Polly counts in bytes of what it was
 * sent, tags and escapes included, while a reader wants places in the text.
 */
export const toSsml = (text: string, { rate }: Prosody): Ssml => {
  const speakable = text.toWellFormed().replace(unspeakable, ' ')
  const open = rate === 100 ? '<speak>' : `<speak><prosody rate="${rate}%">`
  const close = rate === 100 ? '</speak>' : '</prosody></speak>'
  const pieces = speakable.split(/(\n{2,}|[&<>])/)
  // Where each piece begins, in bytes of the SSML and in the text.
  const starts: { byte: number; place: number; sent: string }[] = []
  let byte = Buffer.byteLength(open)
  let place = 0
  for (const piece of pieces) {
    const sent = piece.startsWith('\n\n') ? paragraphBreak : (escapes[piece] ?? piece)
    starts.push({ byte, place, sent })
    byte += Buffer.byteLength(sent)
    place += piece.length
  }
  return {
    ssml: `${open}${starts.map(({ sent }) => sent).join('')}${close}`,
    placeAt(wanted) {
      const index = starts.findLastIndex((start) => start.byte <= wanted)
      const start = starts[index]
      if (!start) return 0
      const piece = pieces[index] ?? ''
      // Within an escape or a break every byte stands for its beginning.
      if (start.sent !== piece) return start.place
      const before = Buffer.from(piece).subarray(0, wanted - start.byte)
      return start.place + Math.min(before.toString().length, piece.length)
    },
  }
}

const MarkLine = z.object({
  time: z.number(),
  type: z.string(),
  start: z.number().optional(),
  end: z.number().optional(),
})

/**
 * Polly's stream of speech marks, one JSON object a line, with places in the text instead of bytes.
 * @throws ZodError or SyntaxError when a line is none
 */
export const readMarks = (lines: string, text: string, { placeAt }: Ssml): SpeechMark[] =>
  lines.split('\n').flatMap((line): SpeechMark[] => {
    if (line.trim() === '') return []
    const mark = MarkLine.parse(JSON.parse(line))
    if ((mark.type !== 'sentence' && mark.type !== 'word') || mark.start === undefined) return []
    const start = placeAt(mark.start)
    const end = placeAt(mark.end ?? mark.start)
    const { type, time } = mark
    return [{ type, time_ms: Math.round(time), start, end, value: text.slice(start, end) }]
  })
