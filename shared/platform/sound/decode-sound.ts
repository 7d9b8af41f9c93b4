import { StudioError } from '../../contracts/errors.ts'
import { decodingLimit } from '../../rules/sound-limits.ts'
import { readAudio } from '../audio/audio-reader.ts'
import { type Container, containerOf } from '../audio/container.ts'
import { wavSamples } from '../audio/wav-reader.ts'
import { type Sound, soundFrames } from './sound.ts'

/** Turns a file into WAV where no decoder of ours can: ffmpeg, when there is one. */
export type ForeignDecoder = (bytes: Uint8Array) => Promise<Uint8Array>

const unreadable = (why: string): StudioError =>
  new StudioError('UNSUPPORTED_MEDIA', `The sound cannot be decoded: ${why}.`)

interface Decoded {
  channelData: Float32Array[]
  samplesDecoded: number
  sampleRate: number
  errors: readonly unknown[]
}

/** Decoders keep their output in their own memory, and may pass over what they cannot read. */
const asSound = ({ channelData, samplesDecoded, sampleRate, errors }: Decoded): Sound => {
  if (samplesDecoded === 0) throw unreadable('no frame of it can be read')
  if (errors.length > 0) throw unreadable('a frame of it is damaged')
  const channels = channelData.map((samples) => samples.slice(0, samplesDecoded))
  return { rate: sampleRate, channels }
}

const decodeMp3 = async (bytes: Uint8Array): Promise<Sound> => {
  const { MPEGDecoder } = await import('mpg123-decoder')
  const decoder = new MPEGDecoder({ enableGapless: true })
  await decoder.ready
  try {
    return asSound(decoder.decode(bytes))
  } finally {
    decoder.free()
  }
}

const decodeFlac = async (bytes: Uint8Array): Promise<Sound> => {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac')
  const decoder = new FLACDecoder()
  await decoder.ready
  try {
    return asSound(await decoder.decodeFile(bytes))
  } finally {
    decoder.free()
  }
}

const decodeWav = (bytes: Uint8Array): Sound | undefined => {
  const samples = wavSamples(bytes)
  if (!samples) return undefined
  const { frames, channels, rate, at } = samples
  return {
    rate,
    channels: Array.from({ length: channels }, (_, channel) =>
      Float32Array.from({ length: frames }, (__, frame) => at(frame * channels + channel)),
    ),
  }
}

/** The WebM and Ogg of browsers' recorders hold Opus; undefined of another codec. */
const decodeOpus = async (bytes: Uint8Array): Promise<Sound | undefined> => {
  const { opusPackets } = await import('./opus-packets.ts')
  const found = await opusPackets(bytes)
  if (!found) return undefined
  const { OpusDecoder } = await import('opus-decoder')
  const decoder = new OpusDecoder({ channels: found.channels, preSkip: found.preSkip })
  await decoder.ready
  try {
    return asSound(decoder.decodeFrames(found.packets))
  } finally {
    decoder.free()
  }
}

const decoders: Record<Container, (bytes: Uint8Array) => Promise<Sound | undefined>> = {
  wav: async (bytes) => decodeWav(bytes),
  mp3: decodeMp3,
  flac: decodeFlac,
  webm: decodeOpus,
  ogg: decodeOpus,
  // There is AAC in it, and no decoder of AAC that is alive and free to be shipped.
  mp4: async () => undefined,
}

/** Counted from the frames before anything is decoded: small files can hold hours. */
const assertBounded = async (bytes: Uint8Array, container: Container): Promise<void> => {
  const content = await readAudio(bytes, container)
  if (content.kind === 'unsupported') throw unreadable(content.what)
  if (content.kind === 'broken') throw unreadable(`it ${content.rule}`)
  if (content.seconds > decodingLimit.seconds) {
    throw unreadable(`it lasts longer than ${decodingLimit.seconds} s`)
  }
}

const assertSamples = (sound: Sound): Sound => {
  const isBounded = soundFrames(sound) * sound.channels.length <= decodingLimit.samples
  const [first] = sound.channels
  if (!first || first.length === 0) throw unreadable('it holds no samples')
  if (!isBounded) throw unreadable('it holds too many samples')
  for (const samples of sound.channels) {
    if (samples.some((sample) => !Number.isFinite(sample)))
      throw unreadable('a sample is no number')
  }
  return sound
}

/**
 * The samples of WAV, MP3, FLAC and Opus (in WebM or Ogg), by decoders that run everywhere; of AAC and
 * other codecs by the `foreign` decoder.
 * @throws StudioError UNSUPPORTED_MEDIA for bytes that cannot be decoded whole, or hold more than the
 * limits; CAPABILITY_NOT_CONFIGURED for a codec that only ffmpeg reads, where there is none
 */
export const decodeSound = async (bytes: Uint8Array, foreign?: ForeignDecoder): Promise<Sound> => {
  if (bytes.length > decodingLimit.bytes) throw unreadable('it is too large')
  const found = containerOf(bytes)
  if (!found) throw unreadable('its format is not known')
  if ('name' in found) throw unreadable(`it is ${found.name}`)
  await assertBounded(bytes, found.container)
  const sound = await decoders[found.container](bytes)
  if (sound) return assertSamples(sound)
  if (!foreign) {
    throw new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      'This sound can only be decoded by ffmpeg, and FFMPEG_PATH names none.',
    )
  }
  const decoded = decodeWav(await foreign(bytes))
  if (!decoded) throw unreadable('ffmpeg gave no samples')
  return assertSamples(decoded)
}
