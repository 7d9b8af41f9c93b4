import type { Network } from '../../../shared/clients/pages/page-request.ts'
import type { HostAddress } from '../../../shared/clients/pages/public-address.ts'
import { createDeliveryRepository } from '../../../shared/repositories/delivery-repository.ts'
import { createEndRepository, endWrites } from '../../../shared/repositories/end-repository.ts'
import { createWebhookRepository } from '../../../shared/repositories/webhook-repository.ts'
import type { End } from '../../../shared/rules/ends.ts'
import { createEndRecovery } from '../../../shared/services/ends/end-recovery.ts'
import { createEndService } from '../../../shared/services/ends/end-service.ts'
import { createDeliveryService } from '../../../shared/services/webhooks/delivery-service.ts'
import { createWebhookService } from '../../../shared/services/webhooks/webhook-service.ts'
import { createMemoryTable } from '../simulation/memory-table.ts'
import { createSimulatedStore } from '../simulation/simulated-store.ts'

interface Message {
  body: object
  dueAt: number
}

/** A queue in memory whose messages are taken by hand, by the clock of the test. */
const createQueue = (now: () => number) => {
  let messages: Message[] = []
  let lost = 0
  return {
    /** So many of the next messages never arrive. */
    lose: (count: number) => {
      lost += count
    },
    client: async () => ({
      async send(bodies: readonly object[], delayMs = 0) {
        for (const body of bodies) {
          if (lost > 0) lost -= 1
          else messages.push({ body, dueAt: now() + delayMs })
        }
      },
    }),
    take: (): object[] => {
      const due = messages.filter(({ dueAt }) => dueAt <= now())
      messages = messages.filter((message) => !due.includes(message))
      return due.map(({ body }) => body)
    },
    waiting: () => messages.map(({ dueAt }) => dueAt - now()),
  }
}

const caller = { principal: undefined, address: undefined }
export const owner = 'user_01kb0000000000000000000000'

/** Webhooks and ends over a table in memory, with a clock that the test turns on. */
export const simulatedWebhooks = (start = Date.now()) => {
  let time = start
  const clock = { now: () => time }
  const table = createMemoryTable()
  const store = createSimulatedStore(table, clock)
  const repositories = {
    ends: createEndRepository(store, clock),
    webhooks: createWebhookRepository(store, clock),
    deliveries: createDeliveryRepository(store, clock),
  }
  const published: { detailType: string; detail: object; source: string }[] = []
  const endMessages = createQueue(clock.now)
  const deliveryMessages = createQueue(clock.now)
  /** What names resolve to, besides those of this machine. */
  const addresses = new Map<string, HostAddress[]>()
  const network: Network = {
    resolve: async (host) => addresses.get(host) ?? [],
    allowLoopback: true,
  }
  const limits = { admit: async () => ({ giveBack: async () => {} }) }
  const shared = { clock, ...repositories, queue: deliveryMessages.client, network }
  const sender = createDeliveryService({ ...shared, chance: () => 0 })
  const announcer = createEndService({
    ...repositories,
    stage: 'dev',
    queue: deliveryMessages.client,
    bus: { put: async (event) => void published.push(event) },
  })
  const recovery = createEndRecovery({
    ...{ clock, ends: repositories.ends, deliveries: repositories.deliveries },
    endQueue: endMessages.client,
    deliveryQueue: deliveryMessages.client,
  })
  const service = createWebhookService({ ...shared, limits })
  return {
    ...{ service, recovery, sender, announcer, repositories, store, table, published },
    ...{ addresses, network },
    ...{ endMessages, deliveryMessages, caller },
    wait: (milliseconds: number) => {
      time += milliseconds
    },
    commit: (...ends: End[]) => store.write(endWrites(clock, ends)),
    /** Hands every message that is due to its worker. */
    async work() {
      for (const task of endMessages.take()) await announcer.announce(task as never)
      for (const task of deliveryMessages.take()) await sender.deliver(task as never)
    },
  }
}

export const endOfRun = (number = 1): End => {
  const run_id = `run_01kb00000000000000000000${String(number).padStart(2, '0')}`
  return {
    type: 'run.ended',
    owner,
    data: {
      ...{ schema_version: 1, id: `${run_id}-1`, run_id, attempt: 1, stage: 'voice' },
      ...{ session_id: 'sess_01kb0000000000000000000000', job_id: null },
      ...{ outcome: 'completed', error_code: null },
      created_at: '2026-11-26T10:00:00.000Z',
      ended_at: '2026-11-26T10:03:00.000Z',
    },
  }
}
