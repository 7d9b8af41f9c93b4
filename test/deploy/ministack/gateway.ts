import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface Gateway {
  /** `http://127.0.0.1:<port>`. */
  origin: string
  stop(): Promise<void>
}

/**
 * Stands where TLS ends in front of AWS: passes everything on to MiniStack, sockets too, and says that it
 * came over TLS. Without that, IAM denies what buckets and queues deny by `aws:SecureTransport`. The
 * header is not signed, and the host that is signed stays.
 */
export const startGateway = async (targetPort: number): Promise<Gateway> => {
  const sockets = new Set<Socket>()
  const server = createServer((incoming, response) => forward(targetPort, incoming, response))
  server.requestTimeout = 0
  server.keepAliveTimeout = 75_000
  server.on('upgrade', (incoming: IncomingMessage, stream: Socket, head: Buffer) => {
    const upstream = connect(targetPort, '127.0.0.1')
    for (const socket of [stream, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        stream.destroy()
        upstream.destroy()
      })
    }
    upstream.write(`GET ${incoming.url} HTTP/1.1\r\n${rawHeaders(incoming)}\r\n\r\n`)
    upstream.write(head)
    stream.pipe(upstream).pipe(stream)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

const overTls = { 'x-forwarded-proto': 'https' } as const

const rawHeaders = ({ headersDistinct }: IncomingMessage): string =>
  Object.entries({ ...headersDistinct, 'x-forwarded-proto': [overTls['x-forwarded-proto']] })
    .flatMap(([name, values = []]) => values.map((value) => `${name}: ${value}`))
    .join('\r\n')

const forward = (port: number, incoming: IncomingMessage, response: ServerResponse): void => {
  const outgoing = request(
    {
      host: '127.0.0.1',
      port,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, ...overTls },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    },
  )
  const cut = (): void => void (response.headersSent ? response.destroy() : refuse(response))
  outgoing.on('error', cut)
  // The caller has gone: what it asked for may go on, as on AWS, but nothing reads the answer.
  response.on('close', () => outgoing.destroy())
  incoming.on('error', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

const refuse = (response: ServerResponse): void => {
  response.writeHead(502, { 'content-type': 'text/plain' }).end('MiniStack does not answer.')
}
