import { StudioError } from '../../contracts/errors.ts'
import { type AudioFormat, audioFormats, audioSecondsLimit } from '../../contracts/voice.ts'
import { readAudio } from '../../platform/audio/audio-reader.ts'
import { bareRecording } from '../../platform/audio/bare-recording.ts'
import { containerOf, isM4a } from '../../platform/audio/container.ts'
import { foreignContent } from '../../platform/uploads/foreign-content.ts'

/** What a recording is, by its bytes alone. */
export interface InspectedAudio {
  format: AudioFormat
  /** Seconds of sound that are really in it. */
  seconds: number
  /** The samples were at hand and hold no sound. */
  silent?: true
}

export interface JudgedAudio extends InspectedAudio {
  /** The recording without anything that nobody hears, to be kept in its place. */
  bare: Uint8Array
}

/** Shortest recording, in seconds: less is a slip of the finger, and Transcribe refuses it. */
const minSeconds = 0.5
/**
 * Seconds over the limit that are the codec's: the delay before the first sample and the filling of the
 * last frame, where the format does not say how long they are. AAC at 8 kHz has the longest.
 */
const padding = 0.25

const broken = (message: string): StudioError =>
  new StudioError('INVALID_INPUT', 'The recording breaks the rule named in errors.', {
    errors: [{ path: 'audio', message }],
  })

const unsupported = (what: string): StudioError =>
  new StudioError(
    'UNSUPPORTED_MEDIA',
    `The recording is ${what}; it may be ${audioFormats.join(', ')}.`,
  )

/**
 * What a recording is, whatever its name, content type and brand say. Its length is counted from its
 * packets, to 50 ms. What it carries beside its sound is left out, and what is then still something else at
 * the same time is refused.
 * @throws StudioError UNSUPPORTED_MEDIA, naming it, for any other format and for video; INVALID_INPUT,
 * naming the rule, for a recording that is empty, unreadable, without sound, several in one file, shorter
 * than 0.5 s or longer than 60 s
 */
export const inspectAudio = async (bytes: Uint8Array): Promise<JudgedAudio> => {
  if (bytes.length === 0) throw broken('must not be empty')
  const found = containerOf(bytes)
  if (!found) throw unsupported('of no format that can be told by its bytes')
  if ('name' in found) throw unsupported(found.name)
  const content = await readAudio(bytes, found.container)
  if (content.kind === 'unsupported') throw unsupported(content.what)
  if (content.kind === 'broken') throw broken(content.rule)
  const { seconds, silent } = content
  if (seconds < minSeconds) {
    throw broken(`must last ${minSeconds} s at least; it lasts ${seconds.toFixed(2)} s`)
  }
  if (seconds > audioSecondsLimit + padding) {
    throw broken(`must last ${audioSecondsLimit} s at most; it lasts ${seconds.toFixed(1)} s`)
  }
  const format = found.container === 'mp4' && isM4a(bytes) ? 'm4a' : found.container
  const bare = bareRecording(bytes, found.container)
  const foreign = foreignContent(bare)
  if (foreign !== undefined) throw unsupported(`${found.container} and ${foreign} at once`)
  return { format, seconds, ...(silent && { silent }), bare }
}
