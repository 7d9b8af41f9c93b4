import { createParser } from 'eventsource-parser'
import { beforeAll, describe, expect, it } from 'vitest'
import { chatRoutes } from '../../../shared/contracts/http/chat-routes.ts'
import { StreamReply } from '../../../shared/platform/http-answer.ts'
import { endpoint, keyedEndpoint } from '../../../shared/platform/http-handler.ts'
import { eventStream } from '../../../shared/platform/server-sent-events.ts'
import { streamHandler } from '../../../shared/platform/stream-handler.ts'
import {
  minuteLeft,
  provideStreaming,
  SlowReader,
  urlEvent,
} from '../../support/aws/function-url.ts'
import {
  createDeliveries,
  owner,
  sessionId,
} from '../../support/simulation/simulated-deliveries.ts'

beforeAll(provideStreaming)

const events = `/api/chat/session/${sessionId}/events`
const turnStream = `/api/chat/session/${sessionId}/message/stream`
const options = { identify: async () => owner }
/** Lets everything happen that needs no time. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
}

/** A handler whose log streams what `chunks` gives. */
const handlerOf = (chunks: AsyncIterable<string>, finished = Promise.resolve()) =>
  streamHandler(
    [
      endpoint(chatRoutes.listEvents, async ({ params }) => {
        return new StreamReply(chunks, { headers: { 'x-session': params.session_id }, finished })
      }),
    ],
    options,
  )

const open = (handler: ReturnType<typeof streamHandler>, event = urlEvent('GET', events)) => {
  const reader = new SlowReader()
  let returned = false
  const handled = Promise.resolve(handler(event, reader as never, minuteLeft)).finally(() => {
    returned = true
  })
  return { reader, handled, returned: () => returned }
}

async function* endless(pulled: { count: number }): AsyncGenerator<string> {
  for (;;) {
    pulled.count += 1
    yield 'x'.repeat(8 * 1024)
  }
}

describe('a handler that streams', () => {
  it('finds the route by method and path, and sends the head before the first event', async () => {
    const nothing = Promise.withResolvers<never>()
    async function* silent(): AsyncGenerator<string> {
      yield await nothing.promise
    }
    const { reader } = open(handlerOf(silent()))
    await settle()
    expect(reader.begun).toBe(true)
    expect(reader.head).toMatchObject({ statusCode: 200, headers: { 'x-session': sessionId } })
    expect(reader.head.headers?.['x-request-id']).toMatch(/^req_/)
  })

  it.each([
    ['POST', events, 405, 'METHOD_NOT_ALLOWED'],
    ['GET', `${events}/more`, 404, 'ROUTE_NOT_FOUND'],
    ['GET', `/before${events}`, 404, 'ROUTE_NOT_FOUND'],
    ['GET', '/api/chat/session//events', 404, 'ROUTE_NOT_FOUND'],
  ])('answers %s %s with a problem', async (method, path, statusCode, code) => {
    const { reader, handled } = open(handlerOf(endless({ count: 0 })), urlEvent(method, path))
    reader.hurry()
    await handled
    expect(reader.head).toMatchObject({
      statusCode,
      headers: {
        'content-type': expect.stringContaining('application/problem+json'),
        ...(statusCode === 405 ? { allow: 'GET, HEAD' } : {}),
      },
    })
    expect(JSON.parse(reader.text)).toMatchObject({ instance: path, error: { code } })
  })

  it('pulls no more from its source than its reader takes', async () => {
    const pulled = { count: 0 }
    const { reader } = open(handlerOf(endless(pulled)))
    await settle()
    expect(pulled.count).toBeLessThan(5)
    expect(reader.writableLength).toBeLessThan(64 * 1024)
    reader.destroy()
  })

  it('closes its source when the reader disconnects, and returns when the work is done', async () => {
    const pulled = { count: 0 }
    const work = Promise.withResolvers<void>()
    const { reader, handled, returned } = open(handlerOf(endless(pulled), work.promise))
    await settle()
    reader.destroy(new Error('The reader disconnected.'))
    await settle()
    const { count } = pulled
    expect(returned()).toBe(false)
    work.resolve()
    await handled
    expect(pulled.count).toBe(count)
  })

  it('breaks off when its source fails, so that the reader notices', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'half'
      throw new Error('The table is away.')
    }
    const { reader, handled } = open(handlerOf(broken()))
    reader.hurry()
    await expect(handled).rejects.toThrow('its line in the log tells more')
    expect(reader.writableEnded).toBe(false)
  })
})

/** A turn that appends 18 MB, and a handler that streams it. */
const longTurn = () => {
  const ended = Promise.withResolvers<void>()
  const { log, deliveries } = createDeliveries({
    turns: {
      async run(_, { onEvents } = {}) {
        const text = '가'.repeat(2000)
        onEvents?.(log.append({ type: 'turn.started', data: { turn: 1 } }), true)
        for (let count = 0; count < 3000; count += 1) {
          if (count % 100 === 0) await new Promise(setImmediate)
          onEvents?.(log.append({ data: { text, turn: 1, try: 1 } }), true)
        }
        onEvents?.(log.append({ type: 'turn.completed', data: { turn: 1 } }), true)
        ended.resolve()
        return {} as never
      },
    },
  })
  const handler = streamHandler(
    [
      keyedEndpoint(chatRoutes.streamMessage, async ({ params, principal, body }, once) => {
        const { message } = body
        const input = { sessionId: params.session_id, principal, message, input: 'text' as const }
        return eventStream(await deliveries.turn(input, once))
      }),
    ],
    options,
  )
  return { log, handler, ended: ended.promise }
}

describe('a turn whose reader is slow', () => {
  it('goes on to its end; the reader gets all of it later, from the log', async () => {
    const { log, handler, ended } = longTurn()
    const body = { message: '안녕하세요' }
    const { reader, handled } = open(handler, urlEvent('POST', turnStream, { body }))
    await ended
    expect(reader.writableLength).toBeLessThan(1024 * 1024)
    expect(log.reads()).toBe(0)
    reader.hurry()
    await handled
    const data: string[] = []
    createParser({ onEvent: (message) => data.push(message.data) }).feed(reader.text)
    expect(data).toEqual(log.entries.map((event) => JSON.stringify(event)))
    expect(log.reads()).toBeGreaterThan(0)
  })
})
