import type { RouteName, RouteOf } from './contract.ts'
import type { CallOptions } from './http.ts'
import type { Studio } from './studio.ts'

type Answer<N extends RouteName> = Promise<RouteOf<N>['answer']>

/** The caller's webhooks. */
export interface Webhooks {
  /** The answer alone shows the secret. */
  create(request: RouteOf<'createWebhook'>['body'], options?: CallOptions): Answer<'createWebhook'>
  list(options?: CallOptions): Answer<'listWebhooks'>
  delete(webhookId: string, options?: CallOptions): Answer<'deleteWebhook'>
  /** Has a ping sent; one that arrives enables a disabled webhook again. */
  test(webhookId: string, options?: CallOptions): Answer<'testWebhook'>
  /** Another secret, shown in the answer alone; for a day both sign. */
  rotate(webhookId: string, options?: CallOptions): Answer<'rotateWebhook'>
  deliveries(webhookId: string, options?: CallOptions): Answer<'listDeliveries'>
  redeliver(webhookId: string, eventId: string, options?: CallOptions): Answer<'redeliver'>
}

/** Apart from the studio's own calls, since most clients have no webhooks. */
export const createWebhooks = ({ call }: Pick<Studio, 'call'>): Webhooks => ({
  create: (body, callOptions) => call('POST /api/webhooks', { body }, callOptions),
  list: (callOptions) => call('GET /api/webhooks', {}, callOptions),
  delete: (webhook_id, callOptions) =>
    call('DELETE /api/webhooks/{webhook_id}', { params: { webhook_id } }, callOptions),
  test: (webhook_id, callOptions) =>
    call('POST /api/webhooks/{webhook_id}/test', { params: { webhook_id } }, callOptions),
  rotate: (webhook_id, callOptions) =>
    call('POST /api/webhooks/{webhook_id}/rotate', { params: { webhook_id } }, callOptions),
  deliveries: (webhook_id, callOptions) =>
    call('GET /api/webhooks/{webhook_id}/deliveries', { params: { webhook_id } }, callOptions),
  redeliver: (webhook_id, event_id, callOptions) =>
    call(
      'POST /api/webhooks/{webhook_id}/deliveries/{event_id}/redeliver',
      { params: { webhook_id, event_id } },
      callOptions,
    ),
})
