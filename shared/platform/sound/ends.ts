import { levelsOf } from './levels.ts'
import { eachChannel, partOf, type Sound, soundFrames, soundSeconds } from './sound.ts'

/** Seconds of one window. */
const windowSeconds = 0.01
/** Decibels under the loudest window, below which an end of a recording is silence. */
const silenceUnder = 40
/** Seconds that stay before the first sound and behind the last: breath and fading belong to speech. */
const lead = 0.12
const tail = 0.25

export interface Trimmed {
  sound: Sound
  /** Seconds that were cut off at the beginning. */
  from: number
}

/** Without silence at both ends; all of it where nothing stands out. A view of the same samples. */
export const trimmed = (sound: Sound): Trimmed => {
  const levels = levelsOf(sound, windowSeconds)
  const loudest = levels.reduce((most, level) => Math.max(most, level), -120)
  const isSound = (level: number): boolean => level > Math.max(loudest - silenceUnder, -70)
  const first = levels.findIndex(isSound)
  if (first < 0) return { sound, from: 0 }
  const from = Math.max(0, first * windowSeconds - lead)
  const to = Math.min(
    soundSeconds(sound),
    (levels.findLastIndex(isSound) + 1) * windowSeconds + tail,
  )
  return { sound: partOf(sound, from, to), from: Math.round(from * sound.rate) / sound.rate }
}

/** Its ends raised and lowered over some milliseconds: a cut in a wave is a click. */
export const faded = (sound: Sound, milliseconds = 8): Sound => {
  const frames = soundFrames(sound)
  const length = Math.min(Math.round((sound.rate * milliseconds) / 1000), Math.floor(frames / 2))
  return eachChannel(sound, (samples) => {
    const out = Float32Array.from(samples)
    for (let index = 0; index < length; index += 1) {
      const gain = 0.5 - 0.5 * Math.cos((Math.PI * (index + 0.5)) / length)
      out[index] = (out[index] as number) * gain
      out[frames - 1 - index] = (out[frames - 1 - index] as number) * gain
    }
    return out
  })
}
