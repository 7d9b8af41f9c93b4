import { decibels } from './loudness.ts'
import { type Sound, soundFrames } from './sound.ts'

/** Root mean square of each window, in dBFS of the mean of all channels. */
export const levelsOf = (sound: Sound, windowSeconds: number): Float32Array => {
  const count = Math.max(1, Math.round(sound.rate * windowSeconds))
  const windows = Math.ceil(soundFrames(sound) / count)
  const out = new Float32Array(windows)
  for (let window = 0; window < windows; window += 1) {
    const from = window * count
    const to = Math.min(soundFrames(sound), from + count)
    let squares = 0
    for (const samples of sound.channels) {
      for (let index = from; index < to; index += 1) squares += (samples[index] as number) ** 2
    }
    const rms = Math.sqrt(squares / Math.max(1, (to - from) * sound.channels.length))
    out[window] = Math.max(-120, decibels(rms))
  }
  return out
}
