import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { spendSettingNames } from '../../../shared/platform/environment-names.ts'
import {
  createSpendRepository,
  type UsedUnits,
} from '../../../shared/repositories/spend-repository.ts'
import { createSpendService } from '../../../shared/services/spend/spend-service.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

beforeEach(() => vi.stubEnv(spendSettingNames.runCap, '0.0001'))
afterEach(() => vi.unstubAllEnvs())

const clock = { now: () => Date.UTC(2026, 10, 27, 12) }
const spender = { principal: 'user_1', runId: 'run_1' }
const used = (micros: number): UsedUnits[] => [
  {
    ...{ service: 'model', agent: 'creative', calls: 1, micros, counted: micros },
    ...{ estimated: 0, withoutUsage: 0, withoutPrice: 0, table: 'test' },
  },
]

/** A run that may spend a hundred micro-dollars. */
const begin = async () => {
  const table = createMemoryTable()
  const store = createSimulatedStore(table, clock)
  const spends = createSpendRepository(store)
  await store.write([spends.openRun(spender.runId, clock.now())])
  const ledger = createSpendService({ clock, spends }).openLedger(spender)
  return { ledger, sums: () => spends.sums({ ...spender, day: '2026-11-27' }), table }
}

it('settles what has ended before it lacks room for the next call', async () => {
  const { ledger, sums } = await begin()
  const [copies, film] = await ledger.reserve([40, 40])
  film?.end(used(5))
  expect((await sums()).run).toEqual({ held: 80, reserved: 80 })
  const [voice] = await ledger.reserve([50])
  expect((await sums()).run).toEqual({ held: 95, reserved: 90 })
  await expect(ledger.reserve([50])).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', cap: 'run' })
  copies?.end(used(3))
  voice?.end(used(2))
  await ledger.settle(false)
  expect((await sums()).run).toEqual({ held: 10, reserved: 0 })
})

it('reserves nothing before what was used beyond its reservation is settled', async () => {
  const { ledger, sums } = await begin()
  const [first] = await ledger.reserve([10])
  first?.end(used(90))
  await expect(ledger.reserve([20])).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', cap: 'run' })
  expect((await sums()).run).toEqual({ held: 90, reserved: 0 })
  const [second] = await ledger.reserve([5])
  second?.end(used(50))
  void ledger.settle(false)
  await expect(ledger.reserve([1])).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', cap: 'run' })
})

it('leaves what was reserved for nothing until all of it is settled', async () => {
  const { ledger, table } = await begin()
  const day = () => table.items().find(({ PK }) => PK === 'SPEND#user_1')
  const [entry] = await ledger.reserve([0])
  entry?.end([{ ...used(0)[0], tokens: undefined } as UsedUnits])
  await ledger.settle(false)
  expect(day()).toBeUndefined()
  await ledger.settle(true)
  expect(day()).toMatchObject({ model_creative_calls: 1 })
})
