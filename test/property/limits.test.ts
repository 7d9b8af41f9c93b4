import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStore, type Store } from '../../shared/clients/store.ts'
import { systemClock } from '../../shared/platform/clock.ts'
import { inBlocks } from '../../shared/repositories/limit-blocks.ts'
import {
  type CountedLimit,
  createLimitRepository,
} from '../../shared/repositories/limit-repository.ts'
import { createOpenRunRepository } from '../../shared/repositories/open-run-repository.ts'
import type { Rate } from '../../shared/rules/token-bucket.ts'
import { createRunLimits } from '../../shared/services/limits/run-limits.ts'
import { startTableEngine, type TableEngine } from '../support/aws/table-engine.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { createMemoryTable } from '../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../support/simulation/simulated-store.ts'

let engine: TableEngine
beforeAll(async () => {
  engine = await startTableEngine()
})
afterAll(() => engine.stop())

const start = Date.parse('2026-11-26T00:00:00.000Z')

/** A store on the real engine, or in memory, with a clock that stands until it is moved. */
const prepare = (kind: 'engine' | 'memory') => {
  const clock = { time: start, now: () => clock.time }
  const store: Store =
    kind === 'engine'
      ? createStore(engine.table, engine.tableName, clock)
      : createSimulatedStore(createMemoryTable(), clock)
  return { clock, store }
}

let subjects = 0
const counted = (...rates: Rate[]): CountedLimit => {
  subjects += 1
  return { limit: 'turns', scope: 'principal', subject: `user_${subjects}`, rates }
}

const rate = fc.record({
  max: fc.integer({ min: 1, max: 12 }),
  // Both of the orders in which a bucket is tried.
  seconds: fc.constantFrom(7, 60, 3_600, 86_400),
})

it.each(['engine', 'memory'] as const)(
  'whoever takes side by side, a bucket gives its maximum and no more (%s)',
  { timeout: propertyLimit() },
  async (kind) => {
    await holds(
      fc.asyncProperty(
        rate,
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 30 }),
        async (given, asked) => {
          const { store, clock } = prepare(kind)
          const limits = createLimitRepository(store, clock)
          const bucket = counted(given)
          const taken = await Promise.all(asked.map((units) => limits.take(bucket, units)))
          const units = asked.reduce((sum, each, at) => sum + (taken[at]?.admitted ? each : 0), 0)
          expect(units).toBeLessThanOrEqual(given.max)
          // Nothing that fits is refused: what was turned away is more than what is left.
          const turnedAway = asked.filter((_, at) => !taken[at]?.admitted)
          for (const each of turnedAway) expect(units + each).toBeGreaterThan(given.max)
        },
      ),
      { short: 25, full: 150 },
    )
  },
)

it.each(['engine', 'memory'] as const)(
  'of several rates the tightest decides, and what it refuses is taken from none (%s)',
  { timeout: propertyLimit() },
  async (kind) => {
    await holds(
      fc.asyncProperty(
        rate,
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 30 }),
        async (given, daily, asked) => {
          const { store, clock } = prepare(kind)
          const limits = createLimitRepository(store, clock)
          const both = counted(given, { max: daily, seconds: 172_800 })
          const taken = await Promise.all(asked.map((units) => limits.take(both, units)))
          const units = asked.reduce((sum, each, at) => sum + (taken[at]?.admitted ? each : 0), 0)
          const most = Math.min(given.max, daily)
          expect(units).toBeLessThanOrEqual(most)
          const turnedAway = asked.filter((_, at) => !taken[at]?.admitted)
          for (const each of turnedAway) expect(units + each).toBeGreaterThan(most)
          for (const { admitted, rates } of taken) {
            const least = Math.min(...rates.map(({ remaining }) => remaining))
            if (admitted) expect(least).toBeLessThan(most)
            else expect(rates.every(({ moreIn }) => moreIn > 0)).toBe(true)
          }
        },
      ),
      { short: 25, full: 150 },
    )
  },
)

it('instances that take blocks of a limit admit no more than it has, and write once for each block', {
  timeout: propertyLimit(),
}, async () => {
  const block = 5
  const deployment = { ...counted({ max: 10_000, seconds: 3_600 }), scope: 'deployment' }
  const left = 23
  await holds(
    fc.asyncProperty(
      fc.array(fc.record({ instance: fc.nat(2), isWanted: fc.boolean() }), { maxLength: 60 }),
      async (requests) => {
        const { store, clock } = prepare('memory')
        const counters = createLimitRepository(store, clock)
        await counters.take(deployment, 10_000 - left)
        let writes = 0
        const counting: typeof store = {
          ...store,
          async attempt(...given) {
            const attempt = await store.attempt(...given)
            if (attempt.done) writes += 1
            return attempt
          },
        }
        const instances = [0, 1, 2].map(() =>
          inBlocks(createLimitRepository(counting, clock), clock),
        )
        let used = 0
        let asked = 0
        for (const { instance, isWanted } of requests) {
          const limits = instances[instance]
          const taken = await limits?.take(deployment, 1)
          if (taken?.admitted && !isWanted) await limits?.giveBack(deployment, 1)
          if (isWanted) asked += 1
          if (taken?.admitted && isWanted) used += 1
        }
        expect(used).toBeLessThanOrEqual(left)
        // What it refused is no more than other instances hold of their last blocks.
        expect(used).toBeGreaterThanOrEqual(Math.min(asked, left - 2 * (block - 1)))
        // Each takes one alone at first, and holds a block that it may not use up.
        if (used < left - 3 * block) expect(writes).toBeLessThanOrEqual(Math.ceil(used / block) + 6)
      },
    ),
    { short: 60, full: 500 },
  )
})

it('over time it gives the maximum at first and then as much as comes back, however requests fall', {
  timeout: propertyLimit(),
}, async () => {
  const step = fc.record({
    pause: fc.integer({ min: 0, max: 40_000 }),
    units: fc.integer({ min: 1, max: 3 }),
  })
  await holds(
    fc.asyncProperty(
      rate,
      fc.array(step, { minLength: 5, maxLength: 60 }),
      async (given, steps) => {
        const { store, clock } = prepare('memory')
        const limits = createLimitRepository(store, clock)
        const bucket = counted(given)
        const admitted: { at: number; units: number }[] = []
        for (const { pause, units } of steps) {
          clock.time += pause
          const taken = await limits.take(bucket, units)
          if (taken.admitted) admitted.push({ at: clock.time, units })
          else {
            // A refusal says when it goes on, to the microsecond.
            expect(Math.min(...taken.rates.map(({ moreIn }) => moreIn))).toBeGreaterThan(0)
          }
        }
        for (const [first, { at: from }] of admitted.entries()) {
          let units = 0
          for (const { at, units: more } of admitted.slice(first)) {
            units += more
            const back = ((at - from) / 1_000) * (given.max / given.seconds)
            expect(units).toBeLessThanOrEqual(given.max + back + 1e-6)
          }
        }
      },
    ),
    { short: 100, full: 1000 },
  )
})

it.each(['engine', 'memory'] as const)(
  'of runs that begin and end side by side, never more than the maximum are counted (%s)',
  { timeout: propertyLimit() },
  async (kind) => {
    await holds(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 16 }),
        async (max, ends) => {
          const { store, clock } = prepare(kind)
          const runs = createOpenRunRepository(store, clock)
          subjects += 1
          const group = { scope: 'principal', subject: `user_${subjects}` }
          let open = 0
          await Promise.all(
            ends.map(async (end, number) => {
              const run = { run_id: `run_${number}`, attempt: 1 }
              const { admitted } = await runs.enter(group, run, max)
              if (!admitted) return
              open += 1
              expect(open).toBeLessThanOrEqual(max)
              if (!end) return
              // It ends for its caller before the table counts it out, and is counted out once.
              open -= 1
              await Promise.all([runs.leave(group, run), runs.leave(group, run)])
            }),
          )
          const left = await runs.enter(group, { run_id: 'run_last', attempt: 1 }, max)
          expect(left.admitted).toBe(open < max)
        },
      ),
      { short: 25, full: 150 },
    )
  },
)

it('a bucket that is full again within a round trip refuses none of those that take at once', async () => {
  const { store } = prepare('engine')
  const limits = createLimitRepository(store, systemClock)
  const bucket = counted({ max: 1_000_000, seconds: 1_000 })
  for (let round = 0; round < 5; round += 1) {
    const taken = await Promise.all(Array.from({ length: 30 }, () => limits.take(bucket, 1)))
    expect(taken.filter(({ admitted }) => !admitted)).toEqual([])
  }
})

it('a burst of one caller begins as many runs as it may, in whatever order its requests reach the table', {
  timeout: propertyLimit(),
}, async () => {
  const runsAtOnce = { principal: 3, deployment: 5 }
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 12 }),
      async (scheduler, requests) => {
        const clock = { now: () => start }
        const store = createSimulatedStore(createMemoryTable(), clock, {
          pass: (what) => scheduler.schedule(Promise.resolve(), what),
          outcome: () => 'answered',
        })
        const runLimits = createRunLimits({
          clock,
          openRuns: createOpenRunRepository(store, clock),
          runs: { find: async () => undefined },
          limits: { runsAtOnce },
        })
        const placed = Promise.allSettled(
          Array.from({ length: requests }, (_, run) =>
            runLimits.place('user_1', { run_id: `run_${run}`, attempt: 1 }),
          ),
        )
        await scheduler.waitFor(placed)
        const begun = (await placed).filter(({ status }) => status === 'fulfilled')
        expect(begun).toHaveLength(Math.min(requests, runsAtOnce.principal))
      },
    ),
    { short: 40, full: 300 },
  )
})
