import type { RouteName, RouteOf } from './contract.ts'
import { type Cursors, memoryCursors } from './cursors.ts'
import type { StreamOptions } from './events.ts'
import {
  bound,
  type CallOptions,
  createHttp,
  type Http,
  type HttpOptions,
  type Token,
} from './http.ts'
import { createJob, createRun, type Job, type Run } from './run.ts'
import { createSession, type Session } from './session.ts'

type Answer<N extends RouteName> = Promise<RouteOf<N>['answer']>

export interface StudioOptions extends HttpOptions, StreamOptions {
  /** Where the position in each log is kept; in memory when not given. */
  cursors?: Cursors | undefined
  /** Told the token that the first session of a caller without one comes with. */
  onToken?: ((token: string) => void) | undefined
}

export interface StartedSession extends Session {
  /** What the studio answered when it was created: the greeting, the empty brief, its gate. */
  readonly started: RouteOf<'createSession'>['answer']
}

/** A studio as one caller sees it. */
export interface Studio {
  /** Starts a conversation. A caller without a token gets one, which all later calls carry. */
  createSession(
    request?: RouteOf<'createSession'>['body'],
    options?: CallOptions,
  ): Promise<StartedSession>
  session(id: string): Session
  run(id: string): Run
  job(id: string): Job
  readonly sessions: {
    list(query?: RouteOf<'listSessions'>['query'], options?: CallOptions): Answer<'listSessions'>
  }
  readonly runs: {
    list(query?: RouteOf<'listRuns'>['query'], options?: CallOptions): Answer<'listRuns'>
  }
  readonly jobs: {
    list(query?: RouteOf<'listJobs'>['query'], options?: CallOptions): Answer<'listJobs'>
  }
  /** Takes a session over with a code of `session.handoff()`; a new token is used from then on. */
  redeem(request: RouteOf<'redeemHandoff'>['body'], options?: CallOptions): Answer<'redeemHandoff'>
  /** Makes a browser forget its cookie; the sessions stay. */
  signOut(options?: CallOptions): Answer<'signOut'>
  /** The caller's own principal. */
  me(options?: CallOptions): Answer<'me'>
  /** What was used and what may still be spent. */
  usage(options?: CallOptions): Answer<'usage'>
  /** Judges one text by the copy filter. */
  checkCopy(request: RouteOf<'checkCopy'>['body'], options?: CallOptions): Answer<'checkCopy'>
  /** Any route, by its line; `POST!` of one that takes an `Idempotency-Key`. */
  readonly call: Http['call']
  /** Sets the token from now on, for open streams too. */
  use(token: Token): void
  token(): Promise<string | undefined>
}

export const createStudio = (options: StudioOptions = {}): Studio => {
  const http = createHttp(options)
  const { call } = http
  const { cursors } = options
  const streams = { ...options, keeps: cursors !== undefined }
  const parts = { http, streams, cursors: cursors ?? memoryCursors() }
  const takeToken = ({ token }: { token?: string | undefined }): void => {
    if (token === undefined) return
    http.use(token)
    options.onToken?.(token)
  }
  return {
    async createSession(body = {}, callOptions = {}) {
      const started = await call('POST! /api/chat/session', { body }, callOptions)
      takeToken(started)
      return { ...createSession(parts, started.session_id), started }
    },
    async redeem(body, callOptions) {
      const taken = await call('POST /api/me/handoff', { body }, callOptions)
      takeToken(taken)
      return taken
    },
    signOut: bound(http, 'POST /api/me/sign-out', {}),
    sessions: {
      list: (query = {}, callOptions) => call('GET /api/chat/session', { query }, callOptions),
    },
    session: (id) => createSession(parts, id),
    run: (id) => createRun(http, id),
    job: (id) => createJob(http, id),
    runs: { list: (query = {}, callOptions) => call('GET /api/runs', { query }, callOptions) },
    jobs: { list: (query = {}, callOptions) => call('GET /api/jobs', { query }, callOptions) },
    me: bound(http, 'GET /api/me', {}),
    usage: bound(http, 'GET /api/usage', {}),
    checkCopy: (body, callOptions) => call('POST /api/safety/check', { body }, callOptions),
    call,
    use: http.use,
    token: http.token,
  }
}
