import { describe, expect, test } from 'vitest'
import { claimWeights } from '../../shared/rules/copy-safety/claim-weights.ts'
import { readLabelledLines } from './labelled-lines.ts'
import { judgeLine, scoreOf, targets } from './measure.ts'
import { taught, trainedOn } from './train-claims.ts'

/**
 * Only totals are compared and printed: a failure that named lines of the part held apart would have
 * rules written from them.
 */
describe.each(['development', 'heldout'] as const)('on the %s lines the copy filter', (part) => {
  const score = scoreOf(readLabelledLines(part).map((line) => judgeLine(line, 'labelled')))

  test('flags what has to be flagged', () => {
    expect(score.recall).toBeGreaterThanOrEqual(targets.recall)
  })

  test('lets through what is lawful', () => {
    expect(score.precision).toBeGreaterThanOrEqual(targets.precision)
  })
})

test('the claim reader was taught the lines and rules as they are', () => {
  expect(trainedOn(taught())).toBe(claimWeights.trained_on)
})
