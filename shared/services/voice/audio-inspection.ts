import { fileTypeFromBuffer } from 'file-type'
import { parseBuffer } from 'music-metadata'
import { StudioError } from '../../contracts/errors.ts'
import { type AudioFormat, audioFormats, audioSecondsLimit } from '../../contracts/voice.ts'
import { withTrueLength } from '../../platform/wav.ts'
import { webmSeconds } from './webm-duration.ts'

/** What a recording is, by its bytes alone. */
export interface InspectedAudio {
  format: AudioFormat
  /** Seconds of sound that are really in it, as far as the format lets that be seen. */
  seconds: number
}

/** Shortest recording, in seconds: less is a slip of the finger, and Transcribe refuses it. */
const minSeconds = 0.5
/** Seconds over the limit that are the codec's: it fills its last frame. */
const padding = 0.5

/**
 * Bounds of the bytes of a second, for formats whose header claims a duration that need not be true:
 * MP3 has 8 to 320 kbit/s, AAC up to 576, and silence shrinks to next to nothing in all others. The
 * upper bound leaves room for a picture.
 */
const bytesPerSecond: Partial<Record<AudioFormat, readonly [min: number, max: number]>> = {
  mp3: [1000, 60_000],
  m4a: [0, 100_000],
  mp4: [0, 100_000],
  flac: [40, 1_200_000],
}

const isPlausible = (format: AudioFormat, bytes: number, seconds: number): boolean => {
  const [min, max] = bytesPerSecond[format] ?? [0, Number.POSITIVE_INFINITY]
  return bytes >= seconds * min && bytes <= Math.max(seconds, 1) * max
}

/** What the detection calls the formats that we take. */
const formats = new Map<string, AudioFormat>([
  ['audio/wav', 'wav'],
  ['audio/mpeg', 'mp3'],
  ['audio/x-m4a', 'm4a'],
  ['audio/mp4', 'm4a'],
  ['video/mp4', 'mp4'],
  ['audio/flac', 'flac'],
  ['audio/ogg', 'ogg'],
  ['video/webm', 'webm'],
  ['audio/webm', 'webm'],
])

const broken = (message: string, cause?: unknown): StudioError =>
  new StudioError('INVALID_INPUT', 'The recording breaks the rule named in errors.', {
    cause,
    errors: [{ path: 'audio', message }],
  })

const unsupported = (what: string): StudioError =>
  new StudioError(
    'UNSUPPORTED_MEDIA',
    `The recording is ${what}; it may be ${audioFormats.join(', ')}.`,
  )

interface Measured {
  seconds: number
  hasAudio: boolean
  hasVideo: boolean
}

/** @throws StudioError INVALID_INPUT when the bytes do not keep to their format */
const measure = async (bytes: Uint8Array, format: AudioFormat, mime: string): Promise<Measured> => {
  // The header of a WAV file may promise more than the file holds: a streaming writer does not know the length.
  const audio = format === 'wav' ? withTrueLength(bytes) : bytes
  const file = { mimeType: mime, size: audio.length }
  const parsed = await parseBuffer(audio, file, { duration: true, skipCovers: true }).catch(
    (cause: unknown) => {
      throw broken(`must be readable as ${format}`, cause)
    },
  )
  const { duration = 0, hasAudio = false, hasVideo = false } = parsed.format
  // The header of a WebM file only claims a duration, and browsers' recordings have none.
  const seconds = format === 'webm' ? webmSeconds(bytes) : duration
  return { seconds, hasAudio, hasVideo }
}

/**
 * What a recording is, whatever its name and content type say.
 * @throws StudioError UNSUPPORTED_MEDIA for any other format and for video; INVALID_INPUT, naming the
 * rule, for a recording that is empty, unreadable, without sound, other than its header tells, shorter
 * than 0.5 s or longer than 60 s
 */
export const inspectAudio = async (bytes: Uint8Array): Promise<InspectedAudio> => {
  if (bytes.length === 0) throw broken('must not be empty')
  const found = await fileTypeFromBuffer(bytes)
  if (!found) throw unsupported('of no format that can be told by its bytes')
  const [mime = ''] = found.mime.split(';')
  const format = formats.get(mime)
  if (!format) throw unsupported(found.mime)
  const { seconds, hasAudio, hasVideo } = await measure(bytes, format, mime)
  if (hasVideo) throw unsupported('a video')
  if (!hasAudio) throw broken('must hold a track of sound')
  if (!(seconds > 0)) throw broken('must hold sound, and tell how long it is')
  if (!isPlausible(format, bytes.length, seconds)) {
    throw broken('must hold as much sound as its header tells')
  }
  if (seconds < minSeconds) {
    throw broken(`must last ${minSeconds} s at least; it lasts ${seconds.toFixed(2)} s`)
  }
  if (seconds > audioSecondsLimit + padding) {
    throw broken(`must last ${audioSecondsLimit} s at most; it lasts ${seconds.toFixed(1)} s`)
  }
  return { format, seconds }
}
