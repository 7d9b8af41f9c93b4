import { readEvents } from '../server-sent-events.ts'
import { createFilling, NotOpened, type Transport } from './transport.ts'

/** Milliseconds until the first byte: an intermediary that collects the answer brings none. */
const firstByteMs = 10_000
/** Milliseconds of silence: the server sends a comment every 15 s. */
const silenceMs = 35_000

/** The log as Server-Sent Events. Its position goes with each request, as `Last-Event-ID` would. */
export const sseTransport: Transport = async (link) => {
  const { http, sessionId, inbox, signal } = link
  const { clock } = http
  const abort = new AbortController()
  const passOn = (): void => abort.abort(signal.reason)
  signal.addEventListener('abort', passOn, { once: true })
  const refill = createFilling(link, (error) => abort.abort(error))
  let lastPieceAt = clock.now()
  let cancel = (): void => {}
  const silentAfter = (milliseconds: number, error: Error): void => {
    cancel()
    cancel = clock.after(milliseconds, () => abort.abort(error))
  }
  try {
    const response = await http.open(
      'listEvents',
      {
        params: { session_id: sessionId },
        query: { after: inbox.seq() },
        headers: { accept: 'text/event-stream' },
      },
      { signal: abort.signal, once: true },
    )
    if (!response.headers.get('content-type')?.includes('text/event-stream')) {
      await response.body?.cancel()
      throw new NotOpened('The answer was no event stream.')
    }
    silentAfter(firstByteMs, new NotOpened('The event stream brought nothing.'))
    let open = false
    link.onDoubt = () => {
      // A stream cannot be asked. It is dead if the server would have said something.
      if (clock.now() - lastPieceAt > 16_000) abort.abort(new Error('The stream fell silent.'))
    }
    await readEvents(response, {
      signal: abort.signal,
      onPiece() {
        lastPieceAt = clock.now()
        link.alive()
        silentAfter(silenceMs, new Error('The stream fell silent.'))
        if (!open) link.caughtUp()
        open = true
      },
      onData(data) {
        inbox.take(JSON.parse(data))
        if (inbox.hasGap()) refill()
      },
    })
  } finally {
    cancel()
    signal.removeEventListener('abort', passOn)
  }
}
