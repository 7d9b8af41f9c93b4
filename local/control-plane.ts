import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { AwsError } from './aws/aws-error.ts'
import { type AwsOperations, answerAws } from './aws/aws-json.ts'
import { checkHeader } from './aws/signature.ts'
import type { ControlAnswer, ControlCall } from './functions/messages.ts'
import { RequestTooLarge, readBody } from './http/http-request.ts'
import type { ServerHandlers } from './http/local-server.ts'
import { manageConnection } from './sockets/connections-endpoint.ts'
import { refuseUpgrade, type SocketApi } from './sockets/socket-api.ts'

/** Paths of the services on the control plane's origin. */
export const controlPaths = { sfn: '/states', eventbridge: '/events' } as const

const maximumBytes = 2 * 1024 * 1024

const tooLarge: ControlAnswer = { status: 413, headers: {}, body: '' }

const refused = (status: number, __type: string, message?: string): ControlAnswer => ({
  status,
  headers: { 'x-amzn-errortype': __type },
  body: JSON.stringify({ __type, message }),
})

/** The whole of a request, signed with the engine's credentials. @throws RequestTooLarge, AwsError */
const readSigned = async (request: IncomingMessage): Promise<ControlCall> => {
  const { method = '', url = '/' } = request
  const body = await readBody(request, maximumBytes)
  if (request.headers.authorization !== undefined) {
    await checkHeader({ method, url, headers: request.headers }, body)
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value ?? ''].flat().join()]),
  )
  return { method, path: url, headers, body: body.toString('utf8') }
}

/**
 * The AWS APIs that the engine itself provides. They are not on the public origin. What comes over the network has
 * to be signed with the engine's credentials; the engine's own threads hand their calls over, and are trusted.
 */
export class ControlPlane implements ServerHandlers {
  readonly #services: ReadonlyMap<string, AwsOperations>
  /** By what the paths of their connections begin with. */
  readonly #sockets: readonly { prefix: string; api: SocketApi }[]

  constructor(states: AwsOperations, events: AwsOperations, sockets: readonly SocketApi[]) {
    this.#services = new Map([
      [controlPaths.sfn, states],
      [controlPaths.eventbridge, events],
    ])
    this.#sockets = sockets.flatMap((api) =>
      api.stages.map((stage) => ({ prefix: `${api.path}/${stage}/@connections/`, api })),
    )
  }

  /** Answers a call of a function, which its thread hands over. Never rejects. */
  answer(call: ControlCall): ControlAnswer | Promise<ControlAnswer> {
    const path = call.path.split('?', 1)[0]?.replace(/\/$/, '') ?? ''
    if (call.headers.authorization === undefined) {
      return refused(403, 'MissingAuthenticationTokenException')
    }
    const operations = this.#services.get(path)
    if (operations) {
      if (Buffer.byteLength(call.body) > maximumBytes) return tooLarge
      return answerAws(call, operations)
    }
    const found = this.#sockets.find(({ prefix }) => path.startsWith(prefix))
    if (!found) return { status: 404, headers: {}, body: '' }
    return manageConnection(found.api, decoded(path.slice(found.prefix.length)), call)
  }

  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await this.#answerTo(request)
    response.writeHead(status, headers).end(body)
  }

  async #answerTo(request: IncomingMessage): Promise<ControlAnswer> {
    try {
      return await this.answer(await readSigned(request))
    } catch (error) {
      if (error instanceof RequestTooLarge) return tooLarge
      if (error instanceof AwsError) return refused(error.status, error.code, error.message)
      throw error
    }
  }

  async upgrade(_request: IncomingMessage, stream: Duplex): Promise<void> {
    refuseUpgrade(stream, 403)
  }
}

/** No connection has an id that cannot be decoded. */
const decoded = (id: string): string => {
  try {
    return decodeURIComponent(id)
  } catch {
    return ''
  }
}
