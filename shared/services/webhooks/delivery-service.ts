import { PageFailure } from '../../clients/pages/page-failure.ts'
import type { Network } from '../../clients/pages/page-request.ts'
import type { Queue } from '../../clients/queue.ts'
import { postWebhook } from '../../clients/webhooks/webhook-post.ts'
import type { DeliveryTask, DisabledReason } from '../../contracts/webhooks.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note, principalHash } from '../../platform/work-facts.ts'
import type { Delivery, DeliveryRepository, Tried } from '../../repositories/delivery-repository.ts'
import type { Webhook, WebhookRepository } from '../../repositories/webhook-repository.ts'
import { deliveryTries, pauseAfter, webhookMs } from '../../rules/webhooks.ts'
import { signedHeaders } from './webhook-secrets.ts'
import { sendDeliveries, taskOf } from './webhook-service.ts'

export interface DeliveryDependencies {
  clock: Clock
  webhooks: WebhookRepository
  deliveries: DeliveryRepository
  queue: () => Promise<Pick<Queue, 'send'>>
  network: Network
  /** From 0 up to 1: spreads tries. */
  chance: () => number
}

export interface DeliveryService {
  /**
   * Tries one delivery that is due. A second message finds it taken, not due or ended, and does nothing: of
   * several workers one tries. The table first, then the message of the next try.
   */
  deliver(task: DeliveryTask): Promise<void>
}

/** What the receiver made of a try. */
interface Answer {
  status: number | null
  /** Null when it took the event. */
  reason: string | null
}

const isTaken = (status: number): boolean => status >= 200 && status < 300

const post = async (
  { network }: DeliveryDependencies,
  { url }: Webhook,
  headers: Record<string, string>,
  body: string,
): Promise<Answer> => {
  const signal = AbortSignal.timeout(webhookMs.request)
  try {
    const status = await postWebhook(new URL(url), { headers, body }, network, signal)
    return { status, reason: isTaken(status) ? null : `http-${status}` }
  } catch (error) {
    if (signal.aborted) return { status: null, reason: 'too-slow' }
    if (!(error instanceof PageFailure)) throw error
    return { status: null, reason: error.reason }
  }
}

/** Why a webhook gets nothing any more after this try; undefined when it goes on. */
const disabledBy = (webhook: Webhook, { status, reason }: Answer, now: number) => {
  if (reason === null) return undefined
  if (reason === 'secret_lost') return 'secret_lost' as const
  if (status === 410) return 'gone' as const
  const since = webhook.failing_since === undefined ? now : Date.parse(webhook.failing_since)
  return now - since > webhookMs.failing ? ('failing' as const) : undefined
}

const triedOf = (
  { attempts }: Delivery,
  { status, reason }: Answer,
  { isDisabled, now, chance }: { isDisabled: boolean; now: number; chance: number },
): Tried => {
  const tried = { responseStatus: status, reason }
  if (reason === null) return { ...tried, status: 'delivered' }
  const pause = isDisabled ? undefined : pauseAfter(attempts, chance)
  return pause === undefined
    ? { ...tried, status: 'dead' }
    : { ...tried, status: 'pending', nextAt: now + pause }
}

/** What the webhook's owner reads of it. */
const report = async (
  { clock, webhooks }: DeliveryDependencies,
  webhook: Webhook,
  { event_id, type }: Delivery,
  answer: Answer,
  disabled: DisabledReason | undefined,
): Promise<void> => {
  const at = isoTime(clock.now())
  const delivered = answer.reason === null
  const last = { response_status: answer.status, reason: answer.reason }
  const health = delivered
    ? { failing_since: null, disabled_reason: null }
    : {
        failing_since: webhook.failing_since ?? at,
        ...(disabled && { disabled_reason: disabled }),
      }
  await webhooks.change(webhook, {
    ...health,
    last_delivery: { event_id, type, delivered, at, ...last },
  })
}

/** One try of a claimed delivery, and what follows from it. */
const attempt = async (
  dependencies: DeliveryDependencies,
  webhook: Webhook,
  delivery: Delivery,
): Promise<void> => {
  const { clock, deliveries, chance } = dependencies
  const { event_id, body } = delivery
  const headers = await signedHeaders(webhook, { eventId: event_id, now: clock.now(), body })
  const answer = headers
    ? await post(dependencies, webhook, headers, body)
    : { status: null, reason: 'secret_lost' }
  const now = clock.now()
  const disabled = disabledBy(webhook, answer, now)
  const isDisabled = disabled !== undefined
  const tried = triedOf(delivery, answer, { isDisabled, now, chance: chance() })
  note({ outcome: tried.status, ...(answer.status !== null && { status: answer.status }) })
  await deliveries.settle(delivery, tried)
  measure('WebhookDelivery', 1, { outcome: tried.status === 'pending' ? 'failed' : tried.status })
  const { nextAt } = tried
  const delay = nextAt === undefined ? undefined : nextAt - now
  const sent =
    delay !== undefined && delay <= webhookMs.longestDelay
      ? sendDeliveries(dependencies, [taskOf(delivery)], delay)
      : undefined
  await Promise.all([report(dependencies, webhook, delivery, answer, disabled), sent])
  if (isDisabled) log.warn('a webhook was disabled', { code: disabled })
}

const deliver = async (dependencies: DeliveryDependencies, task: DeliveryTask): Promise<void> => {
  const { clock, webhooks, deliveries } = dependencies
  note({ principal: principalHash(task.owner) })
  const [webhook, delivery] = await Promise.all([
    webhooks.find(task.owner, task.webhook_id),
    deliveries.find(task),
  ])
  const now = clock.now()
  if (!webhook || delivery?.status !== 'pending' || delivery.next_at > now + webhookMs.early) {
    return note({ outcome: 'left' })
  }
  const claimed = await deliveries.claim(delivery, now + webhookMs.lease)
  if (!claimed) return note({ outcome: 'left' })
  // Workers that had it died; or the owner is asked to test a disabled webhook first.
  const isRefused = webhook.disabled_reason !== undefined && delivery.type !== 'webhook.ping'
  if (isRefused || delivery.attempts >= deliveryTries) {
    const reason = isRefused ? 'disabled' : (delivery.reason ?? 'interrupted')
    await deliveries.settle(claimed, { status: 'dead', responseStatus: null, reason })
    measure('WebhookDelivery', 1, { outcome: 'dead' })
    return note({ outcome: 'dead' })
  }
  await attempt(dependencies, webhook, claimed)
}

export const createDeliveryService = (dependencies: DeliveryDependencies): DeliveryService => ({
  deliver: (task) => deliver(dependencies, task),
})
