import * as z from 'zod'
import { EndType } from '../ends.ts'
import { text } from '../text.ts'
import { DeliveryView, WebhookEventId, WebhookId, WebhookView } from '../webhooks.ts'
import { type Route, routeDefaults } from './route.ts'

const webhookParams = z.object({ webhook_id: WebhookId })

/** Shown once: it is not stored, and cannot be read again. */
const WebhookWithSecret = WebhookView.extend({ secret: z.string() })

export const webhookRoutes = {
  createWebhook: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/webhooks',
    summary:
      "Has the ends of the caller's runs, jobs and assets sent to an address; shows its secret once",
    body: z.strictObject({
      /** Absolute, https, a public host, port 443. */
      url: z.string().min(1).max(2_000),
      /** All when not given. */
      events: z.array(EndType).min(1).max(EndType.options.length).optional(),
      description: text(200).optional(),
    }),
    status: 201,
    answer: WebhookWithSecret,
    problems: ['INVALID_INPUT', 'RATE_LIMITED', 'CAPABILITY_NOT_CONFIGURED'],
  },
  listWebhooks: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/webhooks',
    summary: "The caller's webhooks, each with its last delivery",
    answer: z.object({ webhooks: z.array(WebhookView) }),
  },
  deleteWebhook: {
    ...routeDefaults,
    method: 'DELETE',
    path: '/api/webhooks/{webhook_id}',
    summary: 'Deletes a webhook with its deliveries',
    params: webhookParams,
    status: 204,
    answer: z.undefined(),
    problems: ['WEBHOOK_NOT_FOUND'],
  },
  testWebhook: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/webhooks/{webhook_id}/test',
    summary: 'Sends a ping; one that is answered with 2xx enables a disabled webhook again',
    params: webhookParams,
    status: 202,
    answer: DeliveryView,
    problems: ['WEBHOOK_NOT_FOUND', 'RATE_LIMITED'],
  },
  rotateWebhook: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/webhooks/{webhook_id}/rotate',
    summary: 'Gives a webhook another secret, shown once; the one before signs beside it for a day',
    params: webhookParams,
    answer: WebhookWithSecret,
    problems: ['WEBHOOK_NOT_FOUND', 'RATE_LIMITED', 'CAPABILITY_NOT_CONFIGURED'],
  },
  listDeliveries: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/webhooks/{webhook_id}/deliveries',
    summary: 'The last hundred events at a webhook, newest first, and what became of them',
    params: webhookParams,
    answer: z.object({ deliveries: z.array(DeliveryView) }),
    problems: ['WEBHOOK_NOT_FOUND'],
  },
  redeliver: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/webhooks/{webhook_id}/deliveries/{event_id}/redeliver',
    summary: 'Delivers an event again, under the same id',
    params: webhookParams.extend({ event_id: WebhookEventId }),
    status: 202,
    answer: DeliveryView,
    problems: ['WEBHOOK_NOT_FOUND', 'RATE_LIMITED'],
  },
} as const satisfies Record<string, Route>
