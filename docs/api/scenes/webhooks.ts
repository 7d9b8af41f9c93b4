import { startReceiver } from '../../../test/support/webhooks/receiver.ts'
import { type Scene, until } from './scene.ts'

/** A caller has the ends of its runs sent to its own system, tests that, and ends it. */
export const recordWebhooks = async ({ recorder }: Scene): Promise<void> => {
  const { ask, record, refused } = recorder
  const { body: caller } = await ask('createSession', { token: null, body: { locale: 'ko-KR' } })
  const token = String(caller.token)
  const receiver = await startReceiver()
  const url = receiver.url.replace('hooks.localhost', '127.0.0.1')
  const body = { url, events: ['run.ended'], description: 'Our release calendar' }
  const made = await record('createWebhook', 'For the ends of runs', { body, token })
  const params = { webhook_id: String(made.body.webhook_id) }
  const inside = { url: 'https://10.0.0.8/hooks' }
  await refused('INVALID_INPUT', 'createWebhook', { body: inside, token })
  const { body: ping } = await record('testWebhook', 'A ping', { params, token })
  const list = () => ask('listDeliveries', { params, token })
  await until(list, ({ body }) => JSON.stringify(body).includes('"delivered"'))
  await record('listDeliveries', 'The ping has arrived', { params, token })
  const event = { ...params, event_id: String(ping.event_id) }
  await record('redeliver', 'The ping again', { params: event, token })
  await until(list, ({ body }) => JSON.stringify(body).includes('"delivered"'))
  await record('listWebhooks', 'One webhook', { token })
  await record('rotateWebhook', 'Another secret', { params, token })
  await record('deleteWebhook', 'No more', { params, token })
  await refused('WEBHOOK_NOT_FOUND', 'testWebhook', { params, token })
  await receiver.stop()
}
