import type { SoundSpan } from '../../contracts/speech.ts'

/** Milliseconds: a shorter valley is the closure of a consonant, a shorter sound a click. */
const minPause = 60
const minSound = 40
/** Decibels: under the loud parts, and over the noise of the room, below which it is a pause. */
const underSpeech = 32
const overNoise = 8

const quantile = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? -120

/**
 * When sound is heard, by the level of each window in dBFS.
 * @param windowMs milliseconds of a window; 10 is about right
 */
export const soundSpans = (levels: Float32Array, windowMs: number): SoundSpan[] => {
  const sorted = Float32Array.from(levels).sort()
  const loud = quantile(sorted, 0.95)
  const noise = quantile(sorted, 0.05)
  const threshold = Math.max(loud - underSpeech, Math.min(noise + overNoise, loud - overNoise))
  const spans: SoundSpan[] = []
  for (const [index, level] of levels.entries()) {
    if (level <= threshold || level <= -100) continue
    const start_ms = Math.round(index * windowMs)
    const end_ms = Math.round((index + 1) * windowMs)
    const last = spans.at(-1)
    if (last && start_ms - last.end_ms < minPause) last.end_ms = end_ms
    else spans.push({ start_ms, end_ms })
  }
  return spans.filter(({ start_ms, end_ms }) => end_ms - start_ms >= minSound)
}
