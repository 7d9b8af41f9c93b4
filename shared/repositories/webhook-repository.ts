import { type Condition, type Item, itemsOf, pagesOf, type Store } from '../clients/store.ts'
import type { EndType } from '../contracts/ends.ts'
import type { DisabledReason, WebhookView } from '../contracts/webhooks.ts'
import type { Clock } from '../platform/clock.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { webhooksLimit } from '../rules/webhooks.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import { deliveryRange, expiry, webhookKey, webhookRange } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** What a secret is derived from, beside a signing key of the deployment: the key that it was, by name. */
export interface SecretName {
  version: number
  key_id: string
}

export interface Webhook {
  webhook_id: string
  owner: string
  /** Which of the owner's places it has. */
  place: number
  url: string
  events: EndType[]
  description: string | null
  secret: SecretName
  /** The one before the last rotation, and until when it signs as well. */
  previous?: SecretName & { until: string }
  disabled_reason?: DisabledReason
  failing_since?: string
  last_delivery?: WebhookView['last_delivery']
  created_at: string
}

/** What may change; null takes it away. */
export type WebhookChange = {
  [Name in 'secret' | 'previous' | 'disabled_reason' | 'failing_since' | 'last_delivery']?:
    | Webhook[Name]
    | null
}

export interface WebhookRepository {
  /** The webhooks of an owner, the oldest first: ten small items at most, consistently. */
  list(owner: string): Promise<Webhook[]>
  find(owner: string, webhookId: string): Promise<Webhook | undefined>
  /** Takes one of the owner's places. Undefined when all are taken. */
  create(webhook: Omit<Webhook, 'place'>): Promise<Webhook | undefined>
  /** False when it is gone. */
  change(webhook: Webhook, change: WebhookChange): Promise<boolean>
  /** The same, as far as its health and its secret are what they were when it was read. */
  changeUnaltered(webhook: Webhook, change: WebhookChange): Promise<boolean>
  /** Webhooks of all owners that fail or are disabled, the longest first, ten at a time (eventually consistent). */
  listUnwell(): AsyncIterable<Webhook[]>
  /** With its deliveries. False when there was nothing to delete; repeatable when it failed half way. */
  delete(owner: string, webhookId: string): Promise<boolean>
}

const asWebhook = (item: Item): Webhook => {
  const names = ['events', 'secret', 'previous', 'last_delivery']
  const { PK, SK, ttl, OPEN, OPEN_SK, ...webhook } = unpackJson(item, names)
  return webhook as unknown as Webhook
}

const unwell = 'WEBHOOK'
const unwellPage = 10

/** One that fails is in the index until something arrives; what is disabled has failed. */
const indexed = ({ webhook_id }: Webhook, { failing_since }: WebhookChange) =>
  failing_since
    ? {
        [openIndex.partition]: unwell,
        [openIndex.sort]: `${failing_since}#${webhook_id}`,
      }
    : {}

async function* listUnwell(store: Store): AsyncGenerator<Webhook[]> {
  const range = { pk: unwell, from: '0', to: '\uffff', index: openIndex }
  for await (const { items } of pagesOf(store, range, { pageSize: unwellPage })) {
    const whole = await Promise.all(items.map(({ PK, SK }) => store.get({ PK, SK })))
    yield whole.filter((item) => item !== undefined).map(asWebhook)
  }
}

const isSame = ({ webhook_id }: Webhook) => ({
  expression: '#webhook_id = :id',
  values: { ':id': webhook_id },
})

/** A worker reads a webhook, waits for its receiver, and must not write over what happened meanwhile. */
const isUnaltered = (webhook: Webhook) => {
  const { secret, disabled_reason, failing_since } = webhook
  const packed = packJson({ secret, disabled_reason, failing_since })
  const held = Object.entries(packed).map(([name, value]) =>
    value === undefined
      ? { expression: `attribute_not_exists(#${name})`, values: {} }
      : { expression: `#${name} = :was_${name}`, values: { [`:was_${name}`]: value } },
  )
  const conditions = [isSame(webhook), ...held]
  return {
    expression: conditions.map(({ expression }) => expression).join(' AND '),
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  }
}

const change = async (
  store: Store,
  clock: Clock,
  webhook: Webhook,
  changes: WebhookChange,
  condition: Condition,
): Promise<boolean> => {
  const entries = Object.entries(changes)
  const { done } = await store.attempt({
    update: webhookKey(webhook.owner, webhook.place),
    set: {
      ...packJson(Object.fromEntries(entries.filter(([, value]) => value !== null))),
      ...indexed(webhook, changes),
      ttl: expiry(clock.now(), 'webhook'),
    },
    clear: [
      ...entries.filter(([, value]) => value === null).map(([name]) => name),
      ...(changes.failing_since === null ? [openIndex.partition, openIndex.sort] : []),
    ],
    condition,
  })
  return done
}

const list = async (store: Store, owner: string): Promise<Webhook[]> => {
  const items = await itemsOf(store, webhookRange(owner))
  return items.map(asWebhook).sort((one, other) => one.webhook_id.localeCompare(other.webhook_id))
}

const find = async (store: Store, owner: string, webhookId: string): Promise<Webhook | undefined> =>
  (await list(store, owner)).find(({ webhook_id }) => webhook_id === webhookId)

const create = async (
  store: Store,
  clock: Clock,
  webhook: Omit<Webhook, 'place'>,
): Promise<Webhook | undefined> => {
  for (;;) {
    const taken = new Set((await list(store, webhook.owner)).map(({ place }) => place))
    const place = Array.from({ length: webhooksLimit }, (_, each) => each).find(
      (each) => !taken.has(each),
    )
    if (place === undefined) return undefined
    const placed = { ...webhook, place }
    const alive = Math.floor(clock.now() / 1000) + 1
    const put = {
      ...webhookKey(webhook.owner, place),
      ...packJson(placed),
      ttl: expiry(clock.now(), 'webhook'),
    }
    // One that is past its time is left out of what is read, and may still lie there.
    const condition = {
      expression: 'attribute_not_exists(#PK) OR #ttl < :alive',
      values: { ':alive': alive },
    }
    // Refused when another request took the place meanwhile: with each, one place less is free.
    if (await tryWrite(store, [{ put, condition }])) return placed
  }
}

export const createWebhookRepository = (store: Store, clock: Clock): WebhookRepository => ({
  list: (owner) => list(store, owner),
  find: (owner, webhookId) => find(store, owner, webhookId),
  create: (webhook) => create(store, clock, webhook),
  change: (webhook, changes) => change(store, clock, webhook, changes, isSame(webhook)),
  changeUnaltered: (webhook, changes) =>
    change(store, clock, webhook, changes, isUnaltered(webhook)),
  listUnwell: () => listUnwell(store),
  async delete(owner, webhookId) {
    const webhook = await find(store, owner, webhookId)
    // It goes first: without it, nothing is delivered any more.
    if (webhook) {
      const remove = webhookKey(owner, webhook.place)
      await tryWrite(store, [{ remove, condition: isSame(webhook) }])
    }
    const deliveries = await itemsOf(store, deliveryRange(owner, webhookId))
    await store.erase(deliveries)
    return webhook !== undefined || deliveries.length > 0
  },
})
