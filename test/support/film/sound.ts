import type { Pcm } from '../../../shared/platform/film/mp4-writer.ts'

const rate = 48_000

/** A tone, stereo. */
export const tone = ({ seconds, level = 0.3 }: { seconds: number; level?: number }): Pcm => {
  const samples = Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, index) => level * Math.sin((2 * Math.PI * 220 * index) / rate),
  )
  return { rate, channels: [samples, samples] }
}
