/**
 * Loudness and true peak by ITU-R BS.1770-5: https://www.itu.int/rec/R-REC-BS.1770. Checked against the
 * signals of EBU Tech 3341.
 */
import { type Sound, soundFrames } from './sound.ts'

export interface Loudness {
  /** Integrated, in LUFS; null below the gate, or of less than a block (0.4 s). */
  integrated: number | null
  /** The peak between the samples too, in dBTP; -Infinity of digital silence. */
  truePeak: number
}

export const decibels = (factor: number): number => 20 * Math.log10(factor)
export const factorOf = (decibel: number): number => 10 ** (decibel / 20)

interface Biquad {
  b: readonly [number, number, number]
  a: readonly [number, number]
}

/** The head's effect: a shelf, given for 48 kHz by the standard and here for any rate. */
const shelf = (rate: number): Biquad => {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate)
  const q = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / q + k * k
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  }
}

/** The revised low-frequency B curve: a high pass. */
const highPass = (rate: number): Biquad => {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate)
  const q = 0.5003270373238773
  const a0 = 1 + k / q + k * k
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] }
}

/** Sums of the squared, weighted samples of each tenth of a second. */
const energies = (samples: Float32Array, rate: number): Float64Array => {
  const step = Math.round(rate / 10)
  const out = new Float64Array(Math.floor(samples.length / step))
  const [one, two] = [shelf(rate), highPass(rate)]
  let [x1, x2, y1, y2, z1, z2] = [0, 0, 0, 0, 0, 0]
  for (let index = 0; index < out.length * step; index += 1) {
    const x = samples[index] as number
    const y = one.b[0] * x + one.b[1] * x1 + one.b[2] * x2 - one.a[0] * y1 - one.a[1] * y2
    const z = y + two.b[1] * y1 + two.b[2] * y2 - two.a[0] * z1 - two.a[1] * z2
    ;[x2, x1, y2, y1, z2, z1] = [x1, x, y1, y, z1, z]
    const window = Math.floor(index / step)
    out[window] = (out[window] as number) + z * z
  }
  return out.map((sum) => sum / step)
}

const levelOf = (energy: number): number => -0.691 + 10 * Math.log10(energy)
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Tenths of a second in a block, and the gates in LUFS and LU. */
const blockWindows = 4
const absoluteGate = -70
const relativeGate = -10

/** @returns LUFS; null below the gate, or of less than 0.4 s */
export const integratedLoudness = (sound: Sound): number | null => {
  if (soundFrames(sound) === 0) return null
  // Both sides of mono are one array, and weighed once.
  const known = new Map<Float32Array, Float64Array>()
  const channels = sound.channels.map((samples) => {
    const found = known.get(samples) ?? energies(samples, sound.rate)
    known.set(samples, found)
    return found
  })
  const windows = channels[0]?.length ?? 0
  const blocks: number[] = []
  for (let from = 0; from + blockWindows <= windows; from += 1) {
    let sum = 0
    for (const channel of channels) {
      for (let index = from; index < from + blockWindows; index += 1)
        sum += channel[index] as number
    }
    blocks.push(sum / blockWindows)
  }
  const audible = blocks.filter((energy) => levelOf(energy) > absoluteGate)
  if (audible.length === 0) return null
  const gate = levelOf(mean(audible)) + relativeGate
  return levelOf(mean(audible.filter((energy) => levelOf(energy) > gate)))
}

/** Points between two samples at which the peak is looked for, and samples on either side that count. */
const oversampling = 4
const halfTaps = 12

const peakFilter = Array.from({ length: oversampling - 1 }, (_, phase) => {
  const row = Array.from({ length: 2 * halfTaps }, (__, index) => {
    const distance = index - halfTaps + 1 - (phase + 1) / oversampling
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / (halfTaps + 1))
    const x = Math.PI * distance
    return (window * Math.sin(x)) / x
  })
  const sum = row.reduce((total, value) => total + value, 0)
  return Float64Array.from(row, (value) => value / sum)
})

/** How much higher than the samples around it a peak between them can stand. */
const maxRise = Math.max(
  ...peakFilter.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)),
)

const largestOf = (samples: Float32Array): number => {
  let largest = 0
  for (const sample of samples) if (Math.abs(sample) > largest) largest = Math.abs(sample)
  return largest
}

/** The largest magnitude from a sample to the next one, by what lies between them. */
const peakAt = (samples: Float32Array, frame: number): number => {
  const first = frame - halfTaps + 1
  const from = Math.max(0, -first)
  const to = Math.min(2 * halfTaps, samples.length - first)
  let peak = Math.abs(samples[frame] as number)
  for (const row of peakFilter) {
    let sum = 0
    for (let index = from; index < to; index += 1) {
      sum += (row[index] as number) * (samples[first + index] as number)
    }
    if (Math.abs(sum) > peak) peak = Math.abs(sum)
  }
  return peak
}

/**
 * The largest magnitude around each sample, between it and the next one included.
 * @param floor peaks up to it may be told lower than they are: they are not looked for
 */
export const peaksOf = (samples: Float32Array, floor: number): Float32Array => {
  const peaks = samples.map(Math.abs)
  const block = 2 * halfTaps
  for (let from = 0; from < samples.length; from += block) {
    const around = samples.subarray(Math.max(0, from - block), from + 2 * block)
    if (largestOf(around) * maxRise <= floor) continue
    const to = Math.min(samples.length, from + block)
    for (let frame = from; frame < to; frame += 1) peaks[frame] = peakAt(samples, frame)
  }
  return peaks
}

const truePeakOf = (sound: Sound): number => {
  let peak = 0
  for (const samples of new Set(sound.channels)) peak = Math.max(peak, largestOf(samples))
  for (const samples of new Set(sound.channels)) {
    for (const value of peaksOf(samples, peak)) if (value > peak) peak = value
  }
  return decibels(peak)
}

export const loudnessOf = (sound: Sound): Loudness => ({
  integrated: integratedLoudness(sound),
  truePeak: truePeakOf(sound),
})
