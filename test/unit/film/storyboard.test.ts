import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filmLimits, filmSeconds } from '../../../shared/rules/films/film-limits.ts'
import { storyboard } from '../../../shared/rules/films/storyboard.ts'

const input = {
  shots: [
    { start: 0, end: 2 },
    { start: 2, end: 5 },
    { start: 5, end: 8 },
  ],
  planned: 8,
  seconds: 8,
  plates: 2,
  posters: 2,
  price: true,
}

describe('The scenes of a film without a film model', () => {
  it('follow the shots', () => {
    const scenes = storyboard(input)
    expect(scenes.map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [2, 5],
      [5, 8],
    ])
  })

  it('never show a picture twice in the same way', () => {
    const scenes = storyboard({ ...input, plates: 1 })
    const ways = scenes.map(({ plate, from, to }) => JSON.stringify({ plate, from, to }))
    expect(new Set(ways).size).toBe(scenes.length)
  })

  it('shorten with a placement that prescribes three seconds', () => {
    const seconds = filmSeconds('kakao_bizboard_motion', 8, 0)
    expect(seconds).toBe(3)
    expect(storyboard({ ...input, seconds }).at(-1)?.end).toBe(3)
  })

  it('hold the last one until the narration has ended', () => {
    const seconds = filmSeconds('instagram_reels_9x16', 8, 9.3)
    expect(seconds).toBeCloseTo(9.3 + filmLimits.afterSpeech)
    expect(storyboard({ ...input, seconds }).at(-1)?.end).toBeCloseTo(seconds)
  })

  it('fill any film without gaps, inside their pictures', () => {
    const shot = fc.record({
      start: fc.double({ min: 0, max: 60, noNaN: true }),
      end: fc.double({ min: 0, max: 60, noNaN: true }),
    })
    fc.assert(
      fc.property(
        fc.array(shot, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 3, max: 60, noNaN: true }),
        fc.integer({ min: 1, max: 6 }),
        (shots, seconds, plates) => {
          const scenes = storyboard({ ...input, shots, planned: 20, seconds, plates })
          expect(scenes[0]?.start).toBe(0)
          expect(scenes.at(-1)?.end).toBeCloseTo(seconds, 1)
          for (const [index, scene] of scenes.entries()) {
            expect(scene.end).toBeGreaterThan(scene.start)
            if (index > 0) expect(scene.start).toBe(scenes[index - 1]?.end)
            for (const { x, y, width, height } of [scene.from, scene.to]) {
              expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
              expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9)
            }
          }
        },
      ),
    )
  })
})
