/**
 * Whether samples hold any sound. Meant for the silence of a muted or dead microphone, which is zeros or
 * the last bit's noise; a room without speech is louder than that, and the transcriber judges it.
 */

/** One window, in seconds. */
const windowSeconds = 0.02
/** Root mean square of a window in which something sounds, of full scale 1: -60 dBFS. */
const soundLevel = 0.001
/** Windows with sound: shorter than any syllable, longer than the click of a button. */
const soundWindows = 5

export interface Samples {
  /** Frames, each with one sample per channel. */
  frames: number
  channels: number
  /** Frames per second. */
  rate: number
  /** A sample between -1 and 1, by its index among all channels' samples. */
  at: (index: number) => number
}

/** One channel's level in one window, about its mean: a microphone may have a constant offset. */
const levelOf = (
  { channels, at }: Samples,
  channel: number,
  from: number,
  count: number,
): number => {
  let sum = 0
  let squares = 0
  for (let frame = from; frame < from + count; frame += 1) {
    const sample = at(frame * channels + channel)
    sum += sample
    squares += sample * sample
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}

/** True when no tenth of a second holds sound. Ends at the first one that does. */
export const isSilent = (samples: Samples): boolean => {
  const count = Math.max(1, Math.round(samples.rate * windowSeconds))
  let loud = 0
  for (let from = 0; from + count <= samples.frames; from += count) {
    for (let channel = 0; channel < samples.channels; channel += 1) {
      if (levelOf(samples, channel, from, count) <= soundLevel) continue
      loud += 1
      if (loud === soundWindows) return false
      break
    }
  }
  return true
}
