import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { signedHeaders } from '../../../local/aws/signature.ts'
import type { Engine } from '../../../local/engine.ts'
import { FrameSizes } from '../../../local/sockets/frame-sizes.ts'
import { eventually } from './eventually.ts'
import {
  clientSettings,
  makeWorkspace,
  notesOf,
  removeWorkspace,
  startSample,
} from './sample-engine.ts'

let directory: string
let engine: Engine
let management: ApiGatewayManagementApiClient

beforeAll(async () => {
  directory = await makeWorkspace()
  engine = await startSample(directory)
  const control = new URL(engine.endpoints.sfn).origin
  management = new ApiGatewayManagementApiClient({
    ...clientSettings,
    credentials: engine.credentials,
    endpoint: `${control}/_sockets/Sockets/live`,
  })
})

afterAll(async () => {
  await engine.close()
  await removeWorkspace(directory)
})

/** An open socket with everything that it has received. */
const connect = async (query = '') => {
  const socket = new WebSocket(`${engine.socketUrl}${query}`)
  const received: Array<Record<string, unknown>> = []
  const texts: string[] = []
  socket.on('message', (data) => {
    texts.push(String(data))
    if (String(data).startsWith('{')) received.push(JSON.parse(String(data)))
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return { socket, received, texts, closed }
}

const connectionIdOf = async (client: Awaited<ReturnType<typeof connect>>): Promise<string> => {
  client.socket.send('my address')
  await eventually(() => expect(client.received.length).toBeGreaterThan(0))
  return String(client.received[0]?.connectionId)
}

describe('a WebSocket API', () => {
  it('answers through the management API, as on AWS', async () => {
    const { socket, received } = await connect()
    socket.send('{"action": "shout", "loud": true}')
    await eventually(() => expect(received).toHaveLength(1))

    expect(received[0]).toMatchObject({
      routeKey: 'shout',
      body: '{"action": "shout", "loud": true}',
      connectedAt: expect.stringMatching(/^\d{4}-/),
    })
    socket.close()
  })

  it.each(['no json', '{"action": "unknown"}', '{"action": "$connect"}', '{"action": 7}', '[]'])(
    'leads %s to the default route',
    async (body) => {
      const { socket, received } = await connect()
      socket.send(body)
      await eventually(() => expect(received).toHaveLength(1))

      expect(received[0]).toMatchObject({ routeKey: '$default', body })
      socket.close()
    },
  )

  it('returns what a route with a response returns', async () => {
    const { socket, texts } = await connect()
    socket.send('{"action": "returned"}')

    await eventually(() => expect(texts).toEqual(['returned by the route']))
    socket.close()
  })

  it('refuses the upgrade with the status of $connect', async () => {
    await expect(connect('?deny=401')).rejects.toThrow('401')
    await expect(connect('?deny=403')).rejects.toThrow('403')
    await expect(
      new Promise((_, reject) => {
        new WebSocket(engine.socketUrl.replace('/live', '/other')).once('error', reject)
      }),
    ).rejects.toThrow('403')
  })

  it('loses a post before $connect has returned', async () => {
    const { socket, texts } = await connect('?early=early-one')

    expect((await notesOf(engine, 'early-one'))[0]).toMatchObject({ early: 'GoneException' })
    expect(texts).toEqual([])
    socket.close()
  })

  it('handles the messages of one connection side by side', async () => {
    const { socket, received } = await connect()
    // Each is answered only when all three have begun.
    for (const name of ['meet 1', 'meet 2', 'meet 3']) socket.send(name)

    await eventually(() => expect(received).toHaveLength(3))
    socket.close()
  })

  it('tells the client when a function fails', async () => {
    const { socket, received } = await connect()
    socket.send('throw')
    await eventually(() => expect(received).toHaveLength(1))

    expect(received[0]).toMatchObject({ message: 'Internal server error' })
    socket.close()
  })

  it('runs $disconnect, and then the connection is gone', async () => {
    const client = await connect()
    const connectionId = await connectionIdOf(client)
    client.socket.close(4000, 'enough')

    await eventually(async () => {
      expect((await notesOf(engine, connectionId))[0]).toMatchObject({
        SK: 'disconnected',
        context: { disconnectStatusCode: 4000, disconnectReason: 'enough' },
      })
    })
    const post = management.send(
      new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'late' }),
    )
    await expect(post).rejects.toMatchObject({ name: 'GoneException' })
  })

  it('posts to a connection and deletes it from outside', async () => {
    const client = await connect()
    const ConnectionId = await connectionIdOf(client)
    await management.send(new PostToConnectionCommand({ ConnectionId, Data: '안녕' }))
    await eventually(() => expect(client.texts).toContain('안녕'))
    const large = new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(128 * 1024 + 1) })
    await expect(management.send(large)).rejects.toMatchObject({ name: 'PayloadTooLargeException' })
    await management.send(new DeleteConnectionCommand({ ConnectionId }))

    expect(await client.closed).toBe(1001)
  })

  it('closes a connection that sends too large a frame, or binary', async () => {
    const largest = await connect()
    largest.socket.send('x'.repeat(32 * 1024))
    await eventually(() => expect(largest.received).toHaveLength(1))
    largest.socket.send('x'.repeat(32 * 1024 + 1))
    const binary = await connect()
    binary.socket.send(Buffer.from('binary'))
    const long = await connect()
    for (let part = 0; part < 5; part += 1) {
      long.socket.send('x'.repeat(32 * 1024), { fin: part === 4 })
    }

    expect(await largest.closed).toBe(1009)
    expect(await binary.closed).toBe(1003)
    expect(await long.closed).toBe(1009)
    expect(largest.received).toHaveLength(1)
  })
})

describe('the management API', () => {
  interface Unsigned {
    method: string
    body?: string
  }
  const target = { 'x-amz-target': 'AWSStepFunctions.ListExecutions' }
  const refusals = [
    ['no signature', 'MissingAuthenticationTokenException', async () => ({})],
    ['any header', 'AccessDenied', async () => ({ authorization: 'x' })],
    [
      'the signature of another key',
      'InvalidAccessKeyId',
      (url: string, request: Unsigned) =>
        signedHeaders('states', url, request, { accessKeyId: 'test', secretAccessKey: 'test' }),
    ],
    [
      'the signature of another secret',
      'SignatureDoesNotMatch',
      (url: string, request: Unsigned) =>
        signedHeaders('states', url, request, { ...engine.credentials, secretAccessKey: 'test' }),
    ],
  ] as const

  it.each(refusals)('refuses what comes with %s: %s', async (_, code, sign) => {
    const control = new URL(engine.endpoints.sfn).origin
    for (const [path, request] of [
      ['/states', { method: 'POST', body: '{}' }],
      ['/events', { method: 'POST', body: '{"Entries":[]}' }],
      ['/_sockets/Sockets/live/@connections/any', { method: 'DELETE' }],
    ] as const) {
      const url = `${control}${path}`
      const headers = { ...target, ...(await sign(url, request)) }
      const response = await fetch(url, { ...request, headers })
      expect(response.status, path).toBe(403)
      expect(response.headers.get('x-amzn-errortype'), path).toBe(code)
    }
  })
})

describe('frame sizes', () => {
  it('are read however the bytes are cut', () => {
    const frame = (length: number, masked: boolean) => {
      const extended =
        length < 126
          ? []
          : length < 65_536
            ? [length >> 8, length & 255]
            : [0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255]
      const short = length < 126 ? length : length < 65_536 ? 126 : 127
      const header = [
        0x81,
        short | (masked ? 0x80 : 0),
        ...extended,
        ...(masked ? [1, 2, 3, 4] : []),
      ]
      return [...header, ...Array<number>(length).fill(0x81)]
    }
    const bytes = [
      ...frame(5, true),
      ...frame(0, true),
      ...frame(300, false),
      ...frame(70_000, true),
      ...frame(9, true),
    ]
    for (const step of [1, 3, 1000, bytes.length]) {
      const sizes = new FrameSizes()
      for (let at = 0; at < bytes.length; at += step) {
        sizes.read(Uint8Array.from(bytes.slice(at, at + step)))
      }
      expect(sizes.largest).toBe(70_000)
    }
  })
})
