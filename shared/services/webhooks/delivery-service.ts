import type { Network } from '../../clients/pages/page-request.ts'
import { RequestFailure } from '../../clients/pages/request-failure.ts'
import type { Queue } from '../../clients/queue.ts'
import { postWebhook } from '../../clients/webhooks/webhook-post.ts'
import type { DeliveryTask, DisabledReason } from '../../contracts/webhooks.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note, principalHash } from '../../platform/work-facts.ts'
import type { Delivery, DeliveryRepository, Tried } from '../../repositories/delivery-repository.ts'
import type { Webhook, WebhookRepository } from '../../repositories/webhook-repository.ts'
import { deliveryTries, pauseAfter, pingTries, webhookMs } from '../../rules/webhooks.ts'
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
    if (!(error instanceof RequestFailure)) throw error
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

const triesOf = ({ type }: Delivery): number =>
  type === 'webhook.ping' ? pingTries : deliveryTries

const triedOf = (
  delivery: Delivery,
  { status, reason }: Answer,
  { isDisabled, now, chance }: { isDisabled: boolean; now: number; chance: number },
): Tried => {
  const tried = { responseStatus: status, reason }
  if (reason === null) return { ...tried, status: 'delivered' }
  const { attempts } = delivery
  const isLast = isDisabled || attempts >= triesOf(delivery)
  const pause = isLast ? undefined : pauseAfter(attempts, chance)
  return pause === undefined
    ? { ...tried, status: 'dead' }
    : { ...tried, status: 'pending', nextAt: now + pause }
}

/** What the webhook's owner reads of it. True when it disabled the webhook. */
const report = async (
  { clock, webhooks }: DeliveryDependencies,
  webhook: Webhook,
  { event_id, type }: Delivery,
  answer: Answer,
  disabled: DisabledReason | undefined,
): Promise<boolean> => {
  const at = isoTime(clock.now())
  const delivered = answer.reason === null
  const last = { response_status: answer.status, reason: answer.reason }
  const last_delivery = { event_id, type, delivered, at, ...last }
  const health = delivered
    ? { failing_since: null, disabled_reason: null }
    : {
        failing_since: webhook.failing_since ?? at,
        ...(disabled && { disabled_reason: disabled }),
      }
  if (await webhooks.changeUnaltered(webhook, { ...health, last_delivery })) {
    return disabled !== undefined
  }
  // Another try, or a rotation, was faster than this receiver: what it found is newer.
  await webhooks.change(webhook, { last_delivery })
  return false
}

const count = (attempts: number, outcome: 'delivered' | 'failed' | 'dead'): void =>
  measure('WebhookDelivery', 1, { try: attempts === 1 ? 'first' : 'later', outcome })

/** One try of a claimed delivery, and what follows from it. Without headers, there is nothing to sign with. */
const attempt = async (
  dependencies: DeliveryDependencies,
  webhook: Webhook,
  delivery: Delivery,
  headers: Record<string, string> | undefined,
): Promise<void> => {
  const { clock, deliveries, chance } = dependencies
  const answer = headers
    ? await post(dependencies, webhook, headers, delivery.body)
    : { status: null, reason: 'secret_lost' }
  const now = clock.now()
  const disabled = disabledBy(webhook, answer, now)
  const isDisabled = disabled !== undefined
  const tried = triedOf(delivery, answer, { isDisabled, now, chance: chance() })
  note({ outcome: tried.status, ...(answer.status !== null && { status: answer.status }) })
  await deliveries.settle(delivery, tried)
  count(delivery.attempts, tried.status === 'pending' ? 'failed' : tried.status)
  const { nextAt } = tried
  const delay = nextAt === undefined ? undefined : nextAt - now
  const sent =
    delay !== undefined && delay <= webhookMs.longestDelay
      ? sendDeliveries(dependencies, [taskOf(delivery)], delay)
      : undefined
  const reported = report(dependencies, webhook, delivery, answer, disabled)
  const [wasDisabled] = await Promise.all([reported, sent])
  if (wasDisabled) log.warn('a webhook was disabled', { code: disabled })
}

/** Takes the delivery and tries it. */
const claimAndTry = async (
  dependencies: DeliveryDependencies,
  webhook: Webhook,
  delivery: Delivery,
): Promise<void> => {
  const { clock, deliveries } = dependencies
  const { event_id: eventId, body } = delivery
  let headers: Record<string, string> | undefined
  try {
    // Before the claim, which counts: while the keys cannot be read, no try is used up.
    headers = await signedHeaders(webhook, { eventId, now: clock.now(), body })
  } catch (error) {
    log.error('a delivery could not be signed; it is left for later', { error })
    count(delivery.attempts + 1, 'failed')
    // The sweeper sends what is due.
    await deliveries.postpone(delivery, clock.now() + webhookMs.unsigned)
    return note({ outcome: 'left' })
  }
  const claimed = await deliveries.claim(delivery, clock.now() + webhookMs.lease)
  if (!claimed) return note({ outcome: 'left' })
  await attempt(dependencies, webhook, claimed, headers)
}

const deliver = async (dependencies: DeliveryDependencies, task: DeliveryTask): Promise<void> => {
  const { clock, webhooks, deliveries } = dependencies
  note({ principal: principalHash(task.owner) })
  const [webhook, delivery] = await Promise.all([
    webhooks.find(task.owner, task.webhook_id),
    deliveries.find(task),
  ])
  if (!webhook && delivery) {
    // It was stored while its webhook was deleted.
    await deliveries.remove(delivery)
  }
  if (
    !webhook ||
    delivery?.status !== 'pending' ||
    delivery.next_at > clock.now() + webhookMs.early
  ) {
    return note({ outcome: 'left' })
  }
  // Workers that had it died; or the owner is asked to test a disabled webhook first.
  const isRefused = webhook.disabled_reason !== undefined && delivery.type !== 'webhook.ping'
  if (isRefused || delivery.attempts >= triesOf(delivery)) {
    const reason = isRefused ? 'disabled' : (delivery.reason ?? 'interrupted')
    const dead = { status: 'dead', responseStatus: null, reason } as const
    if (!(await deliveries.settle(delivery, dead))) return note({ outcome: 'left' })
    count(delivery.attempts, 'dead')
    return note({ outcome: 'dead' })
  }
  await claimAndTry(dependencies, webhook, delivery)
}

export const createDeliveryService = (dependencies: DeliveryDependencies): DeliveryService => ({
  deliver: (task) => deliver(dependencies, task),
})
