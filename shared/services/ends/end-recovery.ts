import type { Queue } from '../../clients/queue.ts'
import type { Clock } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note } from '../../platform/work-facts.ts'
import type { DeliveryRepository } from '../../repositories/delivery-repository.ts'
import type { EndRepository } from '../../repositories/end-repository.ts'
import { webhookMs } from '../../rules/webhooks.ts'

export interface EndRecoveryDependencies {
  clock: Clock
  ends: EndRepository
  deliveries: DeliveryRepository
  endQueue: () => Promise<Pick<Queue, 'send'>>
  deliveryQueue: () => Promise<Pick<Queue, 'send'>>
}

/** A kind of message that is sent again. */
interface Waiting<T> {
  what: 'end' | 'delivery'
  pages: AsyncIterable<T[]>
  touch(one: T): Promise<boolean>
  send(ones: T[]): Promise<void>
}

/**
 * Sends again what is still in the table, page by page. Each is moved to the end first: a queue with a long way to
 * go gets one message more in each pause, and no more.
 */
const sendAgain = async <T>({ what, pages, touch, send }: Waiting<T>): Promise<number> => {
  let count = 0
  for await (const page of pages) {
    count += page.length
    try {
      const still = await Promise.all(page.map(touch))
      const left = page.filter((_, index) => still[index])
      if (left.length === 0) continue
      await send(left)
      measure('EndRepair', left.length, { outcome: 'sent', what })
    } catch (error) {
      log.error('ends or deliveries not sent again', { error })
      measure('EndRepair', page.length, { outcome: 'failed', what })
    }
  }
  return count
}

/** Sends what everything else forgot, and tries of deliveries that are further away than a queue can delay. */
export const createEndRecovery = (dependencies: EndRecoveryDependencies) => ({
  async sweep(): Promise<void> {
    const { clock, ends, deliveries, endQueue, deliveryQueue } = dependencies
    const before = clock.now() - webhookMs.quiet
    const counts = await Promise.all([
      sendAgain({
        what: 'end',
        pages: ends.listWaiting(before),
        touch: ends.touch,
        send: async (ids) => (await endQueue()).send(ids.map((end_id) => ({ end_id }))),
      }),
      sendAgain({
        what: 'delivery',
        pages: deliveries.listDue(before),
        touch: deliveries.touch,
        send: async (tasks) => (await deliveryQueue()).send(tasks),
      }),
    ])
    note({ count: counts.reduce((sum, count) => sum + count, 0) })
  },
})
