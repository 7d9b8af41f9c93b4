import {
  type Item,
  itemPagesOf,
  type Key,
  pagesOf,
  type Store,
  type Write,
} from '../clients/store.ts'
import type { DeliveryStatus, WebhookEventType } from '../contracts/webhooks.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex, ownerIndex } from '../rules/storage-layout.ts'
import { deliveryKey, expiry } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** One event at one webhook. */
export interface Delivery {
  owner: string
  webhook_id: string
  event_id: string
  type: WebhookEventType
  /** The bytes that are sent: the same in every try, so that what is signed is, too. */
  body: string
  status: DeliveryStatus
  attempts: number
  /** Of a pending one, in epoch milliseconds: no worker takes it before. */
  next_at: number
  response_status?: number
  reason?: string
  created_at: string
  updated_at: string
}

type Named = Pick<Delivery, 'owner' | 'webhook_id' | 'event_id'>

/** How a try ended. */
export interface Tried {
  status: DeliveryStatus
  /** With `pending`: when it is tried again, in epoch milliseconds. */
  nextAt?: number
  responseStatus: number | null
  reason: string | null
}

export interface DeliveryRepository {
  /** False when there is such a delivery already. */
  create(delivery: Pick<Delivery, 'type' | 'body'> & Named): Promise<boolean>
  find(named: Named): Promise<Delivery | undefined>
  /**
   * Counts a try and takes the delivery for one worker until `until` (epoch milliseconds). Undefined when another
   * one was first.
   */
  claim(delivery: Delivery, until: number): Promise<Delivery | undefined>
  /** Leaves it for later, without a try: until `until` (epoch milliseconds). False when another worker was first. */
  postpone(delivery: Delivery, until: number): Promise<boolean>
  /** Stores how a try ended, as far as its worker still has the delivery. */
  settle(delivery: Delivery, tried: Tried): Promise<boolean>
  /** Makes it pending anew, with all its tries. False when it is gone. */
  reset(delivery: Delivery): Promise<boolean>
  /** The newest deliveries of a webhook (eventually consistent). */
  list(webhookId: string, limit: number): Promise<Delivery[]>
  /** Pending ones that were due before `before` (epoch milliseconds), oldest first, ten at a time. */
  listDue(before: number): AsyncIterable<Named[]>
  /** Moves it to the end of what the sweep looks after. False when it is no longer pending, or past its time. */
  touch(named: Named): Promise<boolean>
  /** Repeatable. */
  remove(named: Named): Promise<void>
}

const duePartition = 'DELIVERY'
const duePage = 10

const keyOf = ({ owner, webhook_id, event_id }: Named): Key =>
  deliveryKey(owner, webhook_id, event_id)

const due = (at: number, { webhook_id, event_id }: Named) => ({
  [openIndex.partition]: duePartition,
  [openIndex.sort]: `${isoTime(at)}#${webhook_id}#${event_id}`,
})

const asDelivery = (item: Item): Delivery => {
  const { PK, SK, ttl, OPEN, OPEN_SK, OWNER, OWNER_SK, ...delivery } = item
  return delivery as unknown as Delivery
}

/** The index holds keys alone. */
const namedBy = ({ PK, SK }: Key): Named => {
  const [, webhook_id = '', event_id = ''] = SK.split('#')
  return { owner: PK.slice(PK.indexOf('#') + 1), webhook_id, event_id }
}

async function* listDue(store: Store, before: number): AsyncGenerator<Named[]> {
  const range = { pk: duePartition, from: '0', to: isoTime(before), index: openIndex }
  for await (const { items } of pagesOf(store, range, { pageSize: duePage })) {
    yield items.map(namedBy)
  }
}

const isHeld = ({ attempts, next_at }: Delivery) => ({
  expression: '#status = :pending AND #attempts = :attempts AND #next_at = :next',
  values: { ':pending': 'pending', ':attempts': attempts, ':next': next_at },
})

const fresh = (clock: Clock, named: Named) => {
  const now = clock.now()
  return {
    status: 'pending' as const,
    attempts: 0,
    next_at: now,
    updated_at: isoTime(now),
    ...due(now, named),
  }
}

const settled = (
  clock: Clock,
  delivery: Delivery,
  { status, nextAt, responseStatus, reason }: Tried,
): Write => ({
  update: keyOf(delivery),
  set: {
    status,
    updated_at: isoTime(clock.now()),
    ...(responseStatus !== null && { response_status: responseStatus }),
    ...(reason !== null && { reason }),
    ...(nextAt !== undefined && { next_at: nextAt, ...due(nextAt, delivery) }),
  },
  clear: [
    ...(responseStatus === null ? ['response_status'] : []),
    ...(reason === null ? ['reason'] : []),
    ...(nextAt === undefined ? [openIndex.partition, openIndex.sort] : []),
  ],
  condition: isHeld(delivery),
})

export const createDeliveryRepository = (store: Store, clock: Clock): DeliveryRepository => ({
  create(delivery) {
    const at = isoTime(clock.now())
    const { owner, webhook_id, event_id, type, body } = delivery
    const put = {
      ...keyOf(delivery),
      ...{ owner, webhook_id, event_id, type, body, created_at: at },
      ...fresh(clock, delivery),
      [ownerIndex.partition]: webhook_id,
      [ownerIndex.sort]: `${at}#${event_id}`,
      ttl: expiry(clock.now(), 'delivery'),
    }
    return tryWrite(store, [{ put, condition: { expression: 'attribute_not_exists(#PK)' } }])
  },
  async find(named) {
    const item = await store.get(keyOf(named))
    return item && asDelivery(item)
  },
  async claim(delivery, until) {
    const taken = { attempts: delivery.attempts + 1, next_at: until }
    const { done } = await store.attempt({
      update: keyOf(delivery),
      set: { ...taken, ...due(until, delivery) },
      condition: isHeld(delivery),
    })
    return done ? { ...delivery, ...taken } : undefined
  },
  async postpone(delivery, until) {
    const { done } = await store.attempt({
      update: keyOf(delivery),
      set: { next_at: until, ...due(until, delivery) },
      condition: isHeld(delivery),
    })
    return done
  },
  settle: (delivery, tried) => tryWrite(store, [settled(clock, delivery, tried)]),
  async reset(delivery) {
    const { done } = await store.attempt({
      update: keyOf(delivery),
      set: { ...fresh(clock, delivery), ttl: expiry(clock.now(), 'delivery') },
      clear: ['response_status', 'reason'],
      condition: { expression: 'attribute_exists(#PK)' },
    })
    return done
  },
  async list(webhookId, limit) {
    const range = { pk: webhookId, from: '0', to: '\uffff', newestFirst: true, index: ownerIndex }
    const found: Delivery[] = []
    // What has expired still lies in the index, and is left out.
    for await (const { items } of itemPagesOf(store, range, { pageSize: limit })) {
      found.push(...items.map(asDelivery))
      if (found.length >= limit) break
    }
    return found.slice(0, limit)
  },
  listDue: (before) => listDue(store, before),
  async touch(named) {
    const { done } = await store.attempt({
      update: keyOf(named),
      set: due(clock.now(), named),
      // What is past its time is left out of what is read, and may still lie in the index.
      condition: {
        expression: '#status = :pending AND :now < #ttl',
        values: { ':pending': 'pending', ':now': Math.floor(clock.now() / 1000) },
      },
    })
    return done
  },
  remove: (named) => store.write([{ remove: keyOf(named) }]),
})
