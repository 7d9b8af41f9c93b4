import type { Sound } from '../../../shared/platform/sound/sound.ts'

export const rate = 48_000

/** A sine of so many dBFS (its peak), on all channels. */
export const sine = (
  seconds: number,
  { dbfs = -23, hertz = 1000, channels = 2, phase = 0, at = rate } = {},
): Sound => {
  const samples = Float32Array.from(
    { length: Math.round(seconds * at) },
    (_, index) => 10 ** (dbfs / 20) * Math.sin((2 * Math.PI * hertz * index) / at + phase),
  )
  return { rate: at, channels: Array.from({ length: channels }, () => samples) }
}

/** Noise that is the same each time. */
export const noise = (seconds: number, dbfs: number, seed = 1): Sound => {
  let state = seed
  const samples = Float32Array.from({ length: Math.round(seconds * rate) }, () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return 10 ** (dbfs / 20) * (state / 2_147_483_648 - 1)
  })
  return { rate, channels: [samples] }
}
