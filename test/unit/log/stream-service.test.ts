import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { createConnectionRepository } from '../../../shared/repositories/connection-repository.ts'
import { createEventRepository } from '../../../shared/repositories/event-repository.ts'
import { createStreamService } from '../../../shared/services/log/stream-service.ts'
import { createLog, sessionId } from '../../support/simulation/log-events.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('a writer that watches its log reads it only when it has not just appended to it', async () => {
  const table = createMemoryTable()
  const clock = { now: () => Date.now() }
  const log = createLog(table, createSimulatedStore(table, clock))
  const streams = createStreamService({
    clock,
    events: createEventRepository(log.store, clock),
    connections: createConnectionRepository(log.store, clock),
    sockets: { post: async () => 'sent', close: async () => {} },
    ends: () => Promise.reject(new Error('Nothing ends here.')),
  })
  const foreign: StudioEvent[] = []
  const stream = streams.open(sessionId, { tail: 0, onForeign: (news) => foreign.push(...news) })
  const stop = stream.watch(500)

  await stream.emit([{ type: 'planner.delta', data: { text: '안녕', turn: 1, try: 1 } }])
  await vi.advanceTimersByTimeAsync(500)
  expect(log.reads()).toBe(0)

  log.entries.push({} as StudioEvent)
  log.append({})
  await vi.advanceTimersByTimeAsync(500)
  expect(log.reads()).toBe(1)
  expect(foreign.map(({ seq }) => seq)).toEqual([2])
  stop()
})
