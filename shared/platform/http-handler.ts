import middy from '@middy/core'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import type * as z from 'zod'
import { asStudioError, StudioError } from '../contracts/errors.ts'
import { requestHeaders } from '../contracts/http/headers.ts'
import { type Route, routeKey, takesBody } from '../contracts/http/route.ts'
import type { Locale } from '../contracts/session.ts'
import type { Caller, Quota } from '../rules/caller.ts'
import { retention } from '../rules/retention.ts'
import { fieldErrors, invalidInput } from './field-errors.ts'
import { encode, type HttpResult, Reply, type StreamReply } from './http-answer.ts'
import { anonymousCaller, readIdempotencyKey } from './idempotency-key.ts'
import { newId } from './ids.ts'
import { asProblem, type ProblemAnswer } from './problem.ts'
import { problemLocale } from './problem-locale.ts'
import { readQuery } from './query.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'
import { invocationFacts, recorded } from './recorded-work.ts'
import { comparable, readBody } from './request-body.ts'
import { isHead, noTarget, pathReference, targetOf } from './request-target.ts'
import { authorizationOf } from './token-cookie.ts'
import { isRequestId, note, noteFailure, principalHash, type WorkFacts } from './work-facts.ts'

/** A validated request to one route. */
export interface Call<R extends Route> {
  params: z.output<R['params']>
  query: z.output<R['query']>
  body: z.output<R['body']> | (R extends { form: infer F extends z.ZodType } ? z.output<F> : never)
  principal: R['principal'] extends 'required' ? string : string | undefined
  /** By whom its limits are counted. */
  caller: Caller
  requestId: string
  /** By lower-case name. */
  headers: Record<string, string | undefined>
  /** Milliseconds until the function's timeout. */
  remainingMs(): number
}

/** Serves a call once for its idempotency key, or simply when it has none. What it resolves with is JSON. */
export type ServeOnce = <T>(serve: () => Promise<T>) => Promise<T>

export interface Endpoint {
  route: Route
  run(call: Call<Route>, once: ServeOnce): Promise<unknown>
  /** Whether `run` itself uses `once`; otherwise the answer as a whole is what is served once. */
  servesOnce: boolean
}

/** Ties a route of the contract to the one call that serves it. */
export const endpoint = <R extends Route>(
  route: R,
  run: (call: Call<R>) => Promise<z.input<R['answer']> | Reply | StreamReply>,
): Endpoint => ({ route, run: (call) => run(call as unknown as Call<R>), servesOnce: false })

/** The same for an answer that cannot be stored under its key: a stream, or one that holds a token. */
export const keyedEndpoint = <R extends Route>(
  route: R,
  run: (call: Call<R>, once: ServeOnce) => Promise<z.input<R['answer']> | Reply | StreamReply>,
): Endpoint => ({
  route,
  run: (call, once) => run(call as unknown as Call<R>, once),
  servesOnce: true,
})

/** The principal of an Authorization header. @throws StudioError UNAUTHORIZED for an invalid token */
export type Identify = (authorization: string | undefined) => Promise<string | undefined>

/**
 * Serves a request with an idempotency key once; a repeated request gets what the first one resolved
 * with.
 * @throws StudioError IDEMPOTENCY_CONFLICT, REQUEST_IN_FLIGHT
 */
export type Once = <T>(
  request: {
    principal: string
    sessionId: string | undefined
    key: string
    content: unknown
    /** Milliseconds until the timeout of the function that serves it. */
    flightMs: number
    /** Seconds that it is remembered; a day when not given. */
    keptSeconds?: number
  },
  serve: () => Promise<T>,
) => Promise<T>

/** The language of what a request's path names; undefined unless that exists and is the principal's own. */
export type LocaleOf = (
  principal: string,
  params: Record<string, string | undefined>,
) => Promise<Locale | undefined>

/** A keyed hash of the network address that a request came from. */
export type AddressOf = (event: APIGatewayProxyEventV2) => Promise<string>

export interface HttpOptions {
  identify: Identify
  /** Required to serve what is limited by address. */
  addressOf?: AddressOf
  /** Required to serve idempotent routes. */
  once?: Once
  localeOf?: LocaleOf
  /** Routes that this function knows without serving them, to tell a wrong method from a wrong address. */
  known?: readonly Route[]
}

const parse = <T extends z.ZodType>(schema: T, value: unknown): z.output<T> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalidInput(fieldErrors(result.error))
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
  return given !== undefined && isRequestId(given) ? given : newId('req')
}

const serve = async (
  endpoints: Map<string, Endpoint>,
  { identify, addressOf, once, known = [] }: HttpOptions,
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<HttpResult> => {
  const target = targetOf(endpoints, event)
  if (!target) {
    const served = [...endpoints.values()].map(({ route }) => route)
    throw noTarget(served, known, event)
  }
  const { route, run, servesOnce, pathParameters } = target
  const principal = route.principal === 'none' ? undefined : await identify(authorizationOf(event))
  if (route.principal === 'required' && principal === undefined) {
    throw new StudioError('UNAUTHORIZED', 'The header Authorization: Bearer <token> is missing.')
  }
  if (principal !== undefined) note({ principal: principalHash(principal) })
  const params = parseParams(route, pathParameters)
  const query = parse(route.query, readQuery(event))
  const body = takesBody(route) ? readBody(route, event) : undefined
  const call = {
    params,
    query,
    body: body ? parse(body.schema, body.value) : {},
    principal,
    caller: {
      principal,
      address: await addressOf?.(event),
      onQuotas: (quotas) => quotasOf.set(event, [...(quotasOf.get(event) ?? []), ...quotas]),
    },
    requestId: requestIdOf(event),
    headers: event.headers,
    remainingMs: () => context.getRemainingTimeInMillis(),
  } as Call<Route>
  const serveOnce = onceFor(once, route, call, event)
  const ifNoneMatch = event.headers[requestHeaders.ifNoneMatch]
  const answer = async () => encode(route, noteIds(await run(call, serveOnce)), ifNoneMatch)
  return servesOnce ? answer() : serveOnce(answer)
}

/** Notes which session, run and job an answer is about; the answer itself is passed on. */
const noteIds = (answer: unknown): unknown => {
  const body = answer instanceof Reply ? answer.body : answer
  if (typeof body === 'object' && body !== null) {
    const { session_id, run_id, job_id } = body as WorkFacts
    note({ session_id, run_id, job_id })
  }
  return answer
}

/** What serves a call once for its key. @throws StudioError INVALID_INPUT for a malformed key */
const onceFor = (
  once: Once | undefined,
  route: Route,
  call: Call<Route>,
  event: APIGatewayProxyEventV2,
): ServeOnce => {
  const header = event.headers[requestHeaders.idempotencyKey]
  if (!route.idempotent || !once || header === undefined) return (serve) => serve()
  // Services name work of theirs, too (`message:…`, `voice:…`), within the same request.
  const key = `header:${readIdempotencyKey(header)}`
  const caller =
    call.principal === undefined
      ? {
          principal: anonymousCaller(event.headers),
          keptSeconds: retention.anonymousAnswer.seconds,
        }
      : { principal: call.principal }
  return async (serve) => {
    const content = [routeKey(route), call.params, call.query, await comparable(call.body)]
    const sessionId = event.pathParameters?.session_id
    return once({ ...caller, sessionId, key, content, flightMs: call.remainingMs() }, serve)
  }
}

const asResult = ({ status, headers, body }: ProblemAnswer): HttpResult => ({
  statusCode: status,
  headers,
  body: JSON.stringify(body),
})

type Request = middy.Request<APIGatewayProxyEventV2, HttpResult, Error>

/** What each request was counted by, for the headers of its answer, whatever that becomes. */
const quotasOf = new WeakMap<APIGatewayProxyEventV2, Quota[]>()

const withOwnHeaders = (request: Request): void => {
  const { event, response } = request
  if (!response) return
  const { body, stream, ...head } = response
  request.response = {
    ...(isHead(event) ? head : response),
    headers: {
      ...response.headers,
      ...rateLimitHeaders(quotasOf.get(event) ?? []),
      [requestIdHeader]: requestIdOf(event),
      // An answer is what it says it is, also where a browser would guess.
      'x-content-type-options': 'nosniff',
    },
  }
}

/** The language of what a failed request is about, as far as its caller owns that. */
const ownLocale = async (
  { identify, localeOf }: HttpOptions,
  event: APIGatewayProxyEventV2,
): Promise<Locale | undefined> => {
  const { pathParameters } = event
  if (!localeOf || !pathParameters) return undefined
  const principal = await identify(authorizationOf(event))
  return principal === undefined ? undefined : localeOf(principal, pathParameters)
}

/** Middleware: one request id in logs and answer, and every failure as a problem (RFC 9457). */
const problemMiddleware = (options: HttpOptions) => ({
  before: ({ event }: Request) => {
    event.headers[requestIdHeader] = requestIdOf(event)
  },
  after: withOwnHeaders,
  onError: async (request: Request) => {
    const { event, error } = request
    const failure = asStudioError(error)
    note({ code: failure.code })
    // What is in the session's log has its line already.
    if (failure.code === 'INTERNAL_ERROR' && !failure.recorded) noteFailure(failure)
    request.response = asResult(
      asProblem(failure, {
        instance: pathReference(event.rawPath),
        requestId: requestIdOf(event),
        locale: await problemLocale(event, failure, () => ownLocale(options, event)),
      }),
    )
    withOwnHeaders(request)
  },
})

/** Answers a request to one of the given endpoints, for events with the route key of an HTTP API. */
export const answerer = (served: Endpoint[], options: HttpOptions) => {
  const endpoints = new Map(served.map((entry) => [routeKey(entry.route), entry]))
  return middy<APIGatewayProxyEventV2, HttpResult>()
    .use(problemMiddleware(options))
    .handler((event, context) => serve(endpoints, options, event, context))
}

/** What a request's line begins with. */
export const requestFacts = (event: APIGatewayProxyEventV2, context: Context): WorkFacts => {
  event.headers[requestIdHeader] = requestIdOf(event)
  const { session_id, run_id, job_id, request_id: launch } = event.pathParameters ?? {}
  return {
    ...invocationFacts(context),
    what: event.routeKey,
    request_id: event.headers[requestIdHeader],
    gateway_request_id: event.requestContext.requestId,
    session_id,
    run_id: run_id ?? launch,
    job_id,
  }
}

/** A handler of the given endpoints, which writes one line for each request. */
export const httpHandler = (served: Endpoint[], options: HttpOptions) => {
  const answer = answerer(served, options)
  return (event: APIGatewayProxyEventV2, context: Context): Promise<HttpResult> =>
    recorded('request', requestFacts(event, context), async () => {
      const result = await answer(event, context)
      note({ status: result.statusCode })
      return result
    })
}
