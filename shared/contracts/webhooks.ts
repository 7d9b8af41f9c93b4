import * as z from 'zod'
import { AssetEnded, EndId, EndType, JobEnded, RunEnded } from './ends.ts'
import { Timestamp } from './session.ts'

export const WebhookId = z.string().regex(/^webhook_[0-9a-z]{26}$/)
/** An end, or a ping: the header `webhook-id`, the same in every try. */
export const WebhookEventId = z.union([EndId, z.string().regex(/^ping_[0-9a-z]{26}$/)])
export const WebhookEventType = z.enum([...EndType.options, 'webhook.ping'])
export type WebhookEventType = z.infer<typeof WebhookEventType>

/** What a receiver gets: the body, whose bytes are what is signed. */
export const WebhookBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run.ended'), timestamp: Timestamp, data: RunEnded }),
  z.object({ type: z.literal('job.ended'), timestamp: Timestamp, data: JobEnded }),
  z.object({ type: z.literal('asset.ended'), timestamp: Timestamp, data: AssetEnded }),
  z.object({
    type: z.literal('webhook.ping'),
    timestamp: Timestamp,
    data: z.object({ webhook_id: WebhookId }),
  }),
])
export type WebhookBody = z.infer<typeof WebhookBody>

export const DeliveryStatus = z.enum(['pending', 'delivered', 'dead'])
export type DeliveryStatus = z.infer<typeof DeliveryStatus>

/** What became of one event at one webhook. */
export const DeliveryView = z.object({
  event_id: WebhookEventId,
  type: WebhookEventType,
  /** `dead`: every try failed, or there was no use in another one; it can be delivered again by hand. */
  status: DeliveryStatus,
  attempts: z.number().int(),
  created_at: Timestamp,
  updated_at: Timestamp,
  /** Of a pending one: not before. */
  next_attempt_at: Timestamp.nullable(),
  /** The status that the receiver answered the last try with; null when it did not answer. */
  response_status: z.number().int().nullable(),
  /** Why the last try failed, such as `http-500`, `too-slow`, `private-address`; null when it did not. */
  reason: z.string().nullable(),
})
export type DeliveryView = z.infer<typeof DeliveryView>

/** `gone`: the receiver answered 410. `failing`: nothing arrived for days. `secret_lost`: its key was exchanged. */
export const DisabledReason = z.enum(['gone', 'failing', 'secret_lost'])
export type DisabledReason = z.infer<typeof DisabledReason>

export const WebhookView = z.object({
  webhook_id: WebhookId,
  url: z.string(),
  events: z.array(EndType),
  description: z.string().nullable(),
  /** `failing`: the last try failed. `disabled`: nothing is sent any more, until a test is answered with 2xx. */
  status: z.enum(['active', 'failing', 'disabled']),
  disabled_reason: DisabledReason.nullable(),
  /** The first of the tries that have failed since the last one that arrived. */
  failing_since: Timestamp.nullable(),
  /** Until then deliveries are signed with the secret before the last rotation, too. */
  previous_secret_until: Timestamp.nullable(),
  created_at: Timestamp,
  last_delivery: z
    .object({
      event_id: WebhookEventId,
      type: WebhookEventType,
      delivered: z.boolean(),
      at: Timestamp,
      response_status: z.number().int().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
})
export type WebhookView = z.infer<typeof WebhookView>

/** A message of the queue of deliveries. */
export const DeliveryTask = z.object({
  owner: z.string(),
  webhook_id: WebhookId,
  event_id: WebhookEventId,
})
export type DeliveryTask = z.infer<typeof DeliveryTask>
