import type { DeliveryView, WebhookView } from '../../contracts/webhooks.ts'
import { isoTime } from '../../platform/clock.ts'
import type { Delivery } from '../../repositories/delivery-repository.ts'
import type { Webhook } from '../../repositories/webhook-repository.ts'

export const viewWebhook = (webhook: Webhook, now: number): WebhookView => {
  const { webhook_id, url, events, description, created_at, previous } = webhook
  const { disabled_reason = null, failing_since = null, last_delivery = null } = webhook
  const isOverlapping = previous !== undefined && Date.parse(previous.until) > now
  return {
    ...{ webhook_id, url, events, description },
    status: disabled_reason !== null ? 'disabled' : failing_since !== null ? 'failing' : 'active',
    disabled_reason,
    failing_since,
    previous_secret_until: isOverlapping ? previous.until : null,
    created_at,
    last_delivery,
  }
}

export const viewDelivery = (delivery: Delivery): DeliveryView => {
  const { next_at, response_status, reason } = delivery
  const { event_id, type, status, attempts, created_at, updated_at } = delivery
  return {
    ...{ event_id, type, status, attempts, created_at, updated_at },
    next_attempt_at: status === 'pending' ? isoTime(next_at) : null,
    response_status: response_status ?? null,
    reason: reason ?? null,
  }
}
