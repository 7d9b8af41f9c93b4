import { type Item, itemsOf, type Store } from '../clients/store.ts'
import type { EndType } from '../contracts/ends.ts'
import type { DisabledReason, WebhookView } from '../contracts/webhooks.ts'
import type { Clock } from '../platform/clock.ts'
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
  /** With its deliveries. Repeatable. */
  delete(webhook: Webhook): Promise<void>
}

const asWebhook = (item: Item): Webhook => {
  const names = ['events', 'secret', 'previous', 'last_delivery']
  const { PK, SK, ttl, ...webhook } = unpackJson(item, names)
  return webhook as unknown as Webhook
}

const isSame = ({ webhook_id }: Webhook) => ({
  expression: '#webhook_id = :id',
  values: { ':id': webhook_id },
})

const list = async (store: Store, owner: string): Promise<Webhook[]> => {
  const items = await itemsOf(store, webhookRange(owner))
  return items.map(asWebhook).sort((one, other) => one.webhook_id.localeCompare(other.webhook_id))
}

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
  find: async (owner, webhookId) =>
    (await list(store, owner)).find(({ webhook_id }) => webhook_id === webhookId),
  create: (webhook) => create(store, clock, webhook),
  async change(webhook, change) {
    const entries = Object.entries(change)
    const { done } = await store.attempt({
      update: webhookKey(webhook.owner, webhook.place),
      set: {
        ...packJson(Object.fromEntries(entries.filter(([, value]) => value !== null))),
        ttl: expiry(clock.now(), 'webhook'),
      },
      clear: entries.filter(([, value]) => value === null).map(([name]) => name),
      condition: isSame(webhook),
    })
    return done
  },
  async delete(webhook) {
    const { owner, place, webhook_id } = webhook
    // It goes first: without it, nothing is delivered any more.
    await tryWrite(store, [{ remove: webhookKey(owner, place), condition: isSame(webhook) }])
    await store.erase(await itemsOf(store, deliveryRange(owner, webhook_id)))
  },
})
