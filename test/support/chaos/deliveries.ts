import { setTimeout as sleep } from 'node:timers/promises'
import type { Deliver } from '../../../local/queues/event-source.ts'
import { sendMessage } from '../../../local/queues/queue-client.ts'
import { MediaTask } from '../../../shared/contracts/media-pipeline.ts'
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

/** One task of a stage or an asset that reached its worker, or was kept from it. */
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

/** The URL of a dead-letter queue by its name in the template; asked when the first message is poisoned. */
type DeadLetters = (queue: string) => string

/** What deliveries share. */
interface Traffic {
  random: Random
  deadLetters: () => string
  /** Copies that are still to come. */
  late: Set<Promise<unknown>>
  /** Settles when a message passes: one that waits to be overtaken goes then. */
  passed: PromiseWithResolvers<void>
}

const choose = (
  random: Random,
  rates: Partial<Record<DeliveryFault, number>>,
): DeliveryFault | undefined => {
  let drawn = random.next()
  return deliveryFaults.find((fault) => {
    drawn -= rates[fault] ?? 0
    return drawn < 0
  })
}

/** Delivers a batch as the fault wants it; answers with the messages that are done. */
const deliverWith = async (
  traffic: Traffic,
  fault: DeliveryFault | undefined,
  bodies: string[],
  invoke: Parameters<Deliver>[1],
): ReturnType<Deliver> => {
  const { random, deadLetters, late } = traffic
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
      await Promise.race([traffic.passed.promise, sleep(overtakenWithinMs)])
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
    default:
      traffic.passed.resolve()
      traffic.passed = Promise.withResolvers()
      return invoke()
  }
}

/** What a message of a worker's queue is about. */
const readers = {
  StageWorker: (body: unknown) => StageTask.parse(body),
  MediaWorker: (body: unknown) => ({ ...MediaTask.parse(body), retry: 0 }),
}

/**
 * Does to the messages of the queues of stages and assets what an at-least-once queue may do, each with the given
 * probability. A poisoned message is one that no worker could take: it goes to the dead letters.
 */
export const createDeliveries = (options: {
  random: Random
  rates: Partial<Record<DeliveryFault, number>>
  /** Of messages of assets; what is dropped there is not seen for minutes. */
  mediaRates: Partial<Record<DeliveryFault, number>>
  deadLetters: DeadLetters
}): Deliveries => {
  const { random, rates, mediaRates, deadLetters } = options
  const arrivals: Arrival[] = []
  const passed = Promise.withResolvers<void>()
  const shared = { random, late: new Set<Promise<unknown>>() }
  const traffics = {
    StageWorker: { ...shared, passed, deadLetters: () => deadLetters('DeadLetterQueue') },
    MediaWorker: {
      ...shared,
      passed: Promise.withResolvers<void>(),
      deadLetters: () => deadLetters('MediaDeadLetterQueue'),
    },
  } satisfies Record<string, Traffic>
  const deliver: Deliver = async ({ logicalId, messages }, invoke) => {
    if (logicalId !== 'StageWorker' && logicalId !== 'MediaWorker') return invoke()
    const bodies = messages.map(({ Body }) => Body)
    const fault = choose(random, logicalId === 'StageWorker' ? rates : mediaRates)
    for (const body of bodies) {
      const { run_id, attempt, retry } = readers[logicalId](JSON.parse(body))
      arrivals.push({ at: Date.now(), run: run_id, attempt, retry, fault })
    }
    return deliverWith(traffics[logicalId], fault, bodies, invoke)
  }
  return {
    deliver,
    arrivals,
    async settled() {
      while (shared.late.size > 0) await Promise.all(shared.late)
    },
  }
}
