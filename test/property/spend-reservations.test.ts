import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSpendRepository, type Reserved } from '../../shared/repositories/spend-repository.ts'
import type { Caps } from '../../shared/rules/spend-caps.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { createMemoryTable } from '../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../support/simulation/simulated-store.ts'

const clock = { now: () => Date.parse('2026-11-26T00:00:00.000Z') }
const day = '2026-11-26'
const call = 5

/** A table with a spend repository that has seen the day, and a scheduler between the two from then on. */
const prepare = async (scheduler: fc.Scheduler, spent: Record<string, number>, caps: Caps) => {
  const table = createMemoryTable()
  const store = createSimulatedStore(table, clock, {
    pass: (what) => (isOpen ? scheduler.schedule(Promise.resolve(), what) : Promise.resolve()),
    outcome: () => 'answered',
  })
  let isOpen = false
  const spends = createSpendRepository(store)
  for (const [principal, micros] of Object.entries(spent)) {
    await spends.reserve({ principal, day }, [micros], caps)
  }
  isOpen = true
  return spends
}

const isGranted = (reserved: Reserved | undefined): boolean =>
  typeof reserved === 'object' && 'marks' in reserved

const requests = fc.shuffledSubarray(['ann', 'ann', 'ann', 'ann', 'bob'], {
  minLength: 5,
  maxLength: 5,
})

it('near the cap of the deployment, what the cap of a principal refuses keeps no other caller out', {
  timeout: propertyLimit(),
}, async () => {
  const caps: Caps = { run: 100, principal_day: 30, deployment_day: 100 }
  await holds(
    fc.asyncProperty(fc.scheduler(), requests, async (scheduler, asked) => {
      const spent = { ann: 30, cleo: 30, dan: 30 }
      const spends = await prepare(scheduler, spent, caps)
      const reserving = Promise.all(
        asked.map((principal) => spends.reserve({ principal, day }, [call], caps)),
      )
      await scheduler.waitFor(reserving)
      const reserved = await reserving
      expect(reserved.filter((each) => !isGranted(each))).toHaveLength(4)
      expect(isGranted(reserved[asked.indexOf('bob')])).toBe(true)
    }),
    { short: 60, full: 500 },
  )
})

it('reserves under both days at once while the deployment has room, and holds no more than it granted', {
  timeout: propertyLimit(),
}, async () => {
  const caps: Caps = { run: 100, principal_day: 30, deployment_day: 1_000 }
  await holds(
    fc.asyncProperty(fc.scheduler(), requests, async (scheduler, asked) => {
      const spends = await prepare(scheduler, { ann: 20 }, caps)
      const reserving = Promise.all(
        asked.map((principal) => spends.reserve({ principal, day }, [call], caps)),
      )
      await scheduler.waitFor(reserving)
      const granted = (await reserving).filter(isGranted).length
      expect(granted).toBe(3)
      const looking = spends.sums({ principal: 'ann', day })
      await scheduler.waitFor(looking)
      const { principal_day, deployment_day } = await looking
      expect(principal_day.held).toBe(30)
      expect(deployment_day.held).toBe(35)
    }),
    { short: 60, full: 500 },
  )
})
