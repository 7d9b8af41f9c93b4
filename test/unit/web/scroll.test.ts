import { describe, expect, test } from 'vitest'
import {
  keyLeap,
  keyTowards,
  type ScrollInput,
  scrollAtStart,
  scrollStep,
  windowOf,
} from '../../../web/src/session/scroll.ts'

const stateAfter = (...inputs: ScrollInput[]) => inputs.reduce(scrollStep, scrollAtStart)
const grown: ScrollInput = { type: 'grown' }
const up: ScrollInput = { type: 'intent', towards: -3 }
const down: ScrollInput = { type: 'intent', towards: 3 }
const at = (toEnd: number): ScrollInput => ({ type: 'scroll', toEnd })

describe('the view follows the end by the intent of its reader', () => {
  test('from the beginning, whatever comes and however far the end moves away', () => {
    expect(stateAfter(grown, at(900), grown, at(2000))).toMatchObject({
      follows: true,
      news: false,
    })
  })

  test('not once they have turned back, even near the end', () => {
    expect(stateAfter(up, at(3), grown)).toMatchObject({ follows: false, news: true })
  })

  test('again when they come back to the end, and not before', () => {
    expect(stateAfter(up, at(400), grown, down, at(100))).toMatchObject({
      follows: false,
      news: true,
    })
    expect(stateAfter(up, at(400), grown, down, at(10))).toMatchObject({
      follows: true,
      news: false,
    })
  })

  test('again when they ask for the end', () => {
    expect(stateAfter(up, at(400), grown, { type: 'end' })).toEqual(scrollAtStart)
  })

  test('and says that there is news only when something came', () => {
    expect(stateAfter(up, at(400))).toMatchObject({ follows: false, news: false })
  })

  test.each([
    ['PageUp', false, -1],
    ['Home', false, -1],
    [' ', true, -1],
    [' ', false, 1],
    ['End', false, 1],
    ['a', false, 0],
  ])('a key is an intent, too: %s', (key, shiftKey, towards) => {
    expect(keyTowards({ key, shiftKey })).toBe(towards)
  })
})

test.each([
  [{ key: 'Home' }, 'start'],
  [{ key: 'End' }, 'end'],
  [{ key: 'Home', shiftKey: true }, undefined],
  [{ key: 'PageUp' }, undefined],
])('a key goes to an end of the conversation in one leap, or does not: %o', (key, to) => {
  expect(keyLeap({ shiftKey: false, altKey: false, ...key })).toBe(to)
})

describe('the window of a long transcript', () => {
  const heights = Array.from({ length: 10_000 }, (_, index) => 50 + (index % 7) * 30)
  const whole = heights.reduce((sum, height) => sum + height, 0)

  test.each([0, 1, 777, 123_456, whole - 800, whole])('covers what is seen from %d on', (top) => {
    const { first, end, before, after } = windowOf(heights, { top, height: 800 }, 400)
    const shown = heights.slice(first, end).reduce((sum, height) => sum + height, 0)
    expect(before + shown + after).toBe(whole)
    expect(before).toBeLessThanOrEqual(Math.max(0, top - 400))
    expect(before + shown).toBeGreaterThanOrEqual(Math.min(whole, top + 1200))
    expect(end - first).toBeLessThan(40)
  })

  test('of nothing is nothing', () => {
    const nothing = { first: 0, end: 0, before: 0, after: 0 }
    expect(windowOf([], { top: 0, height: 800 }, 400)).toEqual(nothing)
  })
})
