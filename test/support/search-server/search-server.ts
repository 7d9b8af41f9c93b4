import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request to a provider's stub, as it was received. */
export interface SearchCallSeen {
  method: string
  /** Without the query. */
  path: string
  query: Record<string, string>
  headers: IncomingMessage['headers']
  body: unknown
}

/** An answer of a stub; nothing at all when it is `silence`. */
export type SearchAnswer =
  | { status?: number; headers?: Record<string, string>; body: unknown }
  | 'silence'

export interface SearchServer {
  /** What a provider's `…_URL` has to be. */
  url: string
  calls: SearchCallSeen[]
  /** Answers every call from now on. */
  respond(answer: (call: SearchCallSeen) => SearchAnswer | Promise<SearchAnswer>): void
  reset(): void
  stop(): Promise<void>
}

/** A body that is no JSON as it is: older APIs of AWS send forms. */
const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

const read = async (request: IncomingMessage): Promise<SearchCallSeen> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub')
  const body = await text(request)
  return {
    method: request.method ?? '',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: request.headers,
    body: body === '' ? undefined : parsed(body),
  }
}

const unscripted: SearchAnswer = { status: 404, body: { message: 'Nothing is scripted here.' } }

/** One server that can be any of the search providers, by the paths that they use. */
export const startSearchServer = async (): Promise<SearchServer> => {
  const calls: SearchCallSeen[] = []
  let respond: Parameters<SearchServer['respond']>[0] = () => unscripted
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await read(request)
    calls.push(call)
    const answer = await respond(call)
    if (answer === 'silence') return
    const { status = 200, headers = {}, body } = answer
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    respond(answer) {
      respond = answer
    },
    reset() {
      calls.length = 0
      respond = () => unscripted
    },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
