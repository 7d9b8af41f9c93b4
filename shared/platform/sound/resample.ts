import { eachChannel, type Sound, soundFrames } from './sound.ts'

/** Zero crossings of the sinc on either side: the stop band lies 80 dB down. */
const crossings = 32
/** Share of the lower rate's band that is kept; the rest is the filter's slope. */
const passBand = 0.94
const kaiserBeta = 8
/** Phases of the filter; rates whose ratio has more take the nearest. */
const maxPhases = 2048

const bessel = (x: number): number => {
  let sum = 1
  let term = 1
  for (let k = 1; k < 40; k += 1) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

const greatestDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestDivisor(other, one % other)

/** A Kaiser-windowed sinc at this distance from its centre, both in samples; `half` is the window's. */
const tap = (distance: number, cutoff: number, half: number): number => {
  const place = distance / half
  if (Math.abs(place) >= 1) return 0
  const window = bessel(kaiserBeta * Math.sqrt(1 - place * place)) / bessel(kaiserBeta)
  const x = Math.PI * distance * cutoff
  return cutoff * window * (Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x)
}

/** One row of taps for each phase; each row's sum is 1, so that a constant stays itself. */
const filterOf = (cutoff: number, half: number, phases: number): Float64Array[] =>
  Array.from({ length: phases }, (_, phase) => {
    const row = Float64Array.from({ length: 2 * half }, (__, index) =>
      tap(index - half + 1 - phase / phases, cutoff, half),
    )
    const sum = row.reduce((total, value) => total + value, 0)
    return row.map((value) => value / sum)
  })

const convolved = (
  samples: Float32Array,
  frames: number,
  step: number,
  filter: readonly Float64Array[],
  half: number,
): Float32Array => {
  const out = new Float32Array(frames)
  for (let frame = 0; frame < frames; frame += 1) {
    const position = frame * step
    let whole = Math.floor(position)
    let phase = Math.round((position - whole) * filter.length)
    if (phase === filter.length) {
      phase = 0
      whole += 1
    }
    const row = filter[phase] as Float64Array
    let sum = 0
    const first = whole - half + 1
    const from = Math.max(0, -first)
    const to = Math.min(row.length, samples.length - first)
    for (let index = from; index < to; index += 1) {
      sum += (row[index] as number) * (samples[first + index] as number)
    }
    out[frame] = sum
  }
  return out
}

/** The same sound at another rate, band-limited; its length stays the same to one sample. */
export const resampled = (sound: Sound, rate: number): Sound => {
  if (sound.rate === rate || soundFrames(sound) === 0) return { ...sound, rate }
  const cutoff = Math.min(1, rate / sound.rate) * passBand
  const half = Math.ceil(crossings / cutoff)
  const phases = Math.min(maxPhases, rate / greatestDivisor(rate, sound.rate))
  const filter = filterOf(cutoff, half, phases)
  const frames = Math.round((soundFrames(sound) * rate) / sound.rate)
  const step = sound.rate / rate
  return eachChannel(sound, (samples) => convolved(samples, frames, step, filter, half), rate)
}
