import { randomBytes, randomUUID } from 'node:crypto'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import * as z from 'zod'
import type { LocalFunctions } from '../functions/functions.ts'
import { type Route, routesOf } from '../routes/route-target.ts'
import { socketPath } from '../template/origins.ts'
import { apiHost } from '../template/physical-names.ts'
import type { Resolver } from '../template/resolver.ts'
import { Connection, socketLimits } from './connection.ts'
import {
  type ConnectionFacts,
  connectEvent,
  disconnectEvent,
  messageEvent,
} from './socket-event.ts'

const apiSchema = z.object({ RouteSelectionExpression: z.string().default('') })
const stageSchema = z.object({ ApiId: z.string(), StageName: z.string() })

const connectResultSchema = z.looseObject({
  statusCode: z.coerce.number(),
  headers: z.record(z.string(), z.coerce.string()).nullish(),
})
const routeResultSchema = z.looseObject({ body: z.string() })

/** API Gateway's longest wait for a function, in milliseconds. */
const longestMilliseconds = 29_000

/** One WebSocket API of the template. */
export class SocketApi {
  /** The host name that the template gives it. */
  readonly host: string
  /** Where it is served here: this path and the stage. */
  readonly path: string
  readonly logicalId: string
  readonly stages: string[]
  /** Open connections by id. */
  readonly connections = new Map<string, Connection>()
  readonly #id: string
  readonly #selection: string[]
  readonly #routes: ReadonlyMap<string, Route>
  readonly #protocols = new WeakMap<IncomingMessage, string>()
  readonly #server: WebSocketServer

  constructor(
    resolver: Resolver,
    logicalId: string,
    functions: LocalFunctions,
    notEmulated: (line: string) => void,
  ) {
    this.host = apiHost(logicalId)
    this.logicalId = logicalId
    this.path = socketPath(logicalId)
    this.#id = resolver.reference(logicalId)
    this.stages = resolver
      .resources('AWS::ApiGatewayV2::Stage')
      .map(([stageId]) => resolver.properties(stageId, stageSchema))
      .filter((stage) => stage.ApiId === this.#id)
      .map((stage) => stage.StageName)
    const { RouteSelectionExpression: expression } = resolver.properties(logicalId, apiSchema)
    this.#selection = /^\$\{?request\.body\.([\w.]+)\}?$/.exec(expression)?.[1]?.split('.') ?? []
    if (this.#selection.length === 0) {
      notEmulated(`AWS::ApiGatewayV2::Api with route selection ${expression} (${logicalId})`)
    }
    const routes = routesOf(resolver, this.#id, { functions, payloadFormat: '1.0', notEmulated })
    this.#routes = new Map(routes.map((route) => [route.routeKey, route]))
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: socketLimits.messageBytes,
      handleProtocols: (_offered, request) => this.#protocols.get(request) ?? false,
    })
  }

  /** Opens a connection when `$connect` agrees, and refuses the upgrade with its status otherwise. */
  async upgrade(
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    stage: string,
  ): Promise<void> {
    stream.on('error', () => stream.destroy())
    const facts: ConnectionFacts = {
      // API Gateway's ids end with a character that a path must escape; so do these.
      connectionId: `${randomBytes(11).toString('base64url')}=`,
      connectedAt: Date.now(),
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
      apiId: this.#id,
      stage,
      domainName: this.host,
    }
    const status = await this.#connect(request, facts)
    if (status < 200 || status > 299) return refuseUpgrade(stream, status)
    if (stream.destroyed) return this.#disconnected(facts, 1006, 'Client-side close frame not set')
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#open(socket, stream, facts))
  }

  /** Closes every connection and waits a moment for their clients. */
  async close(): Promise<void> {
    for (const connection of this.connections.values()) connection.close()
    const deadline = Date.now() + 500
    while (this.connections.size > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    for (const connection of this.connections.values()) connection.terminate()
  }

  async #connect(request: IncomingMessage, facts: ConnectionFacts): Promise<number> {
    const route = this.#routes.get('$connect')
    if (!route) return 200
    const payload = await invoke(route, connectEvent(facts, request)).catch(() => undefined)
    const result = connectResultSchema.safeParse(payload)
    if (!result.success) return 500
    for (const [name, value] of Object.entries(result.data.headers ?? {})) {
      if (name.toLowerCase() === 'sec-websocket-protocol') this.#protocols.set(request, value)
    }
    return result.data.statusCode
  }

  #open(socket: WebSocket, stream: Duplex, facts: ConnectionFacts): void {
    const connection = new Connection(socket, stream, facts, {
      message: (body) => void this.#message(connection, body),
      close: (code, reason) => {
        this.connections.delete(facts.connectionId)
        this.#disconnected(facts, code, reason)
      },
    })
    this.connections.set(facts.connectionId, connection)
  }

  /** Messages of one connection are handled side by side, in no order, as on AWS. */
  async #message(connection: Connection, body: string): Promise<void> {
    const { facts } = connection
    const selected = this.#select(body)
    const routeKey = this.#routes.has(selected) ? selected : '$default'
    const route = this.#routes.get(routeKey)
    const requestId = randomUUID()
    const complain = (message: string) => {
      connection.send(JSON.stringify({ message, connectionId: facts.connectionId, requestId }))
    }
    if (!route) return complain('Forbidden')
    try {
      const payload = await invoke(route, messageEvent(facts, routeKey, body, requestId))
      const result = route.responds ? routeResultSchema.safeParse(payload) : undefined
      if (result?.success) connection.send(result.data.body)
    } catch (error) {
      complain(error instanceof TooSlow ? 'Endpoint request timed out' : 'Internal server error')
    }
  }

  #disconnected(facts: ConnectionFacts, code: number, reason: string): void {
    const route = this.#routes.get('$disconnect')
    if (route) invoke(route, disconnectEvent(facts, code, reason)).catch(() => {})
  }

  /** The route key in the body of a message; API Gateway's own routes cannot be chosen. */
  #select(body: string): string {
    try {
      let value: unknown = JSON.parse(body)
      for (const field of this.#selection)
        value = z.record(z.string(), z.unknown()).parse(value)[field]
      return typeof value === 'string' && !value.startsWith('$') ? value : '$default'
    } catch {
      return '$default'
    }
  }
}

class TooSlow extends Error {}

const invoke = async (route: Route, event: object): Promise<unknown> => {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const milliseconds = Math.min(route.target.timeoutMilliseconds, longestMilliseconds)
  const timer = setTimeout(() => reject(new TooSlow()), milliseconds)
  const invocation = route.target.fn.invoke(event)
  invocation.catch(() => {})
  try {
    const outcome = await Promise.race([invocation, late])
    return outcome.streamed ? undefined : outcome.payload
  } finally {
    clearTimeout(timer)
  }
}

/** Answers an upgrade request with a plain response. */
export const refuseUpgrade = (stream: Duplex, status: number): void => {
  const body = JSON.stringify({ message: STATUS_CODES[status] ?? 'Internal server error' })
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
