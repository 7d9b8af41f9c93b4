import type { RouteOf } from './contract.ts'
import { type Cursors, memoryCursors } from './cursors.ts'
import type { StreamOptions } from './events.ts'
import { type CallOptions, createHttp, type HttpOptions, type Token } from './http.ts'
import { createJob, createRun, type Job, type Run } from './run.ts'
import { createSession, type Session } from './session.ts'

type Answer<N extends Parameters<ReturnType<typeof createHttp>['call']>[0]> = Promise<
  RouteOf<N>['answer']
>

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
  readonly runs: {
    list(query?: RouteOf<'listRuns'>['query'], options?: CallOptions): Answer<'listRuns'>
  }
  readonly jobs: {
    list(query?: RouteOf<'listJobs'>['query'], options?: CallOptions): Answer<'listJobs'>
  }
  /** The caller's own principal. */
  me(options?: CallOptions): Answer<'me'>
  /** What was used and what may still be spent. */
  usage(options?: CallOptions): Answer<'usage'>
  /** Judges one text by the copy filter. */
  checkCopy(request: RouteOf<'checkCopy'>['body'], options?: CallOptions): Answer<'checkCopy'>
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
  return {
    async createSession(body = {}, callOptions = {}) {
      const started = await call('createSession', { body }, callOptions)
      if (started.token !== undefined) {
        http.use(started.token)
        options.onToken?.(started.token)
      }
      return { ...createSession(parts, started.session_id), started }
    },
    session: (id) => createSession(parts, id),
    run: (id) => createRun(http, id),
    job: (id) => createJob(http, id),
    runs: { list: (query = {}, callOptions) => call('listRuns', { query }, callOptions) },
    jobs: { list: (query = {}, callOptions) => call('listJobs', { query }, callOptions) },
    me: (callOptions) => call('me', {}, callOptions),
    usage: (callOptions) => call('usage', {}, callOptions),
    checkCopy: (body, callOptions) => call('checkCopy', { body }, callOptions),
    use: http.use,
    token: http.token,
  }
}
