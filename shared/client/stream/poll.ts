import type { Transport } from './transport.ts'

/** Seconds that the server waits for news before it answers that there are none. */
const waitSeconds = 20

/** The log page by page: each request waits for news. */
export const pollTransport: Transport = async (link) => {
  const { http, sessionId, inbox, signal } = link
  const abort = new AbortController()
  const passOn = (): void => abort.abort(signal.reason)
  signal.addEventListener('abort', passOn, { once: true })
  // A request that sleeps through a sleep of the machine is made anew.
  link.onDoubt = () => abort.abort(new Error('The answer may never come.'))
  try {
    // The first answers at once: it tells that the server is there.
    for (let wait = 0; ; wait = waitSeconds) {
      const query = { after: inbox.seq(), wait, limit: 500 }
      const page = await http.call(
        'listEvents',
        { params: { session_id: sessionId }, query },
        { signal: abort.signal, once: true },
      )
      link.alive()
      const before = inbox.seq()
      for (const event of page.events) inbox.take(event)
      if (page.events.length === 0 || inbox.seq() === before) link.caughtUp()
      if (link.mayClimb()) return
    }
  } finally {
    signal.removeEventListener('abort', passOn)
  }
}
