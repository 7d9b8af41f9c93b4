import { expect, test } from 'vitest'
import type { Item } from '../../../shared/clients/store.ts'
import {
  createRunOutputRepository,
  type Run,
} from '../../../shared/repositories/run-output-repository.ts'
import { useAttributes } from '../../../shared/repositories/usage-repository.ts'
import { sampleBrief } from '../../support/model-server/samples.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

const id = (prefix: string) => `${prefix}_${'0'.repeat(26)}`
const began = Date.UTC(2026, 10, 27)
const run: Run = {
  run_id: id('run'),
  session_id: id('sess'),
  owner: id('user'),
  locale: 'ko-KR',
  mode: 'standard',
  brief: sampleBrief,
  brief_sources: { 'product.name': 'user', 'product.category': 'image' },
  state: 'RUN_RESEARCH',
  stage: 'research',
  attempt: 1,
  job_id: id('job'),
  request_id: id('req'),
  created_at: new Date(began).toISOString(),
  updated_at: new Date(began).toISOString(),
}

const prepare = async () => {
  let now = began
  const clock = { now: () => now }
  const table = createMemoryTable()
  const store = createSimulatedStore(table, clock)
  const runs = createRunOutputRepository(store, clock)
  await store.write([runs.create(run)])
  const open = async (before: number): Promise<string[]> => {
    const found: string[] = []
    for await (const ids of runs.listOpen(before)) found.push(...ids)
    return found
  }
  return {
    ...{ table, store, runs, open },
    item: (sort = 'RUN') => table.get({ PK: `RUN#${run.run_id}`, SK: sort }) as Item,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

test('a run reads as it was created', async () => {
  const { runs } = await prepare()
  expect(await runs.find(run.run_id)).toEqual(run)
  expect((await runs.list(run.owner, { limit: 10 })).runs).toEqual([run])
})

test('a run stays where the index of open work has it while its stages go on', async () => {
  const { store, runs, item, open, pass } = await prepare()
  const at = item().OPEN_SK
  pass(60_000)
  await store.write(runs.advance(run, { state: 'GEN_STRATEGY', stage: 'strategy' }))
  expect(item().OPEN_SK).toBe(at)
  expect(await open(began + 1000)).toEqual([run.run_id])

  const moved: Run = { ...run, state: 'GEN_STRATEGY', stage: 'strategy' }
  await store.write(runs.advance(moved, { state: 'FAILED', stage: 'strategy' }))
  expect(await open(began + 3_600_000)).toEqual([])

  pass(60_000)
  const change = { state: 'GEN_STRATEGY', stage: 'strategy', attempt: 2 } as const
  await store.write(runs.advance({ ...moved, state: 'FAILED' }, change))
  expect(await open(began + 60_000)).toEqual([])
  expect(await open(began + 180_000)).toEqual([run.run_id])
})

test('what calls used is added up by model, and comes back with no erased run', async () => {
  const { table, store, runs, item } = await prepare()
  const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 }
  const small = { provider: 'openai', model: 'gpt-6-luna', usage }
  const large = { provider: 'openai', model: 'gpt-6.1-terra', usage }
  const searches = { searches: { calls: 2, micros: 30, withoutPrice: 0, table: 'search-2026' } }
  expect(await runs.addUse(run.run_id, 'research', [small])).toBe(false)
  const claim = { attempt: 1, generation: 0, leaseId: 'lease_1', token: 'token', until: began }
  await runs.claim(run.run_id, 'research', claim)
  expect(await runs.addUse(run.run_id, 'research', [small, large, small, searches])).toBe(true)
  await store.write([
    { update: { PK: item().PK, SK: 'STAGE#research' }, ...useAttributes([large]) },
  ])
  const found = await runs.get(run.run_id)
  const twice = { input_tokens: 20, output_tokens: 10, total_tokens: 30 }
  expect(found?.usage.toSorted((a, b) => (a.model < b.model ? -1 : 1))).toEqual([
    { stage: 'research', provider: 'openai', model: 'gpt-6-luna', calls: 2, ...twice },
    { stage: 'research', provider: 'openai', model: 'gpt-6.1-terra', calls: 2, ...twice },
  ])
  expect(found?.searches).toEqual({ calls: 2, micros: 30, withoutPrice: 0, table: 'search-2026' })
  expect(
    Object.keys(found?.stages.research ?? {}).filter((name) => name.startsWith('use')),
  ).toEqual([])
  table.erase([{ PK: item().PK, SK: 'STAGE#research' }])
  expect(await runs.addUse(run.run_id, 'research', [small])).toBe(false)
  expect(item('STAGE#research')).toBeUndefined()
})
