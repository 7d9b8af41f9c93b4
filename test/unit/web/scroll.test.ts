import { describe, expect, test } from 'vitest'
import {
  keyLeap,
  keyTowards,
  movedTowards,
  type ScrollInput,
  type Stand,
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

  test('not once something else has moved the view away from the end, and again when it is back', () => {
    const moved = (towards: number, toEnd: number): ScrollInput[] => [
      { type: 'moved', towards, toEnd },
      at(toEnd),
    ]
    expect(stateAfter(...moved(-300, 300), grown)).toMatchObject({ follows: false, news: true })
    expect(stateAfter(...moved(-300, 300), grown, ...moved(300, 0))).toMatchObject({
      follows: true,
      news: false,
    })
  })

  test('also when the browser puts it back to an end that has come closer', () => {
    expect(stateAfter({ type: 'moved', towards: -90, toEnd: 0 }, at(0), grown)).toEqual(
      scrollAtStart,
    )
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

describe('a view whose place has changed between two of its scroll events', () => {
  const before: Stand = { top: 500, height: 400, whole: 900 }
  const towards = (now: Partial<Stand>) => Math.sign(movedTowards(before, { ...before, ...now }))

  test('was moved when nothing else explains it', () => {
    expect(towards({ top: 0 })).toBe(-1)
    expect(towards({ top: 470, whole: 950 })).toBe(-1)
    expect(towards({ top: 520 })).toBe(1)
    expect(towards({ top: 500, whole: 950 })).toBe(0)
  })

  test.each([
    ['rows have become shorter', { top: 450, whole: 850 }],
    ['the view has become taller', { top: 450, height: 450 }],
    ['it follows what was added', { top: 550, whole: 950 }],
    ['it follows in a view that has become lower', { top: 550, height: 350 }],
  ])('was not moved when %s', (_, now) => expect(towards(now)).toBe(0))
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
