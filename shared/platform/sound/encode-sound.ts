import type { SpokenFormat } from '../../contracts/speech.ts'
import { wavFile } from '../audio/wav.ts'
import { resampled } from './resample.ts'
import { type Sound, soundFrames, soundRate } from './sound.ts'

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

const withEncoder = async () => {
  const [bunny, { registerMp3Encoder }] = await Promise.all([
    import('mediabunny'),
    import('@mediabunny/mp3-encoder'),
  ])
  registerMp3Encoder()
  return bunny
}
let encoder: ReturnType<typeof withEncoder> | undefined

/** WebAssembly in a worker of its own: Node has no WebCodecs. */
const encodeMp3 = async (sound: Sound): Promise<Uint8Array> => {
  encoder ??= withEncoder()
  const { AudioSample, AudioSampleSource, BufferTarget, Mp3OutputFormat, Output } = await encoder
  const target = new BufferTarget()
  const output = new Output({ format: new Mp3OutputFormat(), target })
  const source = new AudioSampleSource({ codec: 'mp3', bitrate })
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

/** A file of it at 48 kHz: WAV of 16 bits, or MP3 of 128 kbit/s. */
export const encodeSound = async (sound: Sound, format: SpokenFormat): Promise<Uint8Array> => {
  const ready = resampled(sound, soundRate)
  return format === 'wav' ? encodeWav(ready) : encodeMp3(ready)
}
