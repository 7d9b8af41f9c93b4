import { linkedTo } from '../abort.ts'
import { readEvents } from '../server-sent-events.ts'
import { createSilenceWatch, silent } from '../silence.ts'
import { createFilling, type Link, NotOpened, type Transport } from './transport.ts'

/** Milliseconds until the first byte: an intermediary that collects the answer brings none. */
const firstByteMs = 10_000
const suspiciousMs = 16_000

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
  throw new NotOpened('no event stream')
}

/** The log as Server-Sent Events. Its position goes with each request, as `Last-Event-ID` would. */
export const sseTransport: Transport = async (link) => {
  const { inbox } = link
  const { clock } = link.http
  const { signal, abort, letGo } = linkedTo(link.signal)
  const refill = createFilling(link, abort)
  let lastPieceAt = clock.now()
  const heard = createSilenceWatch(clock, abort)
  try {
    const response = await openStream(link, signal)
    heard(firstByteMs, () => new NotOpened('an event stream that brings nothing'))
    link.onDoubt = (reason) => {
      // A stream cannot be asked. It is dead if the server would have said something.
      if (reason === 'online' || clock.now() - lastPieceAt > suspiciousMs) abort(silent())
    }
    for await (const data of readEvents(response, signal)) {
      lastPieceAt = clock.now()
      link.alive()
      link.caughtUp()
      heard()
      for (const each of data) inbox.take(JSON.parse(each))
      if (inbox.hasGap()) refill()
      if (link.mayClimb()) return
    }
  } finally {
    heard(0)
    letGo()
  }
}
