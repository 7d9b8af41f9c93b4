import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json as bodyJson } from 'node:stream/consumers'
import * as z from 'zod'
import type { Fields, ModelText } from './answer.ts'
import { type ChatDialect, chatChunks, chatCompletion } from './chat-dialect.ts'
import { type ResponsesDialect, responsesEvents } from './responses-dialect.ts'

/** One request to a stub, as it was received. */
export interface StubRequest {
  api: 'responses' | 'chat'
  body: Fields
  /** The name of the schema that was asked for, and the schema; undefined for prose. */
  format: { name: string; schema: Fields } | undefined
}

/** An error answer instead of a stream. */
export interface StubRefusal {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** How one server behaves, on the routes that it has. */
export interface ServerBehaviour {
  /** Path before `/responses` and `/chat/completions`; `/v1` when left out. */
  prefix?: string
  /** What it answers to a request that it does not take; it refuses before it looks for an answer. */
  refuse?(request: StubRequest): StubRefusal | undefined
  responses?: ResponsesDialect
  chat?: ChatDialect
  /** Whether streamed data come with `event:` lines, and end with `[DONE]`. */
  eventLines?: boolean
  done?: boolean
  /** False for a server that answers a request for a stream in one piece, over chat. */
  streams?: boolean
  /** What the server makes of the model's text before it sends it. */
  wrap?(text: string, request: StubRequest): string
  /** Whether the schema that is asked for is enforced, by route. */
  keepsSchema?: { responses?: boolean; chat?: boolean }
}

export interface StubServer {
  url: string
  requests: StubRequest[]
  stop(): Promise<void>
}

const Format = z.looseObject({
  name: z.string(),
  schema: z.record(z.string(), z.unknown()),
})
const Body = z.looseObject({
  model: z.string(),
  text: z.looseObject({ format: Format.optional().catch(undefined) }).optional(),
  response_format: z.looseObject({ json_schema: Format.optional() }).optional(),
})

const readRequest = async (
  api: StubRequest['api'],
  request: IncomingMessage,
): Promise<StubRequest> => {
  const body = Body.parse(await bodyJson(request))
  return { api, body, format: body.text?.format ?? body.response_format?.json_schema }
}

const send = (
  response: ServerResponse,
  events: Fields[],
  { eventLines, done }: { eventLines: boolean; done: boolean },
): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) {
    const line = eventLines && typeof event.type === 'string' ? `event: ${event.type}\n` : ''
    response.write(`${line}data: ${JSON.stringify(event)}\n\n`)
  }
  if (done) response.write('data: [DONE]\n\n')
  response.end()
}

const refuseRoute = (response: ServerResponse): void => {
  response.writeHead(404, { 'content-type': 'application/json' })
  response.end('{"detail":"Not Found"}')
}

/**
 * A server on loopback that behaves as a model server does, over a model that says what `answer` gives.
 */
export const startStubServer = async (
  behaviour: ServerBehaviour,
  answer: (request: StubRequest) => ModelText,
): Promise<StubServer> => {
  const requests: StubRequest[] = []
  const { prefix = '/v1', wrap = (text: string) => text } = behaviour

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.split('?')[0]
    const api =
      path === `${prefix}/responses` && behaviour.responses
        ? 'responses'
        : path === `${prefix}/chat/completions` && behaviour.chat
          ? 'chat'
          : undefined
    if (api === undefined) return refuseRoute(response)
    const seen = await readRequest(api, request)
    requests.push(seen)
    const refusal = behaviour.refuse?.(seen)
    if (refusal) {
      response.writeHead(refusal.status, { 'content-type': 'application/json', ...refusal.headers })
      response.end(JSON.stringify(refusal.body))
      return
    }
    const said = answer(seen)
    const text = { ...said, text: wrap(said.text, seen) }
    const model = String(seen.body.model)
    if (behaviour.streams === false) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(chatCompletion(model, text)))
      return
    }
    const events =
      api === 'responses'
        ? responsesEvents(model, text, behaviour.responses)
        : chatChunks(model, text, behaviour.chat)
    send(response, events, {
      eventLines: api === 'responses' && (behaviour.eventLines ?? true),
      done: behaviour.done ?? api === 'chat',
    })
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: String(error), type: 'stub_error' } }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    requests,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
