import { once } from 'node:events'
import { createServer as createHttp, type IncomingMessage } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

interface Received {
  headers: Record<string, string>
  body: string
}

/** A receiver of webhooks on this machine, which answers what the test says. */
export interface Receiver {
  url: string
  received: Received[]
  /** Statuses of the next answers, in order; 204 when there is none left. */
  answer(...statuses: number[]): void
  stop(): Promise<void>
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** @param tls a key and a certificate, with which it speaks https */
export const startReceiver = async (tls?: { key: string; cert: string }): Promise<Receiver> => {
  const received: Received[] = []
  const statuses: number[] = []
  const take = async (request: IncomingMessage): Promise<number> => {
    const body = await bodyOf(request)
    received.push({ headers: request.headers as Record<string, string>, body })
    return statuses.shift() ?? 204
  }
  const server = tls ? createHttps(tls) : createHttp()
  server.on('request', async (request, response) => {
    const status = await take(request)
    const upgrade = status === 101 && { connection: 'Upgrade', upgrade: 'websocket' }
    response.writeHead(status, { location: '/elsewhere', ...upgrade }).end('Thank you.')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://hooks.localhost:${port}/studio`,
    received,
    answer: (...next) => {
      statuses.push(...next)
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/**
 * What a receiver reads of a request, by the library of the specification's authors.
 * @throws when the signature does not fit, or is too old
 */
export const verified = (secret: string, { headers, body }: Received) =>
  new Webhook(secret).verify(body, headers) as { type: string; data: Record<string, unknown> }
