import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type AwsOperations, answerAws } from './aws/aws-json.ts'
import { readBody } from './http/http-request.ts'
import type { ServerHandlers } from './http/local-server.ts'
import { manageConnection } from './sockets/connections-endpoint.ts'
import { refuseUpgrade, type SocketApi } from './sockets/socket-api.ts'

/** Paths of the services on the control plane's origin. */
export const controlPaths = { sfn: '/states', eventbridge: '/events' } as const

const maximumBytes = 2 * 1024 * 1024

/**
 * The AWS APIs that the engine itself provides. They are not on the public origin, and they want the
 * header that every AWS client sends and that a page of another site cannot send unasked.
 */
export class ControlPlane implements ServerHandlers {
  readonly #services: ReadonlyMap<string, AwsOperations>
  readonly #sockets: readonly SocketApi[]

  constructor(states: AwsOperations, events: AwsOperations, sockets: readonly SocketApi[]) {
    this.#services = new Map([
      [controlPaths.sfn, states],
      [controlPaths.eventbridge, events],
    ])
    this.#sockets = sockets
  }

  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0]?.replace(/\/$/, '') ?? ''
    if (request.headers.authorization === undefined) {
      const __type = 'MissingAuthenticationTokenException'
      response.writeHead(403, { 'x-amzn-errortype': __type }).end(JSON.stringify({ __type }))
      return
    }
    const operations = this.#services.get(path)
    if (operations) {
      return await answerAws(request, await readBody(request, maximumBytes), response, operations)
    }
    for (const api of this.#sockets) {
      const stage = api.stages.find((name) => path.startsWith(`${api.path}/${name}/@connections/`))
      if (stage === undefined) continue
      const id = decodeURIComponent(path.slice(`${api.path}/${stage}/@connections/`.length))
      return await manageConnection(api, id, request, response)
    }
    response.writeHead(404).end()
  }

  async upgrade(_request: IncomingMessage, stream: Duplex): Promise<void> {
    refuseUpgrade(stream, 403)
  }
}
