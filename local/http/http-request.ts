import type { IncomingMessage } from 'node:http'
import { fromBrowser } from './plain-cookies.ts'

/** A request as a gateway sees it: body read, headers folded. */
export interface HttpRequest {
  method: string
  /** Percent-encoded, as it came. */
  rawPath: string
  /** Without the question mark. */
  rawQueryString: string
  /** Lower-case names; repeated headers joined by commas; without `cookie`. */
  headers: Record<string, string>
  cookies: string[]
  body: Buffer
  sourceIp: string
  sourcePort: number
}

/** A request that is larger than its gateway takes. */
export class RequestTooLarge extends Error {
  override readonly name = 'RequestTooLarge'
}

/** Reads a request with its body. Rejects with RequestTooLarge beyond so many bytes. */
export const readRequest = async (
  request: IncomingMessage,
  maximumBytes: number,
): Promise<HttpRequest> => {
  const url = request.url ?? '/'
  const question = url.indexOf('?')
  const headers: Record<string, string> = {}
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (name !== 'cookie' && values) headers[name] = values.join(',')
  }
  return {
    method: request.method ?? 'GET',
    rawPath: question < 0 ? url : url.slice(0, question),
    rawQueryString: question < 0 ? '' : url.slice(question + 1),
    headers,
    cookies: (request.headersDistinct.cookie ?? []).flatMap((line) =>
      line.split(/;\s*/).map(fromBrowser),
    ),
    body: await readBody(request, maximumBytes),
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    sourcePort: request.socket.remotePort ?? 0,
  }
}

/**
 * Reads a whole body. What is too large is still read to its end, so that the sender, which reads
 * only then, gets the answer; but no more of it than ten times the limit.
 */
export const readBody = async (request: IncomingMessage, maximumBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= maximumBytes) chunks.push(chunk)
    else if (bytes > 10 * maximumBytes) break
  }
  if (bytes > maximumBytes)
    throw new RequestTooLarge(`The request is larger than ${maximumBytes} bytes`)
  return Buffer.concat(chunks)
}
