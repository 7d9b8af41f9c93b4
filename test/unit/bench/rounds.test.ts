import { expect, test } from 'vitest'
import { type Contestant, figureOf, measureRounds, totalOf } from '../../../bench/rounds.ts'

const plan = { rounds: 2, size: 4, warmUps: 1 }

const contestant = (name: string, order: string[], value: () => number): Contestant => ({
  name,
  async measure() {
    order.push(name)
    return { wall: value() }
  },
})

test('contestants take turns, and each goes first as often as the others', async () => {
  const order: string[] = []
  await measureRounds([contestant('a', order, () => 1), contestant('b', order, () => 1)], {
    ...plan,
    rounds: 1,
  })
  expect(order.join('')).toBe(`ab${'abba'.repeat(2)}`)
})

test('a round in which the raw client is restless is thrown away and repeated', async () => {
  // The warm-up, then a restless round, then calm ones.
  const values = [1, ...[1, 10, 1, 10], ...Array.from({ length: 8 }, () => 2)]
  const raw = contestant('raw', [], () => values.shift() ?? Number.NaN)
  const calm = { contestant: 'raw', measurement: 'wall', bound: 0.5 }
  const rounds = await measureRounds([raw], plan, { calm })
  expect(rounds).toMatchObject({ discarded: 1, restless: 0 })
  expect(figureOf(rounds, ['raw', 'wall'], (of) => of('raw', 'wall')).medians).toEqual([2, 2])
})

test('on a machine that never rests the calmest rounds count, and the figures say so', async () => {
  let count = 0
  const raw = contestant('raw', [], () => {
    count += 1
    return count % 2 === 0 ? 1 : 10
  })
  const calm = { contestant: 'raw', measurement: 'wall', bound: 0.5 }
  const rounds = await measureRounds([raw], plan, { calm })
  expect(rounds).toMatchObject({ discarded: 2, restless: 2 })
  expect(figureOf(rounds, ['raw', 'wall'], () => 1)).toMatchObject({ restless: 2, n: 8 })
})

test('processor time is per measurement, without that of getting ready', async () => {
  let used = 0
  const one: Contestant = {
    name: 'one',
    async prepare() {
      used += 1_000
    },
    async measure() {
      used += 5
      return { wall: 1, parts: [1, 2] }
    },
    processorTime: async () => used,
  }
  let elsewhere = 0
  const sharedTime = async () => {
    elsewhere += 2
    return elsewhere
  }
  const rounds = await measureRounds([one], plan, { sharedTime })
  expect(figureOf(rounds, ['one', 'wall'], (of) => of('one', 'shared')).medians).toEqual([2, 2])
  expect(figureOf(rounds, ['one', 'wall'], (of) => of('one', 'processor')).medians).toEqual([5, 5])
  expect(totalOf(rounds, 'one', 'parts')).toBe(3 * plan.size * plan.rounds)
})
