import { describe, expect, test } from 'vitest'
import { evaluate, type Value } from '../../support/metric-math/evaluate.ts'

describe('the evaluator of metric math', () => {
  const value = (id: string): Value => ({ a: 4, b: 0 })[id]
  test.each([
    ['a + 2 * 3', 10],
    ['(a + 2) * 3', 18],
    ['a - 1 - 1', 2],
    ['a / b', undefined],
    ['missing + 1', undefined],
    ['FILL(missing, 7)', 7],
    ['FILL(a, 7)', 4],
    ['IF(a > 3 && b == 0, 1, 2)', 1],
    ['IF(missing, 1, 2)', undefined],
    ['IF(a < 3, 1, a / b)', undefined],
    ['SUM([a, missing, 2])', 6],
    ['MAX([a, 2 * 5])', 10],
    ['MAX([missing])', undefined],
  ] as const)('%s', (expression, result) => expect(evaluate(expression, value)).toBe(result))
  test.each(['a +', 'a b', '(a', 'FOO(a)', 'a ? b'])('refuses %s', (expression) => {
    expect(() => evaluate(expression, value)).toThrow()
  })
})
