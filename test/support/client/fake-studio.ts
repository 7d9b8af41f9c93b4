import type { FakeClock } from './fake-clock.ts'
import { fakeEventStream } from './fake-event-stream.ts'
import { createFakeLog, type Fate, type Fates, sessionId } from './fake-log.ts'
import { fakeSockets, type SocketRecord } from './fake-socket.ts'

export const noTrouble: Fates = {
  request: () => 'answered',
  socket: () => 'opens',
  frame: () => 'once',
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers })

const problem = (status: number, code: string, headers: Record<string, string> = {}): Response => {
  const error = { code, message: code, retryable: status !== 401 }
  return json(status, { error, request_id: 'req_1', detail: code }, headers)
}

const outcomes: Record<Fate, (answer: () => Promise<Response>) => Promise<Response>> = {
  answered: (answer) => answer(),
  unreachable: () => Promise.reject(new TypeError('fetch failed')),
  lost: async (answer) => {
    await (await answer()).body?.cancel()
    throw new TypeError('terminated')
  },
  hangs: () => new Promise(() => {}),
  limited: async () => problem(429, 'RATE_LIMITED', { 'retry-after': '7' }),
  awayForMonths: async () => problem(503, 'UPSTREAM_ERROR', { 'retry-after': '9000000' }),
  unavailable: async () => new Response('busy', { status: 503 }),
  unauthorized: async () => problem(401, 'UNAUTHORIZED'),
}

interface Asked {
  method: string
  url: URL
  headers: Headers
  at: number
}

/** A studio with one session's log, whose network does as it is told. */
export const createFakeStudio = (clock: FakeClock, fates: Fates = noTrouble) => {
  const log = createFakeLog(clock)
  const parts = { clock, fates, log }
  const requests: Asked[] = []
  const tickets = new Set<string>()
  const streams = new Set<() => void>()
  const sockets: SocketRecord = { tickets: [], frames: [], open: new Set() }

  const listEvents = async ({ url, headers }: Asked, signal: RequestInit['signal']) => {
    const after = Number(url.searchParams.get('after') ?? 0)
    const waitMs = Number(url.searchParams.get('wait') ?? 0) * 1000
    if (after > log.events.length) return problem(422, 'INVALID_INPUT')
    if (headers.get('accept') === 'text/event-stream') return fakeEventStream(parts, after, streams)
    if (after === log.events.length && waitMs > 0) await log.news(waitMs, signal)
    const events = log.events.slice(after, after + Number(url.searchParams.get('limit') ?? 200))
    return json(200, { events, next_after: events.at(-1)?.seq ?? after })
  }

  const serve = async (asked: Asked, signal: RequestInit['signal']): Promise<Response> => {
    const path = `/api/chat/session/${sessionId}`
    if (asked.url.pathname === `${path}/events`) return listEvents(asked, signal)
    if (asked.url.pathname !== `${path}/ticket`) return problem(404, 'SESSION_NOT_FOUND')
    const ticket = `ticket-${requests.length}`
    tickets.add(ticket)
    clock.after(60_000, () => tickets.delete(ticket))
    return json(201, { ticket, socket_url: 'wss://studio.test', expires_at: '' })
  }

  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(String(input), 'https://studio.test')
    const { method = 'GET', signal } = init
    const asked = { method, url, headers: new Headers(init.headers), at: clock.now() }
    requests.push(asked)
    signal?.throwIfAborted()
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    aborted.catch(() => {})
    const answer = async (): Promise<Response> => {
      const response = await serve(asked, signal)
      if (signal?.aborted) await response.body?.cancel()
      return response
    }
    return Promise.race([outcomes[fates.request(url.pathname)](answer), aborted])
  }

  return {
    log: log.events,
    append: log.append,
    /** Every request that was made, and what came over sockets. */
    requests,
    sockets,
    /** Readers that the server believes to be connected. */
    readers: () => sockets.open.size + streams.size,
    /** Forgets everything that waits or listens, without a word. */
    lose: () => log.watchers.clear(),
    /** Ends every event stream in order, as the server does after a while. */
    endStreams: () => [...streams].forEach((end) => void end()),
    fetch: fetch as typeof globalThis.fetch,
    WebSocket: fakeSockets(parts, (ticket) => tickets.delete(ticket), sockets),
  }
}
