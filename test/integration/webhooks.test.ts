import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EndType, endDetails } from '../../shared/contracts/ends.ts'
import { WebhookBody, WebhookView } from '../../shared/contracts/webhooks.ts'
import { eventually } from '../support/limits/eventually.ts'
import { finishedRun } from '../support/media/asset-client.ts'
import { type Client, startSession, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession, scriptRun } from '../support/studio/studio.ts'
import { type Receiver, startReceiver, verified } from '../support/webhooks/receiver.ts'

const studio = useStudio('media')

let receiver: Receiver
let made: { client: Client; webhookId: string }[] = []
beforeAll(async () => {
  receiver = await startReceiver()
})
beforeEach(() => {
  receiver.received.length = 0
})
// What is still pending would be tried for a day.
afterAll(async () => {
  for (const { client, webhookId } of made) await client.delete(`/api/webhooks/${webhookId}`)
  made = []
  await receiver.stop()
})

const createWebhook = async (client: Client, body: object = {}) => {
  const answer = await client.post('/api/webhooks', { url: receiver.url, ...body })
  expect(answer).toMatchObject({ status: 201 })
  const { secret, ...view } = answer.body
  made.push({ client, webhookId: view.webhook_id })
  return {
    secret: secret as string,
    view: WebhookView.parse(view),
    path: `/api/webhooks/${view.webhook_id}`,
  }
}

/** What arrived, verified, by type and id. */
const arrived = (secret: string) =>
  receiver.received.map((request) => WebhookBody.parse(verified(secret, request)))
const typesOf = (secret: string) =>
  arrived(secret)
    .map(({ type }) => type)
    .sort()

/** Takes the events of a session from the queue that a rule of the bus fills, until so many are there. */
const eventsOf = async (sessionId: string, count: number) => {
  const { endpoints, resources, credentials } = studio.engine
  const QueueUrl = resources.TestEnds
  const sqs = new SQSClient({ endpoint: endpoints.sqs, region: 'us-east-1', credentials })
  const found: { source: string; 'detail-type': EndType; detail: Record<string, unknown> }[] = []
  await eventually(async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    )
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
      const event = JSON.parse(Body)
      if (event.detail.session_id === sessionId) found.push(event)
    }
    expect(found).toHaveLength(count)
  })
  sqs.destroy()
  return found
}

describe('the end of a run and its job', () => {
  it('reaches a webhook, signed, and the event bus, with ids and codes alone', async () => {
    const { client, sessionId } = await readySession(studio)
    const { secret, view } = await createWebhook(client, { description: 'Our own system' })
    expect(view).toMatchObject({ status: 'active', last_delivery: null })
    scriptRun(studio.model)
    const { body: job } = await client.post(`/api/runs/${sessionId}/generate/async`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
    await eventually(() => expect(typesOf(secret)).toEqual(['job.ended', 'run.ended']))
    const events = await eventsOf(sessionId, 2)
    for (const { source, 'detail-type': type, detail } of events) {
      expect(source).toBe('launch-studio.dev')
      expect(endDetails[type].strict().parse(detail)).toMatchObject({
        ...{ run_id: job.run_id, outcome: 'completed', error_code: null },
      })
      const { data } = arrived(secret).find((each) => each.type === type) ?? {}
      expect(data).toEqual(detail)
    }
    await eventually(async () => {
      const { webhooks } = (await client.get('/api/webhooks')).body
      expect(webhooks[0]).toMatchObject({ last_delivery: { delivered: true }, status: 'active' })
      expect(webhooks[0]).not.toHaveProperty('secret')
    })
  })

  it('is told when the run failed, and when it was cancelled', async () => {
    const { client, sessionId } = await readySession(studio)
    const { secret } = await createWebhook(client, { events: ['run.ended'] })
    const { body: run } = await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'error')
    await eventually(() => expect(arrived(secret)).toHaveLength(1))
    const [failed] = arrived(secret)
    expect(failed?.data).toMatchObject({ outcome: 'failed', error_code: expect.any(String) })
    scriptRun(studio.model, { pace: { first: 20_000, between: 1000 } })
    const resumed = await client.post(`/api/runs/${run.run_id}/resume`)
    expect(resumed).toMatchObject({ status: 202 })
    expect(await client.post(`/api/runs/${run.run_id}/cancel`)).toMatchObject({
      body: { state: 'CANCELLED' },
    })
    await eventually(() => expect(arrived(secret)).toHaveLength(2))
    expect(arrived(secret)[1]?.data).toMatchObject({ outcome: 'cancelled', attempt: 2 })
  })
})

it('the end of each asset, and of their job, reaches a webhook', async () => {
  const { client, assetsOf } = await finishedRun(studio)
  const { secret } = await createWebhook(client, { events: ['asset.ended', 'job.ended'] })
  const { body } = await assetsOf.request()
  await assetsOf.ended(body.job_id)
  const expected = [...body.asset_ids.map(() => 'asset.ended'), 'job.ended']
  await eventually(() => expect(typesOf(secret)).toEqual(expected))
  const told = arrived(secret).flatMap(({ data }) => ('asset_id' in data ? [data.asset_id] : []))
  expect(told.sort()).toEqual([...body.asset_ids].sort())
  // What is there already is a job that has ended when it is made.
  const again = await assetsOf.request()
  expect(again.body.status).toBe('completed')
  await eventually(() => expect(typesOf(secret)).toEqual([...expected, 'job.ended']))
})

describe('a webhook over HTTP', () => {
  it('is pinged once for each request, and shows each delivery', async () => {
    const { client } = await startSession(studio.origin)
    const { secret, path } = await createWebhook(client)
    receiver.answer(500)
    const accepted = await client.post(`${path}/test`)
    expect(accepted).toMatchObject({ status: 202, body: { status: 'pending' } })
    await eventually(() => expect(receiver.received).toHaveLength(1))
    await eventually(async () =>
      expect((await client.get('/api/webhooks')).body.webhooks).toMatchObject([
        { status: 'failing', last_delivery: { response_status: 500, reason: 'http-500' } },
      ]),
    )
    await eventually(async () =>
      expect((await client.get(`${path}/deliveries`)).body.deliveries).toMatchObject([
        { type: 'webhook.ping', status: 'dead', attempts: 1, response_status: 500 },
      ]),
    )
    const id = accepted.body.event_id
    expect(await client.post(`${path}/deliveries/${id}/redeliver`)).toMatchObject({ status: 202 })
    await eventually(async () =>
      expect((await client.get(`${path}/deliveries`)).body.deliveries).toMatchObject([
        { type: 'webhook.ping', status: 'delivered', attempts: 1, response_status: 204 },
      ]),
    )
    expect(arrived(secret)).toHaveLength(2)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([id]),
    )
    const rotated = await client.post(`${path}/rotate`)
    expect(rotated.body.secret).not.toBe(secret)
    expect(rotated.body.previous_secret_until).toEqual(expect.any(String))
    expect(await client.delete(path)).toMatchObject({ status: 204 })
    expect(await client.get(`${path}/deliveries`)).toMatchObject({ status: 404 })
  })

  it('is not there for another caller', async () => {
    const { path } = await createWebhook((await startSession(studio.origin)).client)
    const { client: stranger } = await startSession(studio.origin)
    const answers = [
      await stranger.get(`${path}/deliveries`),
      await stranger.post(`${path}/test`),
      await stranger.post(`${path}/rotate`),
      await stranger.post(`${path}/deliveries/ping_${'0'.repeat(26)}/redeliver`),
      await stranger.delete(path),
    ]
    expect(new Set(answers.map(({ body }) => body.error.code))).toEqual(
      new Set(['WEBHOOK_NOT_FOUND']),
    )
    expect((await stranger.get('/api/webhooks')).body.webhooks).toEqual([])
  })

  it('is refused for an address inside, with the rule at its field', async () => {
    const { client } = await startSession(studio.origin)
    for (const url of ['https://10.0.0.1/', 'https://169.254.169.254/', 'ftp://example.com/']) {
      const answer = await client.post('/api/webhooks', { url })
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'url' }] } })
    }
    const unknown = await client.post('/api/webhooks', { url: receiver.url, events: ['run.begun'] })
    expect(unknown).toMatchObject({ status: 422 })
  })
})
