import { deferred } from '../deferred.ts'
import { silent } from '../silence.ts'
import { createFilling, fill, type Link, NotOpened, type Transport } from './transport.ts'

const refused = new NotOpened('a refused socket')

/** Milliseconds that a socket may take to open, and that a frame may take to be answered. */
const openMs = 10_000
const answerMs = 8_000
/** Milliseconds of silence after which the log's end is asked for, doubling up to the second. */
const firstQuietMs = 2_500
const longestQuietMs = 20_000

type Frame = { type?: string; events?: unknown[]; next_after?: number | null; action?: string }

const read = (data: unknown): Frame => {
  try {
    return JSON.parse(String(data)) ?? {}
  } catch {
    return {}
  }
}

/**
 * Asks for the log's end while the socket is silent, since a push can be lost; and takes a socket that
 * does not answer for dead, whatever it says of itself.
 */
const createWatch = ({ http: { clock } }: Link, ask: () => void, dead: () => void) => {
  let quietMs = firstQuietMs
  let cancel = (): void => {}
  const wait = (milliseconds: number, call: () => void): void => {
    cancel()
    cancel = clock.after(milliseconds, call)
  }
  const doubt = (milliseconds = answerMs): void => {
    ask()
    wait(milliseconds, dead)
  }
  return {
    /** @param isNews an event, and not the answer to a question */
    heard(isNews: boolean): void {
      quietMs = isNews ? firstQuietMs : Math.min(quietMs * 2, longestQuietMs)
      wait(quietMs, () => doubt())
    },
    doubt,
    end: () => cancel(),
  }
}

const hearTo = (link: Link, refill: () => void, watch: ReturnType<typeof createWatch>) => {
  return ({ data }: { data: unknown }): void => {
    link.alive()
    const frame = read(data)
    const before = link.inbox.seq()
    for (const event of Array.isArray(frame.events) ? frame.events : [frame]) {
      link.inbox.take(event)
    }
    watch.heard(link.inbox.seq() > before)
    // HTTP says what is wrong with the cursor, and catches up faster than frames do.
    if (typeof frame.next_after === 'number' || frame.type === 'rejected' || link.inbox.hasGap()) {
      refill()
    }
  }
}

/**
 * The log over a WebSocket, with a ticket of its own for each connection. Messages never go over it: what
 * is sent twice after a reconnect would be said twice.
 */
export const socketTransport: Transport = async (link) => {
  const { http, sessionId, WebSocket, signal } = link
  if (!WebSocket) throw new NotOpened('no WebSocket')
  const { ticket, socket_url } = await http.call(
    'POST /api/chat/session/{session_id}/ticket',
    { params: { session_id: sessionId } },
    { signal, once: true },
  )
  const socket = new WebSocket(`${socket_url}?ticket=${encodeURIComponent(ticket)}&frames=events`)
  let over = false
  const { promise, resolve, reject } = deferred<void>()
  const end = (settle: () => void): void => {
    over = true
    settle()
  }
  const fail = (error: unknown): void => end(() => reject(error))
  const send = (frame: object): void => {
    try {
      if (!over) socket.send(JSON.stringify(frame))
    } catch {
      // A socket that closes meanwhile says so itself.
    }
  }
  const ask = (): void => send({ action: 'resume', after_seq: link.inbox.seq() })
  const watch = createWatch(link, ask, () => fail(silent()))
  const refill = createFilling(link, fail)
  const cancelOpen = http.clock.after(openMs, () => fail(refused))
  const aborted = (): void => end(resolve)
  let opened = false
  signal.addEventListener('abort', aborted, { once: true })
  socket.onopen = () => {
    if (over) return
    opened = true
    cancelOpen()
    link.alive()
    link.onDoubt = () => watch.doubt(3_000)
    watch.heard(true)
    fill(link).then(link.caughtUp, fail)
  }
  socket.onmessage = hearTo(link, refill, watch)
  socket.onerror = () => {
    if (!opened) fail(refused)
  }
  socket.onclose = () => {
    fail(opened ? silent() : refused)
  }
  try {
    await promise
  } finally {
    over = true
    cancelOpen()
    watch.end()
    signal.removeEventListener('abort', aborted)
    socket.onopen = socket.onmessage = socket.onerror = socket.onclose = null
    // A refused socket reports its error once more when it is closed: it must be heard.
    socket.onerror = () => {}
    socket.close()
  }
}
