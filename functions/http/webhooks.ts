import { webhookRoutes as routes } from '../../shared/contracts/http/webhook-routes.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { webhookService } from '../webhook-composition.ts'

const webhooks = webhookService()

export const handler = httpHandler(
  [
    endpoint(routes.createWebhook, ({ principal, body, caller }) =>
      webhooks.create(principal, body, caller),
    ),
    endpoint(routes.listWebhooks, async ({ principal }) => ({
      webhooks: await webhooks.list(principal),
    })),
    endpoint(routes.deleteWebhook, async ({ params, principal }) => {
      await webhooks.delete(principal, params.webhook_id)
      return undefined
    }),
    endpoint(routes.testWebhook, ({ params, principal, caller }) =>
      webhooks.test(principal, params.webhook_id, caller),
    ),
    endpoint(routes.rotateWebhook, ({ params, principal, caller }) =>
      webhooks.rotate(principal, params.webhook_id, caller),
    ),
    endpoint(routes.listDeliveries, async ({ params, principal }) => ({
      deliveries: await webhooks.deliveries(principal, params.webhook_id),
    })),
    endpoint(routes.redeliver, ({ params, principal, caller }) =>
      webhooks.redeliver(principal, params.webhook_id, params.event_id, caller),
    ),
  ],
  { identify, addressOf },
)
