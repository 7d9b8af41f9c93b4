import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { streamRoutes } from '../../../lib/stream-url.ts'
import { frontDoorHeaders } from '../../../shared/contracts/http/headers.ts'
import { pathPattern, type Route } from '../../../shared/contracts/http/route.ts'
import { routes } from '../../../shared/contracts/http.ts'
import type { OnMinistack } from '../deployed.ts'

export interface FrontDoor {
  origin: string
  stop(): Promise<void>
}

const matches = (among: readonly Pick<Route, 'path' | 'method'>[]) => {
  const patterns = among.map(({ path }) => pathPattern({ path } as Route))
  return (path: string): boolean => patterns.some((pattern) => pattern.test(path))
}
const streams = matches(streamRoutes)
const known = matches(Object.values(routes))

const idIn = (url: string): string => new URL(url).host.split('.')[0] ?? ''

/**
 * The deployment's one origin. Requests go to the emulator's own distribution, and through it to the
 * console and to the function URL; those of the HTTP API, which it does not reach, go there directly with
 * what the distribution adds: the proof in the stack's id, and the viewer's address.
 */
export const startFrontDoor = async (
  { endpoint, outputs, stackId }: Pick<OnMinistack, 'endpoint' | 'outputs' | 'stackId'>,
  reachesApi: boolean,
): Promise<FrontDoor> => {
  const { port } = new URL(endpoint)
  const apiRoot = `/_aws/execute-api/${idIn(outputs.HttpUrl)}/$default`
  const distribution = new URL(outputs.Url).host
  const proof = stackId.split('/')[2] ?? ''
  const serve = (incoming: IncomingMessage, response: ServerResponse): void => {
    const [path = '/'] = (incoming.url ?? '/').split('?')
    const isApi = !reachesApi && known(path) && !streams(path)
    const { remoteAddress, remotePort } = incoming.socket
    const added = isApi
      ? {
          host: `127.0.0.1:${port}`,
          [frontDoorHeaders.proof]: proof,
          'cloudfront-viewer-address': `${remoteAddress}:${remotePort}`,
        }
      : { host: distribution }
    const outgoing = request(
      {
        ...{ host: '127.0.0.1', port, method: incoming.method },
        path: `${isApi ? apiRoot : ''}${incoming.url}`,
        headers: { ...incoming.headers, ...added },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        answer.on('error', () => response.destroy())
      },
    )
    outgoing.on('error', () => response.destroy())
    response.on('close', () => outgoing.destroy())
    incoming.pipe(outgoing)
  }
  const server = createServer(serve)
  server.requestTimeout = 0
  server.keepAliveTimeout = 75_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
