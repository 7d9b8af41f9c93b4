import { linkedTo } from '../abort.ts'
import { silent } from '../silence.ts'
import type { Transport } from './transport.ts'

/** Seconds that the server waits for news before it answers that there are none. */
const waitSeconds = 20
/** Events of one answer. */
const limit = 500

/** The log page by page: each request waits for news. */
export const pollTransport: Transport = async (link) => {
  const { http, sessionId, inbox } = link
  const { signal, abort, letGo } = linkedTo(link.signal)
  // A request that sleeps through a sleep of the machine is made anew.
  link.onDoubt = (reason) => {
    if (reason !== 'offline') abort(silent())
  }
  try {
    // The first answers at once: it tells that the server is there.
    for (let wait = 0; ; wait = waitSeconds) {
      const after = inbox.seq()
      const { events } = await http.call(
        'GET /api/chat/session/{session_id}/events',
        { params: { session_id: sessionId }, query: { after, wait, limit } },
        { signal, once: true },
      )
      link.alive()
      for (const event of events) inbox.take(event)
      if (events.length < limit) link.caughtUp()
      // Asked again at once, it would be asked for ever.
      if (events.length > 0 && inbox.seq() === after) throw new Error('Nothing new.')
      if (link.mayClimb()) return
    }
  } finally {
    letGo()
  }
}
