import * as z from 'zod'
import { silence } from '../audio/recordings.ts'
import { Refusal, type Refused, type Silent } from './refusals.ts'

const Input = z.object({
  Engine: z.enum(['standard', 'neural']).default('standard'),
  OutputFormat: z.enum(['mp3', 'pcm', 'json']),
  SampleRate: z.string().optional(),
  SpeechMarkTypes: z.array(z.enum(['sentence', 'word', 'viseme', 'ssml'])).optional(),
  Text: z.string(),
  TextType: z.enum(['text', 'ssml']).default('text'),
  VoiceId: z.string(),
})
export type PollyCall = z.infer<typeof Input>

export interface PollyStandIn {
  /** Answers to the next calls, in order; all later ones succeed. */
  script(...next: (Refused | Silent)[]): void
  /** What was asked, in order. */
  calls: PollyCall[]
  reset(): void
  /** Undefined when there shall be no answer. @throws Refusal */
  call(input: unknown): Promise<{ contentType: string; bytes: Buffer } | undefined>
}

const voices = ['Seoyeon', 'Jihye', 'Joanna', 'Matthew', 'Ivy']
const rates = { mp3: [24_000], pcm: [16_000] }
/** Seconds that a character takes at a rate of 100 %. */
const characterSeconds = 0.15

const refused = (name: string, message: string): Refusal =>
  new Refusal({ refused: name, status: 400, message })

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** Words and tags of an SSML text with their places in bytes. */
function* pieces(ssml: string): Generator<{ text: string; start: number; end: number }> {
  let byte = 0
  for (const [text] of ssml.matchAll(/<[^>]*>|\s+|[^<\s]+/g)) {
    const start = byte
    byte += Buffer.byteLength(text)
    yield { text, start, end: byte }
  }
}

const isWord = ({ text }: { text: string }): boolean => !/^[<\s]/.test(text)

const plain = (ssml: string): string =>
  ssml.replace(/<[^>]*>/g, ' ').replace(/&(amp|lt|gt);/g, (entity) => entities[entity] ?? '')

/** What neural voices refuse. */
const checkSsml = (ssml: string): void => {
  const bare = ssml.replace(/&(amp|lt|gt|quot|apos);/g, '').replace(/<[^<>]*>/g, '')
  const wellFormed = /^<speak>[\s\S]*<\/speak>$/.test(ssml) && !/[&<>]/.test(bare)
  if (!wellFormed || /<emphasis|pitch=|whispered/.test(ssml)) {
    throw refused('InvalidSsmlException', 'Invalid SSML request')
  }
}

/** Times grow with the bytes said before: near enough, and in order. */
const marksOf = (ssml: string, types: readonly string[], milliseconds: number): string => {
  const words = [...pieces(ssml)].filter(isWord)
  const all = words.reduce((sum, { start, end }) => sum + end - start, 0)
  const lines: object[] = []
  let said = 0
  let sentence: { time: number; start: number; place: number } | undefined
  for (const { text, start, end } of words) {
    const time = Math.floor((milliseconds * said) / all)
    sentence ??= { time, start, place: lines.length }
    if (types.includes('word')) lines.push({ time, type: 'word', start, end, value: text })
    if (/[.!?…]["'”’)]*$/.test(text) || words.at(-1)?.start === start) {
      const value = Buffer.from(ssml).subarray(sentence.start, end).toString()
      const mark = { time: sentence.time, type: 'sentence', start: sentence.start, end, value }
      if (types.includes('sentence')) lines.splice(sentence.place, 0, mark)
      sentence = undefined
    }
    said += end - start
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** A WAV file of one canonical header without it. */
const samplesOf = (wav: Buffer): Buffer => wav.subarray(wav.indexOf('data', 12, 'latin1') + 8)

export const createPolly = (): PollyStandIn => {
  const calls: PollyCall[] = []
  const scripted: (Refused | Silent)[] = []
  return {
    calls,
    script: (...next) => void scripted.push(...next),
    reset() {
      calls.length = 0
      scripted.length = 0
    },
    async call(given) {
      const parsed = Input.safeParse(given)
      if (!parsed.success) throw refused('ValidationException', z.prettifyError(parsed.error))
      const input = parsed.data
      calls.push(input)
      const coming = scripted.shift()
      if (coming && 'silent' in coming) return undefined
      if (coming) throw new Refusal(coming)

      const { OutputFormat: format, SampleRate, SpeechMarkTypes: types, Text, TextType } = input
      if (!voices.includes(input.VoiceId)) {
        throw refused('ValidationException', `${input.VoiceId} is no voice.`)
      }
      if (Text.length > 6000) throw refused('TextLengthExceededException', 'The text is too long.')
      if (TextType === 'ssml') checkSsml(Text)
      if ((format === 'json') !== (types !== undefined)) {
        throw refused('MarksNotSupportedForFormatException', 'Speech marks come as JSON.')
      }
      const percent = Number(/rate="(\d+)%"/.exec(Text)?.[1] ?? 100)
      const seconds = (plain(Text).length * characterSeconds * 100) / percent
      if (types) {
        const bytes = Buffer.from(marksOf(Text, types, 1000 * seconds))
        return { contentType: 'application/x-json-stream', bytes }
      }
      const out = format === 'mp3' ? 'mp3' : 'pcm'
      const rate = Number(SampleRate ?? (out === 'mp3' ? 24_000 : 16_000))
      if (!rates[out].includes(rate)) throw refused('InvalidSampleRateException', `${rate}`)
      return out === 'mp3'
        ? { contentType: 'audio/mpeg', bytes: await silence(seconds, 'mp3') }
        : { contentType: 'audio/pcm', bytes: samplesOf(await silence(seconds, 'wav')) }
    },
  }
}
