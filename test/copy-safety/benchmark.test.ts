import { describe, expect, test } from 'vitest'
import { readLabelledLines } from './labelled-lines.ts'
import { judgeLine, reached, scoreOf, targets } from './measure.ts'

/**
 * Only totals are compared and printed: a failure that named lines of the part held apart would have
 * rules written from them.
 */
describe.each([
  ['development', targets],
  ['heldout', reached],
] as const)('on the %s lines the copy filter', (part, least) => {
  const score = scoreOf(readLabelledLines(part).map((line) => judgeLine(line, 'labelled')))

  test('flags what has to be flagged', () => {
    expect(score.recall).toBeGreaterThanOrEqual(least.recall)
  })

  test('lets through what is lawful', () => {
    expect(score.precision).toBeGreaterThanOrEqual(least.precision)
  })
})
