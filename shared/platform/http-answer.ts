import { createHash } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { answerHeaders } from '../contracts/http/headers.ts'
import type { Route } from '../contracts/http/route.ts'

/** An answer with a status or headers other than the route's default. */
export class Reply {
  readonly body: unknown
  readonly status: number | undefined
  readonly headers: Record<string, string>
  readonly cookies: string[]
  constructor(
    body: unknown,
    options: { status?: number; headers?: Record<string, string>; cookies?: string[] },
  ) {
    this.body = body
    this.status = options.status
    this.headers = options.headers ?? {}
    this.cookies = options.cookies ?? []
  }
}

/** An answer that is written while it is produced; only a function URL supports it. */
export class StreamReply {
  readonly headers: Record<string, string>
  readonly chunks: AsyncIterable<string>
  /** Settles when the work behind the answer is done, whether or not it is still read. Never rejects. */
  readonly finished: Promise<void>
  constructor(
    chunks: AsyncIterable<string>,
    options: { headers: Record<string, string>; finished: Promise<void> },
  ) {
    this.chunks = chunks
    this.headers = options.headers
    this.finished = options.finished
  }
}

/** A JSON document that is written while it is read, as a file of this name. */
export const documentStream = (chunks: AsyncIterable<string>, fileName: string): StreamReply =>
  new StreamReply(chunks, {
    headers: {
      'content-type': mediaTypes.json,
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    finished: Promise.resolve(),
  })

/** A function's result: the whole answer, or its head and a stream. */
export interface HttpResult extends APIGatewayProxyStructuredResultV2 {
  stream?: StreamReply
}

const mediaTypes = {
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
}

/** Encodes an answer, with an ETag where the route has one, and as 304 when the caller has it already. */
export const encode = (
  route: Route,
  answer: unknown,
  ifNoneMatch: string | undefined,
): HttpResult => {
  if (answer instanceof StreamReply) {
    return { statusCode: route.status, headers: answer.headers, stream: answer }
  }
  const {
    body,
    status = route.status,
    headers,
    cookies,
  } = answer instanceof Reply ? answer : new Reply(answer, {})
  const kept = cookies.length > 0 ? { cookies } : {}
  if (body === undefined) return { statusCode: status, headers, ...kept }
  const html = route.speaks === 'html'
  const text = html ? String(body) : JSON.stringify(body)
  const typed = { ...headers, 'content-type': html ? mediaTypes.html : mediaTypes.json }
  if (!route.etag) return { statusCode: status, headers: typed, body: text, ...kept }
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  const tagged = { [answerHeaders.etag]: etag, 'cache-control': 'private, no-cache' }
  // `*` is any state of things that there is (RFC 9110, 13.1.2).
  const same =
    ifNoneMatch?.trim() === '*' ||
    ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
  return same
    ? { statusCode: 304, headers: { ...headers, ...tagged } }
    : { statusCode: status, headers: { ...typed, ...tagged }, body: text }
}
