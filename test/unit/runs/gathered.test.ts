import { expect, test } from 'vitest'
import { gathered } from '../../../shared/services/runs/gathered.ts'

test('what is asked for in the same moment is done together, and what comes later by itself', async () => {
  const batches: number[][] = []
  const double = gathered(async (asked: number[]) => {
    batches.push(asked)
    return asked.map((each) => 2 * each)
  })
  expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6])
  expect(await double(4)).toBe(8)
  expect(batches).toEqual([[1, 2, 3], [4]])
})

test('what fails, fails for all that were together, and for nothing else', async () => {
  const refuse = gathered(async (asked: number[]): Promise<number[]> => {
    if (asked.includes(2)) throw new Error('Not 2.')
    return asked
  })
  const together = await Promise.allSettled([refuse(1), refuse(2)])
  expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await refuse(1)).toBe(1)
})
