import { expect, it } from 'vitest'
import { runRecoveryService } from '../../../functions/recovery-composition.ts'
import type { Run } from '../../../shared/repositories/run-output-repository.ts'
import { createRunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { sampleBrief } from '../../support/model-server/samples.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { clientsOn } from '../../support/simulation/simulated-services.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

const minute = 60_000
let now = Date.parse('2026-11-22T00:00:00.000Z')
const clock = { now: () => now }

const runOf = (number: number): Run => ({
  run_id: `run_${String(number).padStart(26, '0')}`,
  session_id: 'sess_1',
  owner: 'user_1',
  locale: 'ko-KR',
  mode: 'standard',
  brief: sampleBrief,
  state: 'RUN_RESEARCH',
  stage: 'research',
  attempt: 1,
  created_at: new Date(now).toISOString(),
  updated_at: new Date(now).toISOString(),
})

it('starts every run whose start was lost, however many wait', async () => {
  const store = createSimulatedStore(createMemoryTable(), clock)
  const runs = createRunOutputRepository(store, clock)
  const accepted = Array.from({ length: 205 }, (_, number) => runOf(number))
  for (const run of accepted) await store.write([runs.create(run)])
  const started: string[] = []
  let atOnce = 0
  let maxAtOnce = 0
  const clients = clientsOn({ store, clock })
  const { sweep } = runRecoveryService({
    ...clients,
    machine: {
      ...clients.machine,
      describe: async () => {
        maxAtOnce = Math.max(maxAtOnce, ++atOnce)
        await Promise.resolve()
        atOnce -= 1
        return undefined
      },
      start: async ({ run_id }) => void started.push(run_id),
    },
  })
  await sweep()
  expect(started).toEqual([])
  now += 2 * minute
  await sweep()
  expect(started.toSorted()).toEqual(accepted.map(({ run_id }) => run_id))
  expect(maxAtOnce).toBeLessThanOrEqual(10)
})
