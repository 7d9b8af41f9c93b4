import { expect, test } from 'vitest'
import { createStudio } from '../../../shared/client/index.ts'
import { createWebhooks } from '../../../shared/client/webhooks.ts'

/** Answers everything, and keeps the line and the body of each call. */
const recording = () => {
  const sent: [line: string, body: unknown][] = []
  const fetch: typeof globalThis.fetch = async (input, { method, body } = {}) => {
    sent.push([`${method} ${input}`, body ? JSON.parse(String(body)) : undefined])
    return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({})
  }
  return { sent, webhooks: createWebhooks(createStudio({ fetch, token: 'mine' })) }
}

test('a caller makes, tries, rotates and deletes webhooks, and sends an event again', async () => {
  const { sent, webhooks } = recording()
  const request = { url: 'https://hooks.example/studio', events: ['run.ended' as const] }
  await webhooks.create(request)
  await webhooks.list()
  await webhooks.test('wh_1')
  await webhooks.rotate('wh_1')
  await webhooks.deliveries('wh_1')
  await webhooks.redeliver('wh_1', 'run_1-1')
  await webhooks.delete('wh_1')
  expect(sent).toEqual([
    ['POST /api/webhooks', request],
    ['GET /api/webhooks', undefined],
    ['POST /api/webhooks/wh_1/test', undefined],
    ['POST /api/webhooks/wh_1/rotate', undefined],
    ['GET /api/webhooks/wh_1/deliveries', undefined],
    ['POST /api/webhooks/wh_1/deliveries/run_1-1/redeliver', undefined],
    ['DELETE /api/webhooks/wh_1', undefined],
  ])
})
