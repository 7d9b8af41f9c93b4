import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it, vi } from 'vitest'
import { sendToAws } from '../../../shared/clients/aws-request.ts'
import { createStore } from '../../../shared/clients/store.ts'
import { createTableClient } from '../../../shared/clients/table-client.ts'

type Respond = (response: ServerResponse, request: IncomingMessage) => void
const closing: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const close of closing.splice(0)) await close()
})

/** A service that meets each request in turn with one of these, and the rest with the last. */
const serviceThat = async (...responds: Respond[]) => {
  const bodies: string[] = []
  const connections = new Set<unknown>()
  const server = createServer(async (request, response) => {
    connections.add(request.socket)
    bodies.push(await text(request))
    const respond = responds[Math.min(bodies.length, responds.length) - 1]
    respond?.(response, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const service = {
    name: 'dynamodb',
    endpoint: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    region: 'eu-west-1',
    credentials: () => ({ accessKeyId: 'id', secretAccessKey: 'secret' }),
  }
  return { service, bodies, connections }
}

const answers =
  (status: number, body: object): Respond =>
  (response) =>
    void response.writeHead(status).end(JSON.stringify(body))
const refuses = (name: string, status = 400): Respond =>
  answers(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'No.' })
const breaks: Respond = (_, request) => void request.socket.destroy()

const request = { method: 'POST', path: '/', headers: {}, body: '{}' } as const

it.each([
  ['a broken connection', breaks],
  ['a server’s error', refuses('InternalServerError', 500)],
  ['throttling', refuses('ThrottlingException')],
])('a request is sent again after %s, over connections that are kept', async (_, first) => {
  const { service, bodies, connections } = await serviceThat(first, answers(200, { ok: true }))
  expect(await sendToAws(service, request, 3)).toMatchObject({ status: 200, body: '{"ok":true}' })
  await sendToAws(service, request, 3)
  expect(bodies).toHaveLength(3)
  expect(connections.size).toBe(first === breaks ? 2 : 1)
})

it('what is throttled comes again after a pause in which something comes back', async () => {
  const at: number[] = []
  const seen =
    (respond: Respond): Respond =>
    (...given) => {
      at.push(performance.now())
      respond(...given)
    }
  const throttled = seen(refuses('ProvisionedThroughputExceededException'))
  const { service } = await serviceThat(throttled, seen(answers(200, {})))
  await sendToAws(service, request, 3)
  const [first = 0, second = 0] = at
  expect(second - first).toBeGreaterThan(200)
})

it.each([
  ['of the request itself', refuses('ValidationException'), 1, 'ValidationException'],
  ['that lasts', refuses('ThrottlingException'), 3, 'ThrottlingException'],
  ['without a name', answers(503, {}), 3, 'UnknownError'],
])('a refusal %s is thrown, with its name and status', async (_, respond, times, name) => {
  const { service, bodies } = await serviceThat(respond)
  await expect(sendToAws(service, request, 3)).rejects.toMatchObject({ name })
  expect(bodies).toHaveLength(times)
})

it('a request that must not count twice is sent again when it was refused, and never when it may have arrived', async () => {
  const once = { ...request, isOnce: true }
  const refused = await serviceThat(refuses('ThrottlingException'), answers(200, {}))
  await sendToAws(refused.service, once, 3)
  expect(refused.bodies).toHaveLength(2)
  for (const lost of [breaks, refuses('InternalServerError', 500)]) {
    const { service, bodies } = await serviceThat(lost, answers(200, {}))
    await expect(sendToAws(service, once, 3)).rejects.toThrow()
    expect(bodies).toHaveLength(1)
  }
})

it('a connection that breaks each time throws what it broke with', async () => {
  const { service } = await serviceThat(breaks)
  await expect(sendToAws(service, request, 2)).rejects.toMatchObject({ code: 'ECONNRESET' })
})

it('a transaction that is sent again keeps its token, and the next one has another', async () => {
  const { service, bodies } = await serviceThat(breaks, answers(200, {}))
  const store = createStore(createTableClient(service), 'table')
  const writes = [{ put: { PK: 'A', SK: 'B' } }, { put: { PK: 'A', SK: 'C' } }]
  await store.write(writes)
  await store.write(writes)
  const [first, again, other] = bodies.map((body) => JSON.parse(body).ClientRequestToken)
  expect(first).toMatch(/^[0-9a-f-]{36}$/)
  expect(again).toBe(first)
  expect(other).not.toBe(first)
})

it('the table is asked where the environment says, at the first request', async () => {
  const { service, bodies } = await serviceThat(answers(200, {}))
  const client = createTableClient()
  vi.stubEnv('AWS_REGION', 'eu-west-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', service.endpoint.href)
  await client.send('DynamoDB_20120810.GetItem', { TableName: 'table' })
  expect(bodies).toEqual(['{"TableName":"table"}'])
})
