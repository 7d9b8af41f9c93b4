import { wavFile } from '../audio/wav.ts'
import { resampled } from './resample.ts'
import { type Sound, soundFrames, soundRate } from './sound.ts'
import type { SoundExtension } from './sound-metadata.ts'

/** Bits per second: transparent for speech. */
const bitrate = 128_000
/** Frames that are given to an encoder at a time. */
const chunkFrames = 48_000

const interleaved = (sound: Sound, from: number, to: number): Float32Array => {
  const { channels } = sound
  const out = new Float32Array((to - from) * channels.length)
  for (const [channel, samples] of channels.entries()) {
    for (let frame = from; frame < to; frame += 1) {
      out[(frame - from) * channels.length + channel] = samples[frame] as number
    }
  }
  return out
}

const encodeWav = (sound: Sound): Uint8Array => {
  const values = interleaved(sound, 0, soundFrames(sound))
  const samples = Int16Array.from(values, (value) =>
    Math.round(Math.max(-1, Math.min(1, value)) * 32_767),
  )
  const format = { rate: sound.rate, channels: sound.channels.length, bits: 16 }
  return wavFile(new Uint8Array(samples.buffer), format)
}

/** Both encoders are WebAssembly in workers of their own: Node has no WebCodecs. */
const withEncoders = async () => {
  const [bunny, { registerMp3Encoder }, { registerAacEncoder }] = await Promise.all([
    import('mediabunny'),
    import('@mediabunny/mp3-encoder'),
    import('@mediabunny/aac-encoder'),
  ])
  registerMp3Encoder()
  registerAacEncoder()
  return bunny
}
let encoders: ReturnType<typeof withEncoders> | undefined

const compress = async (sound: Sound, codec: 'mp3' | 'aac'): Promise<Uint8Array> => {
  encoders ??= withEncoders()
  const { AudioSample, AudioSampleSource, BufferTarget, Mp3OutputFormat, Mp4OutputFormat, Output } =
    await encoders
  const target = new BufferTarget()
  const format =
    codec === 'mp3' ? new Mp3OutputFormat() : new Mp4OutputFormat({ fastStart: 'in-memory' })
  const output = new Output({ format, target })
  const source = new AudioSampleSource({ codec, bitrate })
  output.addAudioTrack(source)
  await output.start()
  for (let from = 0; from < soundFrames(sound); from += chunkFrames) {
    const to = Math.min(soundFrames(sound), from + chunkFrames)
    using sample = new AudioSample({
      data: interleaved(sound, from, to),
      format: 'f32',
      numberOfChannels: sound.channels.length,
      sampleRate: sound.rate,
      timestamp: from / sound.rate,
    })
    await source.add(sample)
  }
  source.close()
  await output.finalize()
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0))
}

/** A file of it at 48 kHz: WAV of 16 bits, MP3 or AAC in M4A of 128 kbit/s. */
export const encodeSound = async (sound: Sound, extension: SoundExtension): Promise<Uint8Array> => {
  const ready = resampled(sound, soundRate)
  if (extension === 'wav') return encodeWav(ready)
  return compress(ready, extension === 'mp3' ? 'mp3' : 'aac')
}
