import { throwIfAborted } from './abort.ts'
import { type Clock, jittered, pause, systemClock } from './clock.ts'
import { defined, newKey } from './fields.ts'
import { asProblem, notOurs, problemOf, StudioProblem } from './problem.ts'
import { answerMs, maySendAgain, uploadMs, withinTime } from './retry.ts'
import { type RouteAt, type RouteCall, type RouteLine, routeCall } from './routes.ts'

/** Sent with a cookie: another site's page cannot set it, so that the cookie alone proves nothing. */
export const consoleHeader = { 'x-launch-studio': 'console' } as const

export type Token = string | undefined | (() => string | undefined | Promise<string | undefined>)

export interface HttpOptions {
  /** Where the studio is, such as `https://studio.example`; the page's own origin when not given. */
  origin?: string | undefined
  /** The principal's token, or how to get a current one. */
  token?: Token
  /**
   * How the caller proves itself: a bearer token (`header`), or the cookie of the page's own origin
   * (`cookie`).
   */
  auth?: 'header' | 'cookie' | undefined
  /** The language of problems; the session's when not given. */
  locale?: string | undefined
  fetch?: typeof globalThis.fetch | undefined
  clock?: Clock | undefined
  /** From 0 to 1, for waiting times. */
  random?: (() => number) | undefined
  /** Times that a call is tried again when that is safe. */
  retries?: number | undefined
  /** Milliseconds a caller is willing to wait because the server said so; longer waits are its own to decide. */
  patienceMs?: number | undefined
}

export interface CallOptions {
  /** Ends waiting. What the server has begun goes on: see `stop` and `cancel`. */
  signal?: AbortSignal | undefined
  /**
   * Names a creating call, for a caller that wants to repeat it later: 1 to 200 ASCII characters that show.
   * Made by itself when not given.
   */
  key?: string | undefined
}

/** `once`: without trying again. */
type OneCall = CallOptions & { once?: boolean }

type Part<N extends string, T> = [T] extends [never]
  ? object
  : Record<never, never> extends T
    ? { [K in N]?: T }
    : { [K in N]: T }

/** What a call of a route takes. */
export type Request<L extends RouteLine> = Part<'params', RouteAt<L>['params']> &
  Part<'query', RouteAt<L>['query']> &
  (Part<'body', RouteAt<L>['body']> | { form: FormData })

export interface Http {
  /** One JSON call. @throws StudioProblem, or the signal's reason */
  call<L extends RouteLine>(
    line: L,
    request: Request<L>,
    options?: OneCall,
  ): Promise<RouteAt<L>['answer']>
  /** The same for an answer that is read while it comes. The caller reads or cancels its body. */
  open<L extends RouteLine>(
    line: L,
    request: Request<L> & { headers?: Record<string, string> },
    options?: OneCall,
  ): Promise<Response>
  /** Sets the token of all calls from now on. */
  use(token: Token): void
  /** Calls back when another token was set. */
  onToken(call: () => void): () => void
  token(): Promise<string | undefined>
  readonly origin: string
  readonly clock: Clock
  readonly random: () => number
  readonly fetch: typeof globalThis.fetch
}

/** A call of a route that takes nothing but where it is. */
export const bound =
  <L extends RouteLine>({ call }: Pick<Http, 'call'>, line: L, request: Request<L>) =>
  (options?: CallOptions): Promise<RouteAt<L>['answer']> =>
    call(line, request, options)

interface Sendable {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  form?: FormData
  headers?: Record<string, string>
}

/** The token as it is now, and what waits for another one. */
const createIdentity = (first: Token) => {
  let token = first
  const listeners = new Set<() => void>()
  return {
    token: async () => (typeof token === 'function' ? token() : token),
    use(next: Token): void {
      token = next
      for (const call of [...listeners]) call()
    },
    onToken(call: () => void): () => void {
      listeners.add(call)
      return () => void listeners.delete(call)
    },
  }
}

interface Names {
  key: string
  /** Without a token the key belongs to the caller that knows this. */
  secret: string
}

/** Refuses what `fetch` would fail on, as if there were no network. @throws StudioProblem `INVALID_INPUT` */
const sendable = (headers: Record<string, string>): Record<string, string> => {
  for (const path in headers) {
    if (!/[^ -~]/.test(headers[path] ?? '')) continue
    const message = `The header ${path} must be ASCII.`
    const errors = [{ path, message }]
    throw new StudioProblem({ status: 0, code: 'INVALID_INPUT', message, retryable: false, errors })
  }
  return headers
}

const headersOf = (
  options: HttpOptions,
  bearer: string | undefined,
  call: RouteCall,
  { body, headers }: Sendable,
  { key, secret }: Names,
): Record<string, string> => {
  const { auth, locale } = options
  return sendable(
    defined({
      authorization: bearer && `Bearer ${bearer}`,
      ...(auth === 'cookie' && consoleHeader),
      'content-type': body && 'application/json',
      'accept-language': locale,
      'idempotency-key': call.keyed ? `"${key.replace(/["\\]/g, '\\$&')}"` : undefined,
      'idempotency-secret': call.keyed && !bearer ? secret : undefined,
      ...headers,
    }),
  )
}

/** One request and what is read of its answer. @throws StudioProblem, or the signal's reason */
type Attempt = <T>(
  call: RouteCall,
  request: Sendable,
  names: Names,
  read: (response: Response) => Promise<T>,
  signal: AbortSignal | undefined,
) => Promise<T>

const createAttempt = (
  options: HttpOptions,
  { origin, clock, fetch }: Pick<Http, 'origin' | 'clock' | 'fetch'>,
  token: () => Promise<string | undefined>,
): Attempt => {
  const { auth = 'header' } = options
  return async (call, request, names, read, signal) => {
    const bearer = auth === 'header' ? await token() : undefined
    const payload =
      request.form ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
    try {
      return await withinTime(clock, request.form ? uploadMs : answerMs, signal, async (inner) => {
        const response = await fetch(origin + call.url, {
          method: call.method,
          headers: headersOf(options, bearer, call, request, names),
          signal: inner,
          ...(payload === undefined ? {} : { body: payload }),
          ...(auth === 'cookie' ? { credentials: 'same-origin' } : {}),
        })
        if (!response.ok) throw await problemOf(response, clock.now())
        return await read(response)
      })
    } catch (error) {
      throwIfAborted(signal)
      throw asProblem(error)
    }
  }
}

const readJson = async (response: Response) => {
  const text = await response.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch (cause) {
    throw notOurs(response.status, cause)
  }
}

export const createHttp = (options: HttpOptions): Http => {
  const { origin = '', clock = systemClock, random = Math.random } = options
  const { retries = 4, patienceMs = 30_000 } = options
  const fetch: typeof globalThis.fetch =
    options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const { token, use, onToken } = createIdentity(options.token)
  const attempt = createAttempt(options, { origin, clock, fetch }, token)

  /** Tries until there is an answer to give; the key is the same each time. */
  const insist = async <T>(
    line: RouteLine,
    request: Sendable,
    { signal, key = newKey(), once = false }: OneCall,
    read: (response: Response) => Promise<T>,
  ): Promise<T> => {
    const call = routeCall(line, request.params, request.query)
    const names = { key, secret: newKey() + newKey() }
    for (let tried = 0; ; tried += 1) {
      throwIfAborted(signal)
      try {
        return await attempt(call, request, names, read, signal)
      } catch (error) {
        throwIfAborted(signal)
        const problem = asProblem(error)
        // What an earlier try has erased is not there any more.
        if (tried > 0 && call.method === 'DELETE' && problem.status === 404) return undefined as T
        const asked = problem.retryAfterMs ?? 0
        if (once || tried >= retries || asked > patienceMs || !maySendAgain(problem, call)) {
          throw problem
        }
        await pause(clock, asked + jittered(random, tried), signal)
      }
    }
  }

  return {
    call: (line, request, callOptions = {}) =>
      insist(line, request as Sendable, callOptions, readJson),
    open: (line, request, callOptions = {}) =>
      insist(line, request as Sendable, callOptions, async (response) => response),
    ...{ use, onToken, token, origin, clock, random, fetch },
  }
}
