/**
 * Recordings put together anew from the packets of real ones, any number of them.
 *
 *   const { bytes, seconds } = await remuxed('webm', 100)
 */
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  FlacOutputFormat,
  Input,
  type InputAudioTrack,
  OggOutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from 'mediabunny'
import { type AudioFormat, speech } from './recordings.ts'

interface Recipe {
  source: AudioFormat
  codec: 'opus' | 'vorbis' | 'flac'
  format: () => OutputFormat
}

const recipes = {
  webm: { source: 'webm-recorded', codec: 'opus', format: () => new WebMOutputFormat() },
  'webm-live': {
    source: 'webm-recorded',
    codec: 'opus',
    format: () => new WebMOutputFormat({ appendOnly: true }),
  },
  ogg: { source: 'ogg-opus', codec: 'opus', format: () => new OggOutputFormat() },
  'ogg-vorbis': { source: 'ogg-vorbis', codec: 'vorbis', format: () => new OggOutputFormat() },
  flac: { source: 'flac', codec: 'flac', format: () => new FlacOutputFormat() },
} as const satisfies Record<string, Recipe>

/** Seconds of each packet of Opus; WebM rounds them to milliseconds. */
const opusPacket = 0.02

export type Remuxed = keyof typeof recipes
export const remuxedFormats = Object.keys(recipes) as Remuxed[]

const said = '안녕하세요. 동백 핸드크림을 팔아요.'

/** The packets of one sound track, in order. */
const packetsOf = async (
  bytes: Uint8Array,
): Promise<{ packets: EncodedPacket[]; track: InputAudioTrack }> => {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  const track = await input.getPrimaryAudioTrack()
  if (!track) throw new Error('The recording has no sound.')
  const packets: EncodedPacket[] = []
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet)
  return { packets, track }
}

/** A recording of so many packets, which are those of a sentence, or of `from`, again and again. */
export const remuxed = async (
  format: Remuxed,
  count: number,
  from?: Uint8Array,
): Promise<{ bytes: Buffer; seconds: number }> => {
  const recipe = recipes[format]
  const { packets, track } = await packetsOf(from ?? (await speech(said, recipe.source)))
  const target = new BufferTarget()
  const output = new Output({ format: recipe.format(), target })
  const source = new EncodedAudioPacketSource(recipe.codec)
  output.addAudioTrack(source)
  await output.start()
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined
  // The first packet fills a decoder, and the last ones are shorter than they could be.
  const whole = packets.slice(1, -2)
  // Frames of FLAC are numbered, so that they cannot be used twice.
  const used = recipe.codec === 'flac' ? Math.min(count, whole.length) : count
  let seconds = 0
  for (let index = 0; index < used; index += 1) {
    const packet = whole[index % whole.length]
    if (!packet) throw new Error(`${format} has too few packets.`)
    await source.add(packet.clone({ timestamp: seconds }), { decoderConfig })
    seconds += recipe.codec === 'opus' ? opusPacket : packet.duration
  }
  await output.finalize()
  if (!target.buffer) throw new Error('Nothing was written.')
  return { bytes: Buffer.from(target.buffer), seconds }
}
