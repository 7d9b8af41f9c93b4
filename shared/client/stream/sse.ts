import { linkedTo } from '../abort.ts'
import { readEvents } from '../server-sent-events.ts'
import { silent } from '../silence.ts'
import { createFilling, type Link, NotOpened, type Transport } from './transport.ts'

/** Milliseconds until the first byte: an intermediary that collects the answer brings none. */
const firstByteMs = 10_000
const suspiciousMs = 16_000

/** None that brings anything, at least. */
const noStream = () => new NotOpened('no event stream')

const openStream = async ({ http, sessionId, inbox }: Link, signal: AbortSignal) => {
  const response = await http.open(
    'GET /api/chat/session/{session_id}/events',
    {
      params: { session_id: sessionId },
      query: { after: inbox.seq() },
      headers: { accept: 'text/event-stream' },
    },
    { signal, once: true },
  )
  if (response.body && /event-stream/.test(response.headers.get('content-type') ?? '')) {
    return response
  }
  await response.body?.cancel()
  throw noStream()
}

/** The log as Server-Sent Events. Its position goes with each request, as `Last-Event-ID` would. */
export const sseTransport: Transport = async (link) => {
  const { inbox } = link
  const { clock } = link.http
  const { signal, abort, letGo } = linkedTo(link.signal)
  const refill = createFilling(link, abort)
  let lastPieceAt = clock.now()
  try {
    const response = await openStream(link, signal)
    link.onDoubt = (reason) => {
      // A stream cannot be asked. It is dead if the server would have said something.
      if (reason === 'online' || clock.now() - lastPieceAt > suspiciousMs) abort(silent())
    }
    for await (const data of readEvents(clock, response, signal, firstByteMs, noStream)) {
      lastPieceAt = clock.now()
      link.alive()
      link.caughtUp()
      for (const each of data) inbox.take(JSON.parse(each))
      if (inbox.hasGap()) refill()
      if (link.mayClimb()) return
    }
  } finally {
    letGo()
  }
}
