/**
 * Runs in a function's thread. Its requests of the services that the engine itself provides, such as frames for
 * sockets, go over the thread's channel: those of one turn of the event loop are one message, where each would be a
 * request over the network of its own.
 */
import { EventEmitter } from 'node:events'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { Readable } from 'node:stream'
import type { ControlAnswer, ControlCall, NumberedAnswer, NumberedCall } from './messages.ts'

/** An answer, as far as clients read one of Node's. */
class ControlResponse extends Readable {
  readonly statusCode: number
  readonly statusMessage = ''
  readonly headers: Readonly<Record<string, string>>
  readonly #body: string

  constructor({ status, headers, body }: ControlAnswer) {
    super()
    this.statusCode = status
    this.headers = headers
    this.#body = body
  }

  override _read(): void {
    if (this.#body !== '') this.push(Buffer.from(this.#body))
    this.push(null)
  }
}

/** What a service of the engine looks at. */
const readHeaders = new Set(['authorization', 'content-type', 'x-amz-target'])

/**
 * A request, as far as clients use one of Node's, which there are a thousand of for one frame to a thousand sockets:
 * no stream, and no socket that could be slow or fail.
 */
class ControlRequest extends EventEmitter {
  readonly host: string
  readonly method: string
  readonly path: string
  destroyed = false
  readonly #headers = new Map<string, string>()
  readonly #chunks: Array<string | Uint8Array> = []
  readonly #send: (call: ControlCall) => Promise<ControlAnswer>

  constructor(
    { hostname, host, method, path, headers }: http.RequestOptions,
    send: (call: ControlCall) => Promise<ControlAnswer>,
  ) {
    super()
    this.host = hostname ?? host ?? ''
    this.method = method ?? 'GET'
    this.path = path ?? '/'
    this.#send = send
    for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, value)
  }

  getHeader(name: string): string | undefined {
    return this.#headers.get(name.toLowerCase())
  }

  setHeader(name: string, value: unknown): void {
    this.#headers.set(name.toLowerCase(), String(value))
  }

  setTimeout(): this {
    return this
  }

  write(chunk: string | Uint8Array): boolean {
    this.#chunks.push(chunk)
    return true
  }

  end(chunk?: unknown): this {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.write(chunk)
    void this.#call()
    return this
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this
    this.destroyed = true
    process.nextTick(() => {
      if (error) this.emit('error', error)
      this.emit('close')
    })
    return this
  }

  async #call(): Promise<void> {
    const { method, path } = this
    const headers = Object.fromEntries([...this.#headers].filter(([name]) => readHeaders.has(name)))
    const answer = await this.#send({ method, path, headers, body: this.#body() })
    if (this.destroyed) return
    const response = new ControlResponse(answer)
    response.once('close', () => this.destroy())
    this.emit('response', response)
  }

  #body(): string {
    const [only = ''] = this.#chunks
    if (this.#chunks.length <= 1 && typeof only === 'string') return only
    return Buffer.concat(this.#chunks.map((chunk) => Buffer.from(chunk))).toString('utf8')
  }
}

/** Numbers calls, and hands those of one turn of the event loop over together. */
export class ControlCalls {
  readonly #post: (calls: string) => void
  readonly #open = new Map<number, (answer: ControlAnswer) => void>()
  #queued: NumberedCall[] = []
  #last = 0

  constructor(post: (calls: string) => void) {
    this.#post = post
  }

  send(call: ControlCall): Promise<ControlAnswer> {
    if (this.#queued.length === 0) setImmediate(() => this.#flush())
    this.#last += 1
    const id = this.#last
    this.#queued.push({ ...call, id })
    return new Promise((resolve) => this.#open.set(id, resolve))
  }

  answered(text: string): void {
    const answers: NumberedAnswer[] = JSON.parse(text)
    for (const { id, ...answer } of answers) {
      this.#open.get(id)?.(answer)
      this.#open.delete(id)
    }
  }

  #flush(): void {
    const calls = JSON.stringify(this.#queued)
    this.#queued = []
    this.#post(calls)
  }
}

/** Has `node:http` hand requests of this origin over; all others go their way. */
export const handOver = (origin: string, calls: ControlCalls): void => {
  const { hostname, port } = new URL(origin)
  const isControl = (options: http.RequestOptions): boolean =>
    String(options.port) === port && (options.hostname ?? options.host) === hostname
  const request = http.request as (...given: unknown[]) => unknown
  const handing = (...given: unknown[]): unknown => {
    const [options, answered] = given
    if (typeof options !== 'object' || options === null || options instanceof URL) {
      return request(...given)
    }
    if (!isControl(options)) return request(...given)
    const handed = new ControlRequest(options, (call) => calls.send(call))
    return typeof answered === 'function' ? handed.once('response', answered as () => void) : handed
  }
  Object.assign(http, { request: handing })
  syncBuiltinESMExports()
}
