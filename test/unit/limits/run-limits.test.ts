import { beforeEach, describe, expect, it } from 'vitest'
import { createOpenRunRepository } from '../../../shared/repositories/open-run-repository.ts'
import type { Run } from '../../../shared/repositories/run-output-repository.ts'
import { createRunLimits } from '../../../shared/services/limits/run-limits.ts'
import { createMemoryTable, type MemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

const clock = { time: 0, now: () => clock.time }
let table: MemoryTable
/** Runs as the table has them, by their ids. */
let stored: Map<string, Pick<Run, 'state' | 'attempt'>>
let reads: number
beforeEach(() => {
  clock.time = Date.parse('2026-11-26T00:00:00.000Z')
  table = createMemoryTable()
  stored = new Map()
  reads = 0
})

const limitsOf = (runsAtOnce: { principal?: number; deployment?: number }) =>
  createRunLimits({
    clock,
    openRuns: createOpenRunRepository(createSimulatedStore(table, clock), clock),
    runs: {
      async find(runId) {
        reads += 1
        return stored.get(runId) as Run | undefined
      },
    },
    limits: { runsAtOnce },
  })

const attempt = (run_id: string, number = 1) => ({ run_id, attempt: number })

/** Begins a run as `run-start` does: counted, and then stored. */
const begin = async (
  limits: ReturnType<typeof limitsOf>,
  principal: string,
  run_id: string,
  number = 1,
) => {
  const place = await limits.place(principal, attempt(run_id, number))
  stored.set(run_id, { state: 'RUN_RESEARCH', attempt: number })
  return place
}

const reached = (scope: string, max: number) => ({
  code: 'RATE_LIMITED',
  retryAfter: 30,
  limit: { name: 'runs_at_once', scope, max, window_seconds: null },
})

describe('runs in progress', () => {
  it('are as many as a caller may have, and as many as all may', async () => {
    const limits = limitsOf({ principal: 2, deployment: 3 })
    await begin(limits, 'user_1', 'run_1')
    await begin(limits, 'user_1', 'run_2')
    await expect(begin(limits, 'user_1', 'run_3')).rejects.toMatchObject(reached('principal', 2))
    await begin(limits, 'user_2', 'run_4')
    await expect(begin(limits, 'user_2', 'run_5')).rejects.toMatchObject(reached('deployment', 3))
    // What the deployment refused was not kept from its caller.
    stored.set('run_1', { state: 'DONE', attempt: 1 })
    await begin(limits, 'user_2', 'run_5')
    await expect(begin(limits, 'user_2', 'run_6')).rejects.toMatchObject(reached('principal', 2))
  })

  it.each(['DONE', 'FAILED', 'CANCELLED'] as const)(
    'make room when one is %s, without a word from it',
    async (state) => {
      const limits = limitsOf({ principal: 1 })
      await begin(limits, 'user_1', 'run_1')
      stored.set('run_1', { state, attempt: 1 })
      await begin(limits, 'user_1', 'run_2')
      await expect(begin(limits, 'user_1', 'run_3')).rejects.toMatchObject(reached('principal', 1))
    },
  )

  it('count one that is resumed anew, and its attempt before that no more', async () => {
    const limits = limitsOf({ principal: 1 })
    await begin(limits, 'user_1', 'run_1')
    stored.set('run_1', { state: 'FAILED', attempt: 1 })
    await begin(limits, 'user_1', 'run_1', 2)
    await expect(begin(limits, 'user_1', 'run_2')).rejects.toMatchObject(reached('principal', 1))
    stored.set('run_1', { state: 'DONE', attempt: 2 })
    await begin(limits, 'user_1', 'run_2')
  })

  it('count one that is about to be stored, and none that never was or that was erased', async () => {
    const limits = limitsOf({ principal: 1 })
    await limits.place('user_1', attempt('run_1'))
    await expect(limits.place('user_1', attempt('run_2'))).rejects.toMatchObject(
      reached('principal', 1),
    )
    clock.time += 31_000
    await limits.place('user_1', attempt('run_2'))
  })

  it('get the place of one that came to nothing back at once', async () => {
    const limits = limitsOf({ principal: 1, deployment: 1 })
    const place = await limits.place('user_1', attempt('run_1'))
    await place.leave()
    await place.leave()
    await begin(limits, 'user_2', 'run_2')
    await expect(begin(limits, 'user_1', 'run_3')).rejects.toMatchObject(reached('deployment', 1))
  })

  it('are tidied by the next start, so that the one after it finds a place without a look', async () => {
    const limits = limitsOf({ principal: 2 })
    await begin(limits, 'user_1', 'run_1')
    stored.set('run_1', { state: 'DONE', attempt: 1 })
    const second = await begin(limits, 'user_1', 'run_2')
    await second.tidy()
    reads = 0
    await begin(limits, 'user_1', 'run_3')
    expect(reads).toBe(0)
    await expect(begin(limits, 'user_1', 'run_4')).rejects.toMatchObject(reached('principal', 2))
  })

  it('are not limited where no limit is set', async () => {
    const limits = limitsOf({})
    for (let run = 0; run < 50; run += 1) await begin(limits, 'user_1', `run_${run}`)
    expect(table.items()).toEqual([])
  })
})
