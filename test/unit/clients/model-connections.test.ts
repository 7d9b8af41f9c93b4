import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setImmediate as afterEvents } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openModel } from '../../../shared/clients/openai/model.ts'
import {
  createModelConnections,
  type ModelConnections,
} from '../../../shared/clients/openai/model-connections.ts'
import { pause } from '../../../shared/platform/pause.ts'
import { eventually } from '../../support/limits/eventually.ts'
import { isFullLength } from '../../support/limits/run-length.ts'
import { responsesEvents } from '../../support/model-server/dialect-events.ts'
import { asStream } from '../../support/model-server/raw-server.ts'

/** What the server does with a request that has come whole. */
type Behaviour = (response: ServerResponse, request: IncomingMessage) => void

const answers: Behaviour = (response) =>
  void response.end(asStream(responsesEvents({ text: 'Hello.' })))
const begins: Behaviour = (response) => response.flushHeaders()

let behave: Behaviour
/** What the server says of its connections. */
let said: Record<string, string> = {}
let requests = 0
/** The server's side of the connections, in the order in which they were opened. */
let opened: Socket[] = []

const server = createServer((request, response) => {
  request.resume().once('end', () => {
    requests += 1
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      connection: 'keep-alive',
      ...said,
    })
    behave(response, request)
  })
})
server.keepAliveTimeout = 0
server.on('connection', (socket) => opened.push(socket))
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
beforeEach(() => {
  behave = answers
  said = {}
  requests = 0
  opened = []
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
})

const address = () => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`)

const post = (connections: ModelConnections, signal?: AbortSignal) =>
  connections.post(address(), { headers: new Headers(), body: '{}', signal })

/** Reads an answer, behind which its connection waits for the next request. */
const read = async (answer: IncomingMessage): Promise<void> => {
  for await (const _ of answer) {
    // Its end alone matters.
  }
  await afterEvents()
}

const exchange = async (connections: ModelConnections, signal?: AbortSignal): Promise<void> =>
  read(await post(connections, signal))

const open = (apiKey: () => Promise<string> = async () => 'k') =>
  openModel({ apiKey, baseUrl: address().href })

const asked = { model: 'm', instructions: '', messages: [] }
const ask = async (model: ReturnType<typeof open>): Promise<string> => {
  let answer = ''
  for await (const event of await model.stream(asked, new AbortController().signal)) {
    if (event.type === 'text') answer += event.text
  }
  return answer
}

describe('a model that was prepared', () => {
  test('has its connection and its key before the first call', async () => {
    let keys = 0
    const model = open(async () => {
      keys += 1
      return 'k'
    })
    model.prepare()
    model.prepare()
    await eventually(() => expect(opened).toHaveLength(1))
    expect(await ask(model)).toBe('Hello.')
    expect({ connections: opened.length, keys }).toEqual({ connections: 1, keys: 1 })
  })

  test('reports no failure: the call does', async () => {
    let isBroken = true
    const model = open(async () => {
      if (isBroken) throw new Error('no key')
      return 'k'
    })
    model.prepare()
    await expect(ask(model)).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' })
    isBroken = false
    expect(await ask(model)).toBe('Hello.')

    const unreachable = openModel({ apiKey: async () => 'k', baseUrl: 'http://127.0.0.1:1/v1' })
    unreachable.prepare()
    await expect(ask(unreachable)).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: true,
    })
  })
})

describe('connections', () => {
  test('serve requests that come one behind the other, and none is opened ahead while one waits', async () => {
    const connections = createModelConnections(address())
    for (let request = 0; request < 3; request += 1) {
      await exchange(connections)
      connections.openAhead(address())
    }
    expect(opened).toHaveLength(1)
  })

  test('are as many as requests that come side by side', async () => {
    const connections = createModelConnections(address())
    connections.openAhead(address())
    await Promise.all([exchange(connections), exchange(connections), exchange(connections)])
    expect(opened).toHaveLength(3)
  })

  test('are left alone by the signal of a request that they served before', async () => {
    const connections = createModelConnections(address())
    const ending = new AbortController()
    await exchange(connections, ending.signal)
    behave = begins
    const answer = await post(connections)
    ending.abort(new Error('late'))
    await afterEvents()
    expect(answer.destroyed).toBe(false)
    expect(opened).toHaveLength(1)
    answer.destroy()
  })

  test('leave no error behind when an answer is given up before it was read', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown): void => void unhandled.push(error)
    process.on('uncaughtException', note)
    try {
      const connections = createModelConnections(address())
      behave = begins
      const ending = new AbortController()
      const answer = await post(connections, ending.signal)
      const closed = new Promise((resolve) => answer.once('close', resolve))
      ending.abort(new Error('enough'))
      await closed
      await eventually(() => expect(opened[0]?.destroyed).toBe(true))
      expect(unhandled).toEqual([])
    } finally {
      process.off('uncaughtException', note)
    }
  })

  test.runIf(isFullLength)('outlive the pause between two messages', async () => {
    const connections = createModelConnections(address())
    await exchange(connections)
    await pause(6_000)
    await exchange(connections)
    expect(opened).toHaveLength(1)
  })
})

describe('a connection that waited for longer than is trusted, as in a frozen function', () => {
  test.each([
    ['that served a request', exchange],
    [
      'that was opened ahead',
      async (connections: ModelConnections) => {
        connections.openAhead(address())
        await eventually(() => expect(opened).toHaveLength(1))
      },
    ],
  ])('is not used: one %s', async (_, begin) => {
    let now = 0
    const connections = createModelConnections(address(), () => now)
    await begin(connections)
    now = 59_999
    await exchange(connections)
    expect(opened).toHaveLength(1)
    now += 60_000
    await exchange(connections)
    expect(opened).toHaveLength(2)
    await eventually(() => expect(opened[0]?.destroyed).toBe(true))
  })

  test('is replaced ahead of the request', async () => {
    let now = 0
    const connections = createModelConnections(address(), () => now)
    await exchange(connections)
    now = 60_000
    connections.openAhead(address())
    await eventually(() => expect(opened).toHaveLength(2))
    await exchange(connections)
    expect(opened).toHaveLength(2)
  })

  test('waits no longer than the server says that it does', async () => {
    let now = 0
    const connections = createModelConnections(address(), () => now)
    said = { 'keep-alive': 'timeout=5' }
    await exchange(connections)
    now = 5_000
    await exchange(connections)
    expect(opened).toHaveLength(2)
  })

  test('does not stand in the way of one that waits longer', async () => {
    let now = 0
    const connections = createModelConnections(address(), () => now)
    const first = await post(connections)
    said = { 'keep-alive': 'timeout=5' }
    const second = await post(connections)
    await read(first)
    await read(second)
    now = 5_000
    await exchange(connections)
    expect(opened).toHaveLength(2)
  })
})

describe('a request whose kept connection breaks before an answer began', () => {
  test('is not sent again, since it may have arrived, and the next one has a new connection', async () => {
    const connections = createModelConnections(address())
    await Promise.all([exchange(connections), exchange(connections)])
    expect(opened).toHaveLength(2)
    const old = new Set(opened)
    behave = (response, request) =>
      old.has(request.socket) ? void request.socket.destroy() : answers(response, request)
    await expect(post(connections)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(requests).toBe(3)
    await exchange(connections)
    expect({ requests, connections: opened.length }).toEqual({ requests: 4, connections: 3 })
  })
})
