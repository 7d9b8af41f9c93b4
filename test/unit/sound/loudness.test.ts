import { describe, expect, test } from 'vitest'
import { faded } from '../../../shared/platform/sound/ends.ts'
import { integratedLoudness, loudnessOf } from '../../../shared/platform/sound/loudness.ts'
import { normalised } from '../../../shared/platform/sound/normalise.ts'
import { asStereo, joined, silenceOf } from '../../../shared/platform/sound/sound.ts'
import { speechLoudness } from '../../../shared/rules/sound-limits.ts'
import { noise, rate, sine } from '../../support/sound/signals.ts'

const integrated = (...parts: Parameters<typeof joined>[0]): number =>
  integratedLoudness(joined(parts)) ?? Number.NaN

// The signals of EBU Tech 3341, table 1, shortened where only the length differs.
describe('Integrated loudness is that of BS.1770', () => {
  test('a sine of 1 kHz at -23 dBFS on both sides is -23 LUFS, and 10 dB less is 10 LU less', () => {
    expect(integrated(sine(5, { dbfs: -23 }))).toBeCloseTo(-23, 1)
    expect(integrated(sine(5, { dbfs: -33 }))).toBeCloseTo(-33, 1)
  })

  test('44.1 kHz is weighed alike', () => {
    expect(integrated(sine(5, { dbfs: -23, at: 44_100 }))).toBeCloseTo(-23, 1)
  })

  test('quiet parts do not count: 3 (-36, -23, -36 dBFS) and 4 (with -72 at both ends)', () => {
    const three = [sine(5, { dbfs: -36 }), sine(20, { dbfs: -23 }), sine(5, { dbfs: -36 })]
    expect(Math.abs(integrated(...three) + 23)).toBeLessThan(0.1)
    const four = [sine(5, { dbfs: -72 }), ...three, sine(5, { dbfs: -72 })]
    expect(Math.abs(integrated(...four) + 23)).toBeLessThan(0.1)
  })

  test('parts over the gate count by their length: 5 (-26, -20, -26 dBFS)', () => {
    const five = [sine(20, { dbfs: -26 }), sine(20.1, { dbfs: -20 }), sine(20, { dbfs: -26 })]
    expect(Math.abs(integrated(...five) + 23)).toBeLessThan(0.1)
  })

  test('silence and a tenth of a second have none', () => {
    expect(loudnessOf(silenceOf(2, rate)).integrated).toBeNull()
    expect(loudnessOf(sine(0.1)).integrated).toBeNull()
    expect(loudnessOf(silenceOf(0, rate))).toEqual({ integrated: null, truePeak: -Infinity })
  })
})

describe('True peak sees what stands between the samples', () => {
  // EBU Tech 3341, 15 to 18: an amplitude of -6 dBFS at quarter, sixth and eighth of the rate.
  test.for([
    [rate / 4, 0],
    [rate / 4, Math.PI / 4],
    [rate / 6, Math.PI / 3],
    [rate / 8, (67.5 * Math.PI) / 180],
  ] as const)('%d Hz, phase %d', ([hertz, phase]) => {
    const { truePeak } = loudnessOf(faded(sine(0.5, { dbfs: -6, hertz, phase }), 50))
    expect(truePeak).toBeGreaterThan(-6.4)
    expect(truePeak).toBeLessThan(-5.8)
  })
})

describe('Normalised sound has the loudness that was asked for, below the peak', () => {
  test.for([-50, -30, -14, -3])('a sine of %d dBFS', (dbfs) => {
    const { integrated: loudness, truePeak } = loudnessOf(
      normalised(sine(2, { dbfs }), speechLoudness),
    )
    expect(Math.abs((loudness ?? 0) - speechLoudness.integrated)).toBeLessThan(0.5)
    expect(truePeak).toBeLessThanOrEqual(speechLoudness.truePeak)
  })

  test('sound with high peaks is limited, and only there', () => {
    const bursts = Array.from({ length: 20 }, (_, index) => [
      noise(0.05, -2, index + 1),
      noise(0.2, -30, index + 50),
    ]).flat()
    const { integrated: loudness, truePeak } = loudnessOf(
      normalised(asStereo(joined(bursts)), speechLoudness),
    )
    expect(truePeak).toBeLessThanOrEqual(speechLoudness.truePeak + 0.01)
    expect(Math.abs((loudness ?? 0) - speechLoudness.integrated)).toBeLessThan(
      speechLoudness.tolerance,
    )
  })

  test('silence stays silence, and what is too short for loudness is brought to the peak', () => {
    expect(loudnessOf(normalised(silenceOf(1, rate), speechLoudness)).truePeak).toBe(-Infinity)
    expect(loudnessOf(normalised(sine(0.2), speechLoudness)).truePeak).toBeCloseTo(-1, 1)
  })
})
