import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as bodyText } from 'node:stream/consumers'

type Json = Record<string, unknown>

/** One answer, byte for byte. */
export interface RawAnswer {
  status?: number
  headers?: Record<string, string>
  /** Written one after another. */
  chunks: (string | Uint8Array)[]
  /** How the connection ends; properly when left out. */
  ending?: 'cut' | 'stall'
}

export interface RawCall {
  path: string
  body: Json
}

/** A server of any dialect: a test gives its answers as bytes. */
export interface RawServer {
  /** What `OPENAI_BASE_URL` has to be. */
  url: string
  calls: RawCall[]
  respond(answer: (call: RawCall, number: number) => RawAnswer | Promise<RawAnswer>): void
  stop(): Promise<void>
}

/** A JSON answer in one piece. */
export const jsonAnswer = (
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): RawAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  chunks: [JSON.stringify(body)],
})

export interface Framing {
  /** `event:` lines before the data. */
  names?: boolean
  /** `[DONE]` at the end. */
  done?: boolean
  lineEnd?: '\n' | '\r\n'
}

/** Events as the text of a stream. */
export const asStream = (
  events: readonly Json[],
  { names = false, done = false, lineEnd = '\n' }: Framing = {},
): string => {
  const lines = events.flatMap((event) => [
    ...(names && typeof event.type === 'string' ? [`event: ${event.type}`] : []),
    `data: ${JSON.stringify(event)}`,
    '',
  ])
  return [...lines, ...(done ? ['data: [DONE]', ''] : []), ''].join(lineEnd)
}

export const streamAnswer = (events: readonly Json[], framing?: Framing): RawAnswer => ({
  chunks: [asStream(events, framing)],
})

export const sendRaw = async (
  { status = 200, headers, chunks, ending }: RawAnswer,
  response: ServerResponse,
): Promise<void> => {
  response.writeHead(status, { 'content-type': 'text/event-stream', ...headers })
  for (const chunk of chunks) {
    if (!response.write(chunk)) await once(response, 'drain')
  }
  if (ending === 'cut') response.destroy()
  else if (ending === undefined) response.end()
}

/** Starts a server on any free port of 127.0.0.1. */
export const startRawServer = async (): Promise<RawServer> => {
  const calls: RawCall[] = []
  let answerTo: (call: RawCall, number: number) => RawAnswer | Promise<RawAnswer> = () =>
    jsonAnswer({ error: { message: 'Nothing is scripted.' } }, 404)
  const server = createServer(async (request, response) => {
    const text = await bodyText(request)
    const call = { path: request.url ?? '', body: text === '' ? {} : JSON.parse(text) }
    calls.push(call)
    await sendRaw(await answerTo(call, calls.length), response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    respond(answer) {
      calls.length = 0
      answerTo = answer
    },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
