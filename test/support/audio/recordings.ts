/**
 * Recordings for tests: small files in `recordings/`, made by make.ts out of the tables here, and
 * silence, which is made on the spot.
 *
 *   const bytes = await speech('동백 핸드크림을 팔아요.', 'webm-recorded')
 *   const quiet = await silence(61, 'wav')
 *   form.set('audio', new Blob([bytes], { type: formats['webm-recorded'].contentType }), 'voice.webm')
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { wavFile } from '../../../shared/platform/audio/wav.ts'

/** The formats that a voice turn takes, and those of browsers' recorders, which know no length. */
export const formats = {
  wav: { extension: 'wav', contentType: 'audio/wav' },
  mp3: { extension: 'mp3', contentType: 'audio/mpeg' },
  m4a: { extension: 'm4a', contentType: 'audio/mp4' },
  mp4: { extension: 'mp4', contentType: 'audio/mp4' },
  flac: { extension: 'flac', contentType: 'audio/flac' },
  'ogg-opus': { extension: 'ogg', contentType: 'audio/ogg' },
  'ogg-vorbis': { extension: 'ogg', contentType: 'audio/ogg' },
  webm: { extension: 'webm', contentType: 'audio/webm' },
  /** As Chrome and Firefox record: clusters as they come, no duration in the header. */
  'webm-recorded': { extension: 'webm', contentType: 'audio/webm' },
  /** As Safari records: fragments, no duration in the header. */
  'mp4-recorded': { extension: 'mp4', contentType: 'audio/mp4' },
} as const

export type AudioFormat = keyof typeof formats

export interface Sentence {
  text: string
  formats: readonly AudioFormat[]
}

const browser = ['webm-recorded'] as const

/** What tests say, by the name of its files. */
export const sentences = {
  product: {
    text: '안녕하세요. 동백 핸드크림을 팔아요.',
    formats: Object.keys(formats) as AudioFormat[],
  },
  'hand-cream': { text: '동백 핸드크림을 팔아요.', formats: browser },
  'hand-cream-twice': {
    text: '동백 핸드크림을 팔아요. 핸드크림이에요.',
    formats: ['webm-recorded', 'flac'],
  },
  customers: {
    text: '사무실에서 손을 자주 씻는 분들이 사 가세요.',
    formats: ['mp4-recorded', 'wav', 'm4a'],
  },
  channel: {
    text: '인스타그램에서 바로 사게 하고 싶어요.',
    formats: ['ogg-opus', 'mp3', 'ogg-vorbis'],
  },
  everything: { text: '전부 알려 드릴게요.', formats: browser },
  unsure: { text: '사실 잘 모르겠어요.', formats: browser },
  hello: { text: '안녕하세요.', formats: browser },
  'nice-to-meet-you': { text: '안녕하세요. 반가워요.', formats: browser },
  once: { text: '한 번만 들어 주세요.', formats: browser },
  other: { text: '다른 말이에요.', formats: browser },
  erase: { text: '곧 지워 주세요.', formats: browser },
  'do-you-hear-me': { text: '들리세요?', formats: browser },
  'still-there': { text: '아직 듣고 계세요?', formats: browser },
  again: { text: '또 말해요.', formats: browser },
  english: { text: 'We sell hand cream.', formats: browser },
  /** What the scripted run says: see sampleVoice. */
  narration: {
    text: '손이 자꾸 마르죠? 바르고 바로 타자 치세요, 지금 만나 보세요.',
    formats: ['mp3', 'm4a'],
  },
  example: { text: '동백 핸드크림을 팔아요. 끈적임이 없어요.', formats: ['webm'] },
} as const satisfies Record<string, Sentence>

/** Seconds of silence that are kept as files: around the longest recording that is taken. */
export const silences = [
  { seconds: 60, formats: ['m4a', 'ogg-opus', 'webm-recorded'] },
  { seconds: 61, formats: ['m4a', 'flac', 'ogg-opus', 'webm', 'webm-recorded', 'mp4-recorded'] },
] as const satisfies { seconds: number; formats: readonly AudioFormat[] }[]

/** A second of film, or of sound in a format that is not taken, by the extension of its file. */
export const refusedMedia = ['mp4', 'webm', 'mkv', 'aiff', 'aac'] as const
export type RefusedMedia = (typeof refusedMedia)[number]

export const folder = join(import.meta.dirname, 'recordings')

export const fileOf = (name: string, format: AudioFormat): string =>
  join(folder, `${name}-${format}.${formats[format].extension}`)

export const silenceName = (seconds: number): string => `silence-${seconds}s`

export const refusedFile = (kind: RefusedMedia): string => join(folder, `refused.${kind}`)

/** A sentence as espeak-ng says it. @throws Error when it is not in the table in this format */
export const speech = async (text: string, format: AudioFormat): Promise<Buffer> => {
  const found = Object.entries<Sentence>(sentences).find(
    ([, sentence]) => sentence.text === text && sentence.formats.includes(format),
  )
  if (!found) {
    throw new Error(
      `No recording says “${text}” as ${format}: add it to recordings.ts, run make.ts.`,
    )
  }
  return readFile(fileOf(found[0], format))
}

const mono = { rate: 16_000, channels: 1, bits: 16 }

/** An MPEG-2 frame of layer III: 24 kHz, mono, 32 kbit/s, and nothing in it, which is silence. */
const mp3Frame = Buffer.alloc(96)
mp3Frame.writeUInt32BE(0xff_f3_44_c0)
const mp3FrameSeconds = 0.024

/** Silence, made here as WAV and MP3, and kept as files around the limit in other formats. */
export const silence = async (seconds: number, format: AudioFormat = 'wav'): Promise<Buffer> => {
  if (format === 'wav') return wavFile(new Uint8Array(2 * Math.round(seconds * mono.rate)), mono)
  if (format !== 'mp3') return readFile(fileOf(silenceName(seconds), format))
  return Buffer.concat(Array(Math.ceil(seconds / mp3FrameSeconds)).fill(mp3Frame))
}

export const refused = (kind: RefusedMedia): Promise<Buffer> => readFile(refusedFile(kind))
