import type { EventBus } from '../../clients/event-bus.ts'
import type { Queue } from '../../clients/queue.ts'
import { type EndTask, eventSource } from '../../contracts/ends.ts'
import type { DeliveryTask } from '../../contracts/webhooks.ts'
import { measure } from '../../platform/telemetry.ts'
import { note, principalHash } from '../../platform/work-facts.ts'
import type { DeliveryRepository } from '../../repositories/delivery-repository.ts'
import type { EndRepository } from '../../repositories/end-repository.ts'
import type { WebhookRepository } from '../../repositories/webhook-repository.ts'
import type { End } from '../../rules/ends.ts'

export interface EndDependencies {
  /** The deployment's name. */
  stage: string
  ends: EndRepository
  webhooks: Pick<WebhookRepository, 'list'>
  deliveries: Pick<DeliveryRepository, 'create'>
  bus: EventBus
  /** Of deliveries. */
  queue: () => Promise<Pick<Queue, 'send'>>
}

export interface EndService {
  /**
   * Announces an end: an event on the bus, and a delivery for each webhook of its owner that wants it. A second
   * message finds it announced; one whose worker died announces it again, under the same id.
   */
  announce(task: EndTask): Promise<void>
}

/** The deliveries of an end, each stored once. */
const storeDeliveries = async (
  { webhooks, deliveries }: EndDependencies,
  { owner, type, data }: End,
  detail: object,
): Promise<DeliveryTask[]> => {
  const wanted = (await webhooks.list(owner)).filter(
    ({ events, disabled_reason }) => disabled_reason === undefined && events.includes(type),
  )
  const body = JSON.stringify({ type, timestamp: data.ended_at, data: detail })
  const tasks = wanted.map(({ webhook_id }) => ({ owner, webhook_id, event_id: data.id }))
  await Promise.all(tasks.map((task) => deliveries.create({ ...task, type, body })))
  return tasks
}

const announce = async (dependencies: EndDependencies, { end_id }: EndTask): Promise<void> => {
  const { ends, bus, stage, queue } = dependencies
  const end = await ends.find(end_id)
  if (!end) return note({ outcome: 'left' })
  const { type, owner, data } = end
  const principal = principalHash(owner)
  note({ session_id: data.session_id, run_id: data.run_id, principal })
  const detail = { ...data, principal }
  const event = { source: eventSource(stage), detailType: type, detail, time: data.ended_at }
  const [tasks] = await Promise.all([storeDeliveries(dependencies, end, detail), bus.put(event)])
  if (tasks.length > 0) await (await queue()).send(tasks)
  // Last: whatever died before is done again.
  await ends.remove(end_id)
  measure('EndAnnounced', 1, { type })
  note({ outcome: 'announced' })
}

export const createEndService = (dependencies: EndDependencies): EndService => ({
  announce: (task) => announce(dependencies, task),
})
