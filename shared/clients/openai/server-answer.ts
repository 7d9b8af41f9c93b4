import type { IncomingMessage } from 'node:http'

/** An answer of a model's server as far as it is read: one of `fetch`, or one over our own connections. */
export interface ServerAnswer {
  ok: boolean
  status: number
  headers: Headers
  body: AsyncIterable<Uint8Array> | null
}

/** The beginning of an answer over one of our own connections. */
export const answerOf = (incoming: IncomingMessage): ServerAnswer => {
  const status = incoming.statusCode ?? 0
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  return { ok: status >= 200 && status < 300, status, headers, body: incoming }
}
