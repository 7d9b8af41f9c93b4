import { createHash } from 'node:crypto'
import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type * as z from 'zod'
import { asStudioError, StudioError } from '../contracts/errors.ts'
import { requestHeaders } from '../contracts/http/headers.ts'
import { type Route, routeKey } from '../contracts/http/route.ts'
import { newId } from './ids.ts'
import { asProblem, type ProblemAnswer } from './problem.ts'
import { comparable, readBody } from './request-body.ts'
import { log } from './telemetry.ts'

/** A validated request to one route. */
export interface Call<R extends Route> {
  params: z.output<R['params']>
  query: z.output<R['query']>
  body: z.output<R['body']> | (R extends { form: infer F extends z.ZodType } ? z.output<F> : never)
  principal: R['principal'] extends 'required' ? string : string | undefined
  requestId: string
  /** By lower-case name. */
  headers: Record<string, string | undefined>
  /** Milliseconds until the function's timeout. */
  remainingMs(): number
}

export interface Endpoint {
  route: Route
  run(call: Call<Route>): Promise<unknown>
}

/** An answer with a status or headers other than the route's default. */
export class Reply {
  readonly body: unknown
  readonly status: number | undefined
  readonly headers: Record<string, string>
  constructor(body: unknown, options: { status?: number; headers?: Record<string, string> }) {
    this.body = body
    this.status = options.status
    this.headers = options.headers ?? {}
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

/** A function's result: the whole answer, or its head and a stream. */
export interface HttpResult extends APIGatewayProxyStructuredResultV2 {
  stream?: StreamReply
}

/** Ties a route of the contract to the one call that serves it. */
export const endpoint = <R extends Route>(
  route: R,
  run: (call: Call<R>) => Promise<z.input<R['answer']> | Reply | StreamReply>,
): Endpoint => ({ route, run: (call) => run(call as unknown as Call<R>) })

/** The principal of an Authorization header. @throws StudioError UNAUTHORIZED for an invalid token */
export type Identify = (authorization: string | undefined) => Promise<string | undefined>

/**
 * Serves a request with an idempotency key once; a repeated request gets the stored answer.
 * @throws StudioError IDEMPOTENCY_CONFLICT, REQUEST_IN_FLIGHT
 */
export type Once = (
  request: {
    principal: string
    sessionId: string | undefined
    key: string
    content: unknown
    /** Milliseconds until the timeout of the function that serves it. */
    flightMs: number
  },
  serve: () => Promise<HttpResult>,
) => Promise<HttpResult>

export interface HttpOptions {
  identify: Identify
  /** Required to serve idempotent routes. */
  once?: Once
}

const parse = <T extends z.ZodType>(schema: T, value: unknown): z.output<T> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new StudioError('INVALID_INPUT', 'The input breaks the rules named in errors.', {
    errors: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  })
}

/** A malformed id gets the same answer as an unknown one. */
const parseParams = (route: Route, params: unknown): unknown => {
  const result = route.params.safeParse(params)
  if (result.success) return result.data
  const missing = route.problems.find((code) => code.endsWith('_NOT_FOUND'))
  if (missing) throw new StudioError(missing, 'There is nothing with this id.')
  return parse(route.params, params)
}

const requestIdHeader = requestHeaders.requestId

/** A caller's own id is kept when it is well-formed, so that logs on both sides can be matched. */
const requestIdOf = ({ headers }: APIGatewayProxyEventV2): string => {
  const given = headers[requestIdHeader]
  return given && /^[\w.:-]{1,100}$/.test(given) ? given : newId('req')
}

const serve = async (
  endpoints: Map<string, Endpoint>,
  { identify, once }: HttpOptions,
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<HttpResult> => {
  const found = endpoints.get(event.routeKey)
  if (!found) {
    const asked = `${event.requestContext.http.method} ${event.rawPath}`
    throw new StudioError('ROUTE_NOT_FOUND', `There is no route ${asked}.`)
  }
  const { route, run } = found
  const principal =
    route.principal === 'none' ? undefined : await identify(event.headers.authorization)
  if (route.principal === 'required' && principal === undefined) {
    throw new StudioError('UNAUTHORIZED', 'The header Authorization: Bearer <token> is missing.')
  }
  const params = parseParams(route, event.pathParameters ?? {})
  const query = parse(route.query, event.queryStringParameters ?? {})
  const body = route.method === 'POST' ? await readBody(route, event) : undefined
  const call = {
    params,
    query,
    body: body ? parse(body.schema, body.value) : {},
    principal,
    requestId: requestIdOf(event),
    headers: event.headers,
    remainingMs: () => context.getRemainingTimeInMillis(),
  } as Call<Route>
  const answer = async () => encode(route, await run(call), event.headers['if-none-match'])
  const key = event.headers[requestHeaders.idempotencyKey]
  if (!route.idempotent || !once || key === undefined || principal === undefined) return answer()
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new StudioError('INVALID_INPUT', 'Idempotency-Key is 1 to 200 visible characters.', {
      errors: [{ path: 'Idempotency-Key', message: 'must be 1 to 200 visible ASCII characters' }],
    })
  }
  const content = [routeKey(route), call.params, call.query, await comparable(call.body)]
  const sessionId = event.pathParameters?.session_id
  return once({ principal, sessionId, key, content, flightMs: call.remainingMs() }, answer)
}

const mediaTypes = {
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
}

/** Encodes an answer, with an ETag where the route has one, and as 304 when the caller has it already. */
const encode = (route: Route, answer: unknown, ifNoneMatch: string | undefined): HttpResult => {
  if (answer instanceof StreamReply) {
    return { statusCode: route.status, headers: answer.headers, stream: answer }
  }
  const {
    body,
    status = route.status,
    headers,
  } = answer instanceof Reply ? answer : new Reply(answer, {})
  if (body === undefined) return { statusCode: status, headers }
  const html = route.speaks === 'html'
  const text = html ? String(body) : JSON.stringify(body)
  const typed = { ...headers, 'content-type': html ? mediaTypes.html : mediaTypes.json }
  if (!route.etag) return { statusCode: status, headers: typed, body: text }
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  const tagged = { etag, 'cache-control': 'private, no-cache' }
  const same = ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
  return same
    ? { statusCode: 304, headers: { ...headers, ...tagged } }
    : { statusCode: status, headers: { ...typed, ...tagged }, body: text }
}

const asResult = ({ status, headers, body }: ProblemAnswer): HttpResult => ({
  statusCode: status,
  headers,
  body: JSON.stringify(body),
})

type Request = middy.Request<APIGatewayProxyEventV2, HttpResult, Error>

const withRequestId = ({ event, response }: Request): void => {
  if (!response) return
  response.headers = { ...response.headers, [requestIdHeader]: requestIdOf(event) }
}

/** Middleware: one request id in logs and answer, and every failure as a problem (RFC 9457). */
const problemMiddleware = {
  before: ({ event }: Request) => {
    event.headers[requestIdHeader] = requestIdOf(event)
    log.resetKeys()
    log.appendKeys({ request_id: requestIdOf(event), ...event.pathParameters })
  },
  after: withRequestId,
  onError: (request: Request) => {
    const { event, error } = request
    const failure = asStudioError(error)
    // What is in the session's log has its line already.
    if (failure.code === 'INTERNAL_ERROR' && !failure.recorded) {
      log.error('request failed', { error: failure })
    }
    request.response = asResult(
      asProblem(failure, {
        instance: event.rawPath,
        requestId: requestIdOf(event),
        acceptLanguage: event.headers['accept-language'],
      }),
    )
    withRequestId(request)
  },
}

/** A handler of the given endpoints, for events with the route key of an HTTP API. */
export const httpHandler = (served: Endpoint[], options: HttpOptions) => {
  const endpoints = new Map(served.map((entry) => [routeKey(entry.route), entry]))
  return middy<APIGatewayProxyEventV2, HttpResult>()
    .use(problemMiddleware)
    .handler((event, context) => serve(endpoints, options, event, context))
}
