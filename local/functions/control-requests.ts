/**
 * Runs in a function's thread. Its requests of the services that the engine itself provides, such as frames for
 * sockets, go over the thread's channel: those of one turn of the event loop are one message, where each would be a
 * request over the network of its own.
 */
import { EventEmitter } from 'node:events'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { Readable } from 'node:stream'
import { CallBatch, unpackAnswers } from './call-batches.ts'
import type { ControlAnswer, ControlCall } from './messages.ts'

/** An answer, as far as clients read one of Node's: a stream, which what watches a function's requests may wrap. */
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

type Send = (call: ControlCall, answered: (answer: ControlAnswer) => void) => void

/**
 * A request, as far as clients use one of Node's, which there are a thousand of for one frame to a thousand sockets:
 * no stream, and no socket that could be slow or fail.
 */
class ControlRequest extends EventEmitter {
  readonly host: string
  readonly method: string
  readonly path: string
  destroyed = false
  readonly #headers: Record<string, string> = {}
  #body = ''
  #bytes: Uint8Array[] | undefined
  readonly #send: Send

  constructor({ hostname, host, method, path, headers }: http.RequestOptions, send: Send) {
    super()
    this.host = hostname ?? host ?? ''
    this.method = method ?? 'GET'
    this.path = path ?? '/'
    this.#send = send
    const given: Readonly<Record<string, unknown>> = { ...headers }
    for (const name in given) this.setHeader(name, given[name])
  }

  getHeader(name: string): string | undefined {
    return this.#headers[name.toLowerCase()]
  }

  setHeader(name: string, value: unknown): void {
    this.#headers[name.toLowerCase()] = String(value)
  }

  setTimeout(): this {
    return this
  }

  write(chunk: string | Uint8Array): boolean {
    if (typeof chunk === 'string') this.#body += chunk
    else {
      // A character may be cut in two.
      this.#bytes ??= []
      this.#bytes.push(Buffer.from(this.#body), chunk)
      this.#body = ''
    }
    return true
  }

  end(chunk?: unknown): this {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.write(chunk)
    this.#call()
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

  #call(): void {
    const { method, path } = this
    if (this.#bytes) {
      this.#body = Buffer.concat([...this.#bytes, Buffer.from(this.#body)]).toString('utf8')
    }
    const call = { method, path, headers: this.#signed(), body: this.#body }
    this.#send(call, (answer) => this.#answered(answer))
  }

  /** The engine wants a request to be signed, and is sure of its own threads: it looks at no signature of theirs. */
  #signed(): Readonly<Record<string, string>> {
    const { authorization } = this.#headers
    if (authorization !== undefined) {
      this.#headers.authorization = authorization.split(' ', 1)[0] ?? ''
    }
    return this.#headers
  }

  #answered(answer: ControlAnswer): void {
    if (this.destroyed) return
    const response = new ControlResponse(answer)
    response.once('close', () => this.destroy())
    this.emit('response', response)
  }
}

/** Numbers calls, and hands those of one turn of the event loop over together. */
export class ControlCalls {
  readonly #post: (calls: string) => void
  readonly #open = new Map<number, (answer: ControlAnswer) => void>()
  #batch: CallBatch | undefined
  #last = 0

  constructor(post: (calls: string) => void) {
    this.#post = post
  }

  send(call: ControlCall, answered: (answer: ControlAnswer) => void): void {
    if (this.#batch === undefined) {
      this.#batch = new CallBatch()
      setImmediate(() => this.#flush())
    }
    this.#last += 1
    this.#batch.add(this.#last, call)
    this.#open.set(this.#last, answered)
  }

  answered(packed: string): void {
    for (const { id, answer } of unpackAnswers(packed)) {
      const answered = this.#open.get(id)
      this.#open.delete(id)
      answered?.(answer)
    }
  }

  #flush(): void {
    const calls = this.#batch?.pack()
    this.#batch = undefined
    if (calls !== undefined) this.#post(calls)
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
    const handed = new ControlRequest(options, (call, answer) => calls.send(call, answer))
    return typeof answered === 'function' ? handed.once('response', answered as () => void) : handed
  }
  Object.assign(http, { request: handing })
  syncBuiltinESMExports()
}
