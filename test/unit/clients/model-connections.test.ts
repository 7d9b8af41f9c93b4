import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openModel } from '../../../shared/clients/openai/model.ts'
import { pause } from '../../../shared/platform/pause.ts'
import { eventually } from '../../support/limits/eventually.ts'
import { isFullLength } from '../../support/limits/run-length.ts'
import { responsesEvents } from '../../support/model-server/dialect-events.ts'
import { asStream } from '../../support/model-server/raw-server.ts'

/** Whether the server begins an answer and leaves it at that. */
let isSilent = false

/** A server that says nothing of how long it keeps connections, and counts them. */
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'keep-alive' })
    if (isSilent) response.flushHeaders()
    else response.end(asStream(responsesEvents({ text: 'Hello.' })))
  })
})
server.keepAliveTimeout = 0
let connections = 0
let closed = 0
server.on('connection', (socket) => {
  connections += 1
  socket.once('close', () => {
    closed += 1
  })
})
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
beforeEach(() => {
  connections = 0
  closed = 0
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
})

const open = (apiKey: () => Promise<string> = async () => 'k') => {
  const { port } = server.address() as AddressInfo
  return openModel({ apiKey, baseUrl: `http://127.0.0.1:${port}/v1` })
}
const asked = { model: 'm', instructions: '', messages: [] }
const ask = async (
  model: ReturnType<typeof open>,
  signal = new AbortController().signal,
): Promise<string> => {
  let answer = ''
  for await (const event of await model.stream(asked, signal)) {
    if (event.type === 'text') answer += event.text
  }
  return answer
}

test('a model that was prepared has its connection and its key before the first call', async () => {
  let keys = 0
  const model = open(async () => {
    keys += 1
    return 'k'
  })
  model.prepare()
  model.prepare()
  await eventually(() => expect(connections).toBe(1))
  expect(await ask(model)).toBe('Hello.')
  expect({ connections, keys }).toEqual({ connections: 1, keys: 1 })
})

test('calls one behind the other share a connection, and none is opened ahead while one is free', async () => {
  const model = open()
  for (let call = 0; call < 3; call += 1) {
    expect(await ask(model)).toBe('Hello.')
    // What is left of an answer is read behind its end.
    await pause(20)
    model.prepare()
  }
  expect(connections).toBe(1)
})

test('a connection is left alone by the signal of a call that it served before', async () => {
  const model = open()
  const ending = new AbortController()
  expect(await ask(model, ending.signal)).toBe('Hello.')
  await pause(20)
  isSilent = true
  await model.stream(asked, new AbortController().signal)
  ending.abort(new Error('late'))
  isSilent = false
  await pause(20)
  expect(connections).toBe(1)
  expect(closed).toBe(0)
})

test('calls side by side have a connection each', async () => {
  const model = open()
  model.prepare()
  expect(await Promise.all([ask(model), ask(model), ask(model)])).toEqual(Array(3).fill('Hello.'))
  expect(connections).toBe(3)
})

test('preparing reports no failure: the call does', async () => {
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
  await expect(ask(unreachable)).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
})

test('an answer that is given up before it was read leaves no error behind', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown): void => void unhandled.push(error)
  process.on('uncaughtException', note)
  try {
    const model = open()
    isSilent = true
    const ending = new AbortController()
    await model.stream(asked, ending.signal)
    ending.abort(new Error('enough'))
    await pause(20)
    expect(unhandled).toEqual([])
    isSilent = false
    expect(await ask(model)).toBe('Hello.')
  } finally {
    process.off('uncaughtException', note)
  }
})

test.runIf(isFullLength)('a connection outlives the pause between two messages', async () => {
  const model = open()
  await ask(model)
  await pause(6_000)
  await ask(model)
  expect(connections).toBe(1)
})
