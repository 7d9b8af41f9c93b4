import type { Network } from '../../clients/pages/page-request.ts'
import { RequestFailure } from '../../clients/pages/request-failure.ts'
import type { Queue } from '../../clients/queue.ts'
import { receiverAddress } from '../../clients/webhooks/webhook-post.ts'
import { EndType } from '../../contracts/ends.ts'
import { StudioError } from '../../contracts/errors.ts'
import type {
  DeliveryTask,
  DeliveryView,
  WebhookBody,
  WebhookView,
} from '../../contracts/webhooks.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { log } from '../../platform/telemetry.ts'
import type { Delivery, DeliveryRepository } from '../../repositories/delivery-repository.ts'
import type { Webhook, WebhookRepository } from '../../repositories/webhook-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { deliveriesShown, webhookMs, webhooksLimit } from '../../rules/webhooks.ts'
import type { LimitService } from '../limits/limit-service.ts'
import { makeSecret } from './webhook-secrets.ts'
import { viewDelivery, viewWebhook } from './webhook-view.ts'

export interface WebhookDependencies {
  clock: Clock
  limits: LimitService
  webhooks: WebhookRepository
  deliveries: DeliveryRepository
  queue: () => Promise<Pick<Queue, 'send'>>
  network: Network
}

export type WithSecret = WebhookView & { secret: string }

export interface WebhookRequest {
  url: string
  events?: EndType[] | undefined
  description?: string | undefined
}

export interface WebhookService {
  /** @throws StudioError INVALID_INPUT for an address that may not be called, or one too many; RATE_LIMITED */
  create(principal: string, request: WebhookRequest, caller: Caller): Promise<WithSecret>
  list(principal: string): Promise<WebhookView[]>
  /** @throws StudioError WEBHOOK_NOT_FOUND */
  delete(principal: string, webhookId: string): Promise<void>
  /** @throws StudioError WEBHOOK_NOT_FOUND, RATE_LIMITED */
  test(principal: string, webhookId: string, caller: Caller): Promise<DeliveryView>
  /** @throws StudioError WEBHOOK_NOT_FOUND, RATE_LIMITED */
  rotate(principal: string, webhookId: string, caller: Caller): Promise<WithSecret>
  /** @throws StudioError WEBHOOK_NOT_FOUND */
  deliveries(principal: string, webhookId: string): Promise<DeliveryView[]>
  /** @throws StudioError WEBHOOK_NOT_FOUND, also for an event that it never had; RATE_LIMITED */
  redeliver(
    principal: string,
    webhookId: string,
    eventId: string,
    caller: Caller,
  ): Promise<DeliveryView>
}

const refused = (message: string): StudioError =>
  new StudioError('INVALID_INPUT', 'The webhook breaks the rule named in errors.', {
    errors: [{ path: 'url', message }],
  })

/** What an address has to be, by the rule that it broke. */
const addressRules: Partial<Record<RequestFailure['reason'], string>> = {
  'not-https': 'must be an https address',
  port: 'must have the usual port of https, 443',
  credentials: 'must hold no user name and no password',
  'private-address':
    'must be of a public host: this one is private, or resolves to a private address',
  'unknown-host': 'must be of a host that resolves to an address',
  'bad-address': 'is too long',
}

/** The address as it is called. @throws StudioError INVALID_INPUT */
const admittedUrl = async ({ network }: WebhookDependencies, text: string): Promise<string> => {
  const url = URL.parse(text)
  if (url === null) throw refused('must be an absolute address')
  url.hash = ''
  try {
    await receiverAddress(url, network, AbortSignal.timeout(webhookMs.resolve))
  } catch (error) {
    const rule = error instanceof RequestFailure ? addressRules[error.reason] : undefined
    throw refused(rule ?? 'must be of a host that can be looked up')
  }
  return url.href
}

const notFound = (webhookId: string): StudioError =>
  new StudioError('WEBHOOK_NOT_FOUND', `${webhookId} is no webhook of the caller.`)

const ownWebhook = async (
  { webhooks }: WebhookDependencies,
  principal: string,
  webhookId: string,
): Promise<Webhook> => {
  const webhook = await webhooks.find(principal, webhookId)
  if (webhook) return webhook
  throw notFound(webhookId)
}

/** Best effort: the sweep sends the rest. */
export const sendDeliveries = async (
  { queue }: Pick<WebhookDependencies, 'queue'>,
  tasks: readonly DeliveryTask[],
  delayMs = 0,
): Promise<void> => {
  try {
    await (await queue()).send(tasks, delayMs)
  } catch (error) {
    log.warn('deliveries not sent; the sweeper will', { error })
  }
}

export const taskOf = ({ owner, webhook_id, event_id }: DeliveryTask): DeliveryTask => ({
  owner,
  webhook_id,
  event_id,
})

const create = async (
  dependencies: WebhookDependencies,
  principal: string,
  { url, events = [...EndType.options], description = undefined }: WebhookRequest,
  caller: Caller,
): Promise<WithSecret> => {
  const { clock, limits, webhooks } = dependencies
  await limits.admit(caller, { webhooks: 1 })
  const admitted = await admittedUrl(dependencies, url)
  const webhook_id = newId('webhook')
  const { name, secret } = await makeSecret(webhook_id, 1)
  const webhook = await webhooks.create({
    ...{ webhook_id, owner: principal, url: admitted, secret: name },
    events: [...new Set(events)],
    description: description ?? null,
    created_at: isoTime(clock.now()),
  })
  if (!webhook) {
    const message = `There may be ${webhooksLimit} webhooks at most: delete another one first.`
    throw new StudioError('INVALID_INPUT', message)
  }
  return { ...viewWebhook(webhook, clock.now()), secret }
}

const test = async (
  dependencies: WebhookDependencies,
  principal: string,
  webhookId: string,
  caller: Caller,
): Promise<DeliveryView> => {
  const { clock, limits, deliveries } = dependencies
  const { webhook_id, owner } = await ownWebhook(dependencies, principal, webhookId)
  await limits.admit(caller, { webhooks: 1 })
  const body: WebhookBody = {
    type: 'webhook.ping',
    timestamp: isoTime(clock.now()),
    data: { webhook_id },
  }
  const named = { owner, webhook_id, event_id: newId('ping') }
  await deliveries.create({ ...named, type: body.type, body: JSON.stringify(body) })
  return again(dependencies, named)
}

/** Has a delivery that is pending in the table taken up by a worker. */
const again = async (
  dependencies: WebhookDependencies,
  named: DeliveryTask,
): Promise<DeliveryView> => {
  const found = await dependencies.deliveries.find(named)
  if (!found) throw new StudioError('WEBHOOK_NOT_FOUND', 'The webhook was deleted meanwhile.')
  await sendDeliveries(dependencies, [taskOf(named)])
  return viewDelivery(found)
}

const rotate = async (
  dependencies: WebhookDependencies,
  principal: string,
  webhookId: string,
  caller: Caller,
): Promise<WithSecret> => {
  const { clock, limits, webhooks } = dependencies
  const webhook = await ownWebhook(dependencies, principal, webhookId)
  await limits.admit(caller, { webhooks: 1 })
  const { name, secret } = await makeSecret(webhookId, webhook.secret.version + 1)
  const until = isoTime(clock.now() + webhookMs.previousSecret)
  const isLost = webhook.disabled_reason === 'secret_lost'
  const change = {
    secret: name,
    previous: { ...webhook.secret, until },
    ...(isLost && { disabled_reason: null, failing_since: null }),
  }
  await webhooks.change(webhook, change)
  const changed = await ownWebhook(dependencies, principal, webhookId)
  return { ...viewWebhook(changed, clock.now()), secret }
}

const redeliver = async (
  dependencies: WebhookDependencies,
  principal: string,
  { webhookId, eventId }: { webhookId: string; eventId: string },
  caller: Caller,
): Promise<DeliveryView> => {
  const { limits, deliveries } = dependencies
  const { owner, webhook_id } = await ownWebhook(dependencies, principal, webhookId)
  const named = { owner, webhook_id, event_id: eventId }
  const found: Delivery | undefined = await deliveries.find(named)
  if (!found) throw new StudioError('WEBHOOK_NOT_FOUND', `There is no delivery of ${eventId}.`)
  await limits.admit(caller, { webhooks: 1 })
  await deliveries.reset(found)
  return again(dependencies, named)
}

export const createWebhookService = (dependencies: WebhookDependencies): WebhookService => ({
  create: (principal, request, caller) => create(dependencies, principal, request, caller),
  async list(principal) {
    const webhooks = await dependencies.webhooks.list(principal)
    return webhooks.map((webhook) => viewWebhook(webhook, dependencies.clock.now()))
  },
  async delete(principal, webhookId) {
    if (!(await dependencies.webhooks.delete(principal, webhookId))) throw notFound(webhookId)
  },
  test: (principal, webhookId, caller) => test(dependencies, principal, webhookId, caller),
  rotate: (principal, webhookId, caller) => rotate(dependencies, principal, webhookId, caller),
  async deliveries(principal, webhookId) {
    const { webhook_id } = await ownWebhook(dependencies, principal, webhookId)
    return (await dependencies.deliveries.list(webhook_id, deliveriesShown)).map(viewDelivery)
  },
  redeliver: (principal, webhookId, eventId, caller) =>
    redeliver(dependencies, principal, { webhookId, eventId }, caller),
})
