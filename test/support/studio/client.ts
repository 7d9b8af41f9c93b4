import { once } from 'node:events'
import { WebSocket } from 'ws'
import { createStudio, type Session, type Studio } from '../../../shared/client/index.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { FrameForm } from '../../../shared/contracts/socket.ts'
import { plant } from './log-scan.ts'
import { asPublicCall, callPublicly } from './public-client.ts'

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers field by field
  body: any
}

/** The public client where it can send the request, and what curl or a socket tool would do where it cannot. */
export interface Client {
  origin: string
  token: string | undefined
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, body?: unknown): Promise<Answer>
  put(path: string, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, headers?: Record<string, string>): Promise<Answer>
}

/** A body as it goes out: text and forms as they are, anything else as JSON; undefined is none. */
export const sent = (
  body: unknown,
): { headers: Record<string, string>; init: { body?: string | FormData } } => {
  if (body === undefined) return { headers: {}, init: {} }
  if (body instanceof FormData) return { headers: {}, init: { body } }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { headers: { 'content-type': 'application/json' }, init: { body: text } }
}

export const createClient = (origin: string, token?: string): Client => {
  const call = async (
    client: Client,
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    // It sends a secret along with a key where there is no token.
    const isBare = client.token === undefined && 'idempotency-key' in headers
    const wanted = isBare ? undefined : asPublicCall({ method, path, body })
    const response = wanted
      ? await callPublicly(client, wanted, headers)
      : await fetch(`${client.origin}${path}`, {
          method,
          headers: {
            ...(client.token === undefined ? {} : { authorization: `Bearer ${client.token}` }),
            ...sent(body).headers,
            ...headers,
          },
          ...sent(body).init,
        })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }
  if (token !== undefined) plant(token)
  const client: Client = {
    origin,
    token,
    get: (path, headers) => call(client, 'GET', path, undefined, headers),
    post: (path, body, headers) => call(client, 'POST', path, body, headers),
    patch: (path, body) => call(client, 'PATCH', path, body),
    put: (path, headers) => call(client, 'PUT', path, undefined, headers),
    delete: (path, headers) => call(client, 'DELETE', path, undefined, headers),
  }
  return client
}

/** The public client of the same caller; it tries nothing again, so that a test sees what happened. */
export const studioOf = (client: Pick<Client, 'origin' | 'token'>): Studio =>
  createStudio({ origin: client.origin, token: () => client.token, retries: 0 })

/** A new session, by the public client, with its token set on the test's own. */
export const startSession = async (
  origin: string,
  body: NonNullable<Parameters<Studio['createSession']>[0]> = {},
): Promise<{ client: Client; sessionId: string; answer: Answer; session: Session }> => {
  const client = createClient(origin)
  let answered: Response | undefined
  const studio = createStudio({
    origin,
    retries: 0,
    onToken(token) {
      client.token = token
      plant(token)
    },
    async fetch(input, init) {
      const response = await fetch(input, init)
      answered ??= response.clone()
      return response
    },
  })
  const session = await studio.createSession(body)
  if (!answered) throw new Error('The session came without an answer.')
  const { status, headers } = answered
  const answer = { status, headers, body: await answered.json() }
  return { client, sessionId: session.id, answer, session }
}

/** Every frame a socket received, and a way to wait for what comes. */
export interface Socket {
  frames: Record<string, unknown>[]
  /** Events of the log, from pushes and replays alike, in order of arrival. */
  events(): StudioEvent[]
  send(frame: unknown): void
  /** Resolves when `holds` does; asked again after each frame. */
  until(holds: () => boolean): Promise<void>
  close(): Promise<void>
}

/** @param form how it takes events; each in a frame of its own when not given */
export const openSocket = async (
  client: Client,
  sessionId: string,
  form?: FrameForm,
): Promise<Socket> => {
  const { body } = await client.post(`/api/chat/session/${sessionId}/ticket`)
  plant(body.ticket)
  const asked = form === undefined ? '' : `&frames=${form}`
  const socket = new WebSocket(`${body.socket_url}?ticket=${body.ticket}${asked}`)
  const frames: Record<string, unknown>[] = []
  let changed = Promise.withResolvers<void>()
  const wake = (): void => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)))
    wake()
  })
  socket.on('close', wake)
  await once(socket, 'open')
  return {
    frames,
    events: () =>
      frames.flatMap((frame) =>
        frame.type === 'replay' || frame.type === 'events'
          ? (frame.events as StudioEvent[])
          : typeof frame.seq === 'number'
            ? [frame as unknown as StudioEvent]
            : [],
      ),
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    async until(holds) {
      while (!holds()) {
        if (socket.readyState !== WebSocket.OPEN) throw new Error('The socket closed meanwhile.')
        await changed.promise
      }
    },
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return
      socket.close()
      await once(socket, 'close')
    },
  }
}

/** The whole log of a session, as the public client reads it. */
export const readLog = async (client: Client, sessionId: string): Promise<StudioEvent[]> => {
  const session = studioOf(client).session(sessionId)
  const events: StudioEvent[] = []
  for (;;) {
    const page = await session.log({ after: events.at(-1)?.seq ?? 0, limit: 500 })
    if (page.events.length === 0) return events
    events.push(...page.events)
  }
}

/** Waits, by the public client's long-poll, for the first event after `after` that `wanted` names. */
export const waitForEvent = async (
  client: Client,
  sessionId: string,
  wanted: (event: StudioEvent) => boolean,
  after = 0,
): Promise<StudioEvent> => {
  const stream = studioOf(client)
    .session(sessionId)
    .events({ after, transports: ['poll'] })
  for await (const event of stream) if (wanted(event)) return event
  throw new Error('The log ended before the event.')
}
