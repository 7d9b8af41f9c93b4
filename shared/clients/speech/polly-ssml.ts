import * as z from 'zod'
import type { SpeechMark } from '../../contracts/speech.ts'

/** How a voice speaks. Neural voices support rate and volume; a pitch would be rejected. */
export interface Prosody {
  /** Percent of the voice's normal rate, 20 to 200. */
  rate: number
}

export interface Ssml {
  ssml: string
  /** The position in the text, in UTF-16 code units, of this byte of the SSML. */
  positionAt(byte: number): number
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A blank line becomes an audible pause. */
const paragraphBreak = '<break time="400ms"/>'

/** XML 1.0 cannot represent these characters, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/**
 * A text as SSML for neural voices, and the mapping back: Polly counts in bytes of the SSML, tags and
 * escapes included, while readers need positions in the text.
 */
export const toSsml = (text: string, { rate }: Prosody): Ssml => {
  const speakable = text.toWellFormed().replace(unspeakable, ' ')
  const open = rate === 100 ? '<speak>' : `<speak><prosody rate="${rate}%">`
  const close = rate === 100 ? '</speak>' : '</prosody></speak>'
  const pieces = speakable.split(/(\n{2,}|[&<>])/)
  // Where each piece begins, in bytes of the SSML and in the text.
  const starts: { byte: number; position: number; sent: string }[] = []
  let byte = Buffer.byteLength(open)
  let position = 0
  for (const piece of pieces) {
    const sent = piece.startsWith('\n\n') ? paragraphBreak : (escapes[piece] ?? piece)
    starts.push({ byte, position, sent })
    byte += Buffer.byteLength(sent)
    position += piece.length
  }
  return {
    ssml: `${open}${starts.map(({ sent }) => sent).join('')}${close}`,
    positionAt(wanted) {
      const index = starts.findLastIndex((start) => start.byte <= wanted)
      const start = starts[index]
      if (!start) return 0
      const piece = pieces[index] ?? ''
      // Every byte within an escape or a break maps to its beginning.
      if (start.sent !== piece) return start.position
      const before = Buffer.from(piece).subarray(0, wanted - start.byte)
      return start.position + Math.min(before.toString().length, piece.length)
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
 * Polly's speech marks, one JSON object per line, with positions in the text instead of bytes.
 * @throws ZodError or SyntaxError for a line that is not a speech mark
 */
export const readMarks = (lines: string, text: string, { positionAt }: Ssml): SpeechMark[] =>
  lines.split('\n').flatMap((line): SpeechMark[] => {
    if (line.trim() === '') return []
    const mark = MarkLine.parse(JSON.parse(line))
    if ((mark.type !== 'sentence' && mark.type !== 'word') || mark.start === undefined) return []
    const start = positionAt(mark.start)
    const end = positionAt(mark.end ?? mark.start)
    const { type, time } = mark
    return [{ type, time_ms: Math.round(time), start, end, value: text.slice(start, end) }]
  })
