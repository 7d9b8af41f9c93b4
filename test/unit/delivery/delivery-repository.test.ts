import { expect, it } from 'vitest'
import { createDeliveryRepository } from '../../../shared/repositories/delivery-repository.ts'
import { deliveryKey } from '../../../shared/repositories/table-keys.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

it('lists as many deliveries as were asked for, whatever has expired before them', async () => {
  let now = Date.UTC(2026, 10, 27)
  const clock = { now: () => now }
  const table = createMemoryTable()
  const deliveries = createDeliveryRepository(createSimulatedStore(table, clock), clock)
  const named = { owner: 'user_1', webhook_id: 'webhook_1' }
  for (const event_id of ['a', 'b', 'c', 'd']) {
    await deliveries.create({ ...named, event_id, type: 'run.ended', body: '{}' })
    now += 1_000
  }
  for (const event of ['c', 'd']) {
    table.write([
      { update: deliveryKey(named.owner, named.webhook_id, event), set: { ttl: now / 1000 - 1 } },
    ])
  }
  const found = await deliveries.list(named.webhook_id, 2)
  expect(found.map(({ event_id }) => event_id)).toEqual(['b', 'a'])
  expect(await deliveries.list(named.webhook_id, 1)).toHaveLength(1)
})
