import type { EventBus } from '../../clients/event-bus.ts'
import type { Queue } from '../../clients/queue.ts'
import { type EndTask, eventSource } from '../../contracts/ends.ts'
import type { DeliveryTask } from '../../contracts/webhooks.ts'
import { measure } from '../../platform/telemetry.ts'
import { note, principalHash } from '../../platform/work-facts.ts'
import type { DeliveryRepository } from '../../repositories/delivery-repository.ts'
import type { EndRepository } from '../../repositories/end-repository.ts'
import type { Webhook, WebhookRepository } from '../../repositories/webhook-repository.ts'
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
   * Announces ends that were written at once: an event on the bus for each, and a delivery for each webhook of
   * its owner that wants it. A second message finds them announced; one whose worker died announces them again,
   * under the same ids.
   */
  announce(task: EndTask): Promise<void>
}

/** The deliveries of an end to its owner's webhooks, each stored once. */
const storeDeliveries = async (
  { deliveries }: EndDependencies,
  { owner, type, data }: End,
  webhooks: readonly Webhook[],
  detail: object,
): Promise<DeliveryTask[]> => {
  const wanted = webhooks.filter(
    ({ events, disabled_reason }) => disabled_reason === undefined && events.includes(type),
  )
  const body = JSON.stringify({ type, timestamp: data.ended_at, data: detail })
  const tasks = wanted.map(({ webhook_id }) => ({ owner, webhook_id, event_id: data.id }))
  await Promise.all(tasks.map((task) => deliveries.create({ ...task, type, body })))
  return tasks
}

/** @returns the deliveries that are to be tried */
const announceOne = async (
  dependencies: EndDependencies,
  end: End,
  webhooks: readonly Webhook[],
): Promise<DeliveryTask[]> => {
  const { bus, stage } = dependencies
  const { type, owner, data } = end
  const principal = principalHash(owner)
  note({ session_id: data.session_id, run_id: data.run_id, principal })
  const detail = { ...data, principal }
  const event = { source: eventSource(stage), detailType: type, detail, time: data.ended_at }
  const [tasks] = await Promise.all([
    storeDeliveries(dependencies, end, webhooks, detail),
    bus.put(event),
  ])
  return tasks
}

const announce = async (dependencies: EndDependencies, { end_id }: EndTask): Promise<void> => {
  const { ends, webhooks, queue } = dependencies
  const all = await ends.find(end_id)
  const [first] = all
  if (!first) return note({ outcome: 'left' })
  // What ends at once has one owner.
  const owned = await webhooks.list(first.owner)
  const tasks = (await Promise.all(all.map((end) => announceOne(dependencies, end, owned)))).flat()
  if (tasks.length > 0) await (await queue()).send(tasks)
  // Last: whatever died before is done again.
  await ends.remove(end_id)
  for (const { type } of all) measure('EndAnnounced', 1, { type })
  note({ outcome: 'announced' })
}

export const createEndService = (dependencies: EndDependencies): EndService => ({
  announce: (task) => announce(dependencies, task),
})
