import type { Deliver } from '../../local/queues/event-source.ts'
import { type QueueMessage, sendMessage } from '../../local/queues/queue-client.ts'

/** What happens to the messages of a worker's queue: its dead-letter queue gets them, or they wait. */
export type Treatment = 'dead-lettered' | 'kept waiting'

/** The queues of the workers, and of their dead letters. */
const queuesOf: Readonly<Record<string, { queue: string; deadLetters: string }>> = {
  StageWorker: { queue: 'StageQueue', deadLetters: 'DeadLetterQueue' },
  MediaWorker: { queue: 'MediaQueue', deadLetters: 'MediaDeadLetterQueue' },
}

export interface Deliveries {
  deliver: Deliver
  treat(worker: string, treatment: Treatment): void
  /** Puts the drill's clock ahead, by which waiting messages have an age. */
  letPass(milliseconds: number): void
  /** Age of the oldest message that waits in a queue, in seconds; 0 without one. */
  oldestSeconds(queue: string): number
  /** How many messages wait in a queue. */
  waiting(queue: string): number
  /** Delivers what waits, and everything from now on. */
  mend(): void
}

/**
 * Stands between the queues and their workers. SQS moves a message to the dead letters after its third
 * delivery, a quarter of an hour each: here at once.
 */
export const createDeliveries = (urlOf: (queue: string) => string): Deliveries => {
  const treatments = new Map<string, Treatment>()
  const held = new Map<QueueMessage, string>()
  let released = Promise.withResolvers<void>()
  let passed = 0
  const deliver: Deliver = async ({ logicalId, messages }, invoke) => {
    const queues = queuesOf[logicalId]
    const treatment = treatments.get(logicalId)
    if (!queues || !treatment) return invoke()
    if (treatment === 'dead-lettered') {
      for (const { Body } of messages) await sendMessage(urlOf(queues.deadLetters), Body)
      return new Set()
    }
    for (const message of messages) held.set(message, queues.queue)
    await released.promise
    for (const message of messages) held.delete(message)
    return invoke()
  }
  const waitingIn = (queue: string): QueueMessage[] =>
    [...held].flatMap(([message, of]) => (of === queue ? [message] : []))
  return {
    deliver,
    treat: (worker, treatment) => void treatments.set(worker, treatment),
    letPass: (milliseconds) => {
      passed += milliseconds
    },
    oldestSeconds: (queue) =>
      Math.max(
        0,
        ...waitingIn(queue).map(
          ({ Attributes }) => (Date.now() + passed - Number(Attributes.SentTimestamp)) / 1000,
        ),
      ),
    waiting: (queue) => waitingIn(queue).length,
    mend() {
      treatments.clear()
      passed = 0
      released.resolve()
      released = Promise.withResolvers()
    },
  }
}
