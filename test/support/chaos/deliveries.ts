import { setTimeout as sleep } from 'node:timers/promises'
import type { Deliver } from '../../../local/queues/event-source.ts'
import { sendMessage } from '../../../local/queues/queue-client.ts'
import { StageTask } from '../../../shared/contracts/pipeline.ts'
import type { Random } from './random.ts'

export const deliveryFaults = [
  'duplicated',
  'duplicated late',
  'delayed',
  'reordered',
  'dropped',
  'poisoned',
] as const
type DeliveryFault = (typeof deliveryFaults)[number]

/** One stage task that reached its worker, or was kept from it. */
export interface Arrival {
  at: number
  run: string
  attempt: number
  /** The state machine's retry count. */
  retry: number
  fault: DeliveryFault | undefined
}

export interface Deliveries {
  deliver: Deliver
  arrivals: Arrival[]
  /** Resolves when what was held back or doubled has been delivered. */
  settled(): Promise<void>
}

/** Milliseconds after which a message that waits to be overtaken goes anyway. */
const overtakenWithinMs = 2_000

/**
 * Does to the messages of the stage queue what an at-least-once queue may do, each with the given
 * probability. A poisoned message is one that no worker could take: it goes to `deadLetters`.
 */
export const createDeliveries = (options: {
  random: Random
  rates: Partial<Record<DeliveryFault, number>>
  /** The dead-letter queue's URL; asked when the first message is poisoned. */
  deadLetters: () => string
}): Deliveries => {
  const { random, rates, deadLetters } = options
  const arrivals: Arrival[] = []
  const late = new Set<Promise<unknown>>()
  let passed = Promise.withResolvers<void>()

  const choose = (): DeliveryFault | undefined => {
    let drawn = random.next()
    return deliveryFaults.find((fault) => {
      drawn -= rates[fault] ?? 0
      return drawn < 0
    })
  }

  const deliver: Deliver = async ({ logicalId, messages }, invoke) => {
    if (!logicalId.includes('StageWorker')) return invoke()
    const bodies = messages.map(({ Body }) => Body)
    const fault = choose()
    for (const body of bodies) {
      const { run_id, attempt, retry } = StageTask.parse(JSON.parse(body))
      arrivals.push({ at: Date.now(), run: run_id, attempt, retry, fault })
    }
    const later = (milliseconds: number) => sleep(milliseconds).then(invoke)
    const wait = random.between(1, 4_000)
    switch (fault) {
      case 'dropped':
        return new Set()
      case 'poisoned':
        for (const body of bodies) await sendMessage(deadLetters(), body)
        return new Set()
      case 'delayed':
        return later(wait)
      case 'reordered':
        await Promise.race([passed.promise, sleep(overtakenWithinMs)])
        return invoke()
      case 'duplicated': {
        const [first] = await Promise.all([invoke(), later(wait / 40)])
        return first
      }
      case 'duplicated late': {
        const first = await invoke()
        const copy = later(wait).finally(() => late.delete(copy))
        late.add(copy)
        return first
      }
      default: {
        passed.resolve()
        passed = Promise.withResolvers()
        return invoke()
      }
    }
  }
  return {
    deliver,
    arrivals,
    async settled() {
      while (late.size > 0) await Promise.all(late)
    },
  }
}
