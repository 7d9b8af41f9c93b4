import type { Readable } from 'node:stream'

/** As much of Fastify, which fauxqs runs on and brings along, as the engine touches. */
export interface FastifyInstance {
  listen(options: object): Promise<string>
  addHook(name: 'onRoute', hook: (route: Route) => void): void
  /** Resolves with the body to parse. */
  addHook(
    name: 'preParsing',
    hook: (request: Request, reply: Reply, payload: Readable) => Promise<Readable>,
  ): void
  /** What a hook returns that has answered is the reply, so that no other hook answers. */
  addHook(name: 'preHandler', hook: (request: Request, reply: Reply) => Promise<unknown>): void
  /** Resolves with the body to send. */
  addHook(
    name: 'onSend',
    hook: (request: Request, reply: Reply, payload: unknown) => Promise<unknown>,
  ): void
  addHook(name: 'onResponse', hook: (request: Request) => Promise<void>): void
  /** A request that goes past the network. */
  inject(request: {
    method: string
    url: string
    headers: Record<string, string>
    payload?: string
  }): Promise<{ statusCode: number; body: string }>
}

interface Route {
  url: string
  bodyLimit?: number
}

export interface Request {
  method: string
  /** Before anything rewrote it. */
  originalUrl: string
  headers: Readonly<Record<string, string | undefined>>
  params: Readonly<Record<string, string | undefined>>
  body: unknown
}

export interface Reply {
  readonly statusCode: number
  status(code: number): Reply
  header(name: string, value: string): Reply
  send(body: string): Reply
}
