import { factorOf, integratedLoudness, loudnessOf, peaksOf } from './loudness.ts'
import { amplified, eachChannel, type Sound } from './sound.ts'

export interface LoudnessTarget {
  /** LUFS. */
  integrated: number
  /** dBTP that nothing exceeds. */
  truePeak: number
}

/** More would make the noise of a room as loud as speech. */
const maxGain = 40
/** Decibels of more gain that may make up for what the limiter takes. */
const maxCompensation = 8
/** LU by which the result may miss, and rounds of gain and limiter that it may take. */
const tolerance = 0.2
const maxRounds = 6
/** Milliseconds within which the limiter opens its gain before a peak, and lets it go after. */
const lookahead = 3
const release = 60

/** The least value within so many samples before and behind each. */
const slidingMinimum = (values: Float32Array, reach: number): Float32Array => {
  const out = new Float32Array(values.length)
  const queue = new Int32Array(values.length)
  let [head, tail, next] = [0, 0, 0]
  for (let index = 0; index < values.length; index += 1) {
    for (; next <= Math.min(values.length - 1, index + reach); next += 1) {
      while (
        tail > head &&
        (values[queue[tail - 1] as number] as number) >= (values[next] as number)
      ) {
        tail -= 1
      }
      queue[tail] = next
      tail += 1
    }
    while ((queue[head] as number) < index - reach) head += 1
    out[index] = values[queue[head] as number] as number
  }
  return out
}

/** The mean of so many samples before and behind each: as smooth as a limiter has to be, and never above. */
const slidingMean = (values: Float32Array, reach: number): Float32Array => {
  const sums = new Float64Array(values.length + 1)
  for (let index = 0; index < values.length; index += 1) {
    sums[index + 1] = (sums[index] as number) + (values[index] as number)
  }
  return values.map((_, index) => {
    const from = Math.max(0, index - reach)
    const to = Math.min(values.length, index + reach + 1)
    return ((sums[to] as number) - (sums[from] as number)) / (to - from)
  })
}

/** The largest peak of any channel around each sample. */
const peaksOfAll = (sound: Sound, floor: number): Float32Array => {
  const [first, ...others] = [...new Set(sound.channels)].map((samples) => peaksOf(samples, floor))
  if (!first) return new Float32Array(0)
  for (const peaks of others) {
    for (let index = 0; index < first.length; index += 1) {
      first[index] = Math.max(first[index] as number, peaks[index] as number)
    }
  }
  return first
}

/** For each sample a gain by which no peak passes the ceiling. */
const gainsUnder = (peaks: Float32Array, ceiling: number, rate: number): Float32Array => {
  const reach = Math.round((rate * lookahead) / 1000)
  const gains = slidingMinimum(
    peaks.map((peak) => (peak > ceiling ? ceiling / peak : 1)),
    reach,
  )
  const slope = Math.exp(-1000 / (release * rate))
  let held = 1
  for (let index = 0; index < gains.length; index += 1) {
    held = Math.min(gains[index] as number, 1 - (1 - held) * slope)
    gains[index] = held
  }
  return slidingMean(gains, reach)
}

/** Louder by a factor, with peaks above the ceiling lowered smoothly; what lies below is only louder. */
const limited = (sound: Sound, peaks: Float32Array, gain: number, truePeak: number): Sound => {
  const factor = factorOf(gain)
  const gains = gainsUnder(peaks, factorOf(truePeak) / factor, sound.rate)
  return eachChannel(sound, (samples) =>
    samples.map((sample, index) => sample * factor * (gains[index] as number)),
  )
}

/** Smoothing leaves some hundredths of a decibel between the samples. */
const under = (sound: Sound, truePeak: number): Sound => {
  const left = loudnessOf(sound).truePeak - truePeak
  return left > 0 ? amplified(sound, factorOf(-left)) : sound
}

/**
 * The same at this loudness, its peaks limited. Sound without loudness (shorter than 0.4 s, or below the
 * gate) is brought to the peak alone. Never louder than 40 dB more than it was.
 */
export const normalised = (sound: Sound, target: LoudnessTarget): Sound => {
  const before = loudnessOf(sound)
  if (!Number.isFinite(before.truePeak)) return sound
  if (before.integrated === null) {
    return amplified(sound, factorOf(Math.min(maxGain, target.truePeak - before.truePeak)))
  }
  let gain = Math.min(maxGain, target.integrated - before.integrated)
  const most = Math.min(maxGain, gain + maxCompensation)
  const peaks = peaksOfAll(sound, factorOf(target.truePeak - most))
  let result = limited(sound, peaks, gain, target.truePeak)
  for (let round = 1; round < maxRounds && gain < most; round += 1) {
    const integrated = integratedLoudness(result)
    const missing = integrated === null ? 0 : target.integrated - integrated
    if (Math.abs(missing) <= tolerance) break
    gain = Math.min(most, gain + missing)
    result = limited(sound, peaks, gain, target.truePeak)
  }
  return under(result, target.truePeak)
}
