import type { Http } from '../http.ts'
import type { WakeReason } from '../wake.ts'
import type { Inbox } from './inbox.ts'

export type TransportName = 'socket' | 'sse' | 'poll'

/** As far as the client needs a WebSocket: the browser's, Node's and React Native's have it. */
export interface SocketLike {
  send(text: string): void
  close(): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
}

/** What a transport has of the stream that it brings events to. */
export interface Link {
  sessionId: string
  http: Http
  inbox: Inbox
  WebSocket: (new (url: string) => SocketLike) | undefined
  /** Ends this connection: the stream was closed, or the connection was found dead. */
  signal: AbortSignal
  /** A frame came, of whatever kind: the connection is alive. */
  alive(): void
  /** The connection is open, and nothing is missing up to now. */
  caughtUp(): void
  /** Asks of a connection that may be dead whether it is, or ends it; set by the transport. */
  onDoubt: (reason: WakeReason) => void
  /** Whether to leave a transport that works for a better one. */
  mayClimb(): boolean
}

/**
 * One connection, from opening to its end. Resolves when the server ended it in order.
 * @throws why it could not be opened or broke off
 */
export type Transport = (link: Link) => Promise<void>

/** It could not be opened, though the server can be reached: another transport may do. */
export class NotOpened extends Error {}

/** Events of one page of a back-fill. */
const pageEvents = 500

/** Reads over HTTP what is missing, until the log's end. @throws StudioProblem */
export const fill = async ({ http, sessionId, inbox, signal, alive }: Link): Promise<void> => {
  for (;;) {
    const query = { after: inbox.seq(), limit: pageEvents }
    const page = await http.call(
      'GET /api/chat/session/{session_id}/events',
      { params: { session_id: sessionId }, query },
      { signal, once: true },
    )
    alive()
    for (const event of page.events) inbox.take(event)
    if (page.events.length < pageEvents) return
  }
}

/**
 * Back-fills as often as it is told to, one after another; what is asked for meanwhile is asked once.
 * @param failed told why a back-fill failed
 */
export const createFilling = (link: Link, failed: (error: unknown) => void) => {
  let filling = false
  let again = false
  const run = async (): Promise<void> => {
    filling = true
    try {
      do {
        again = false
        await fill(link)
      } while (again || (link.inbox.hasGap() && !link.signal.aborted))
    } finally {
      filling = false
    }
  }
  return (): void => {
    if (filling) {
      again = true
      return
    }
    run().catch(failed)
  }
}
