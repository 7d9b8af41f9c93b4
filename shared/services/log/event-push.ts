import type { Sockets } from '../../clients/sockets.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { ConnectionRepository } from '../../repositories/connection-repository.ts'

/** Milliseconds between two lookups of who listens, while events keep coming. */
const lookUpMs = 200

/** Pushes one writer's events to a session's open sockets. */
export interface EventPush {
  /** Takes events that are in the log, in its order. */
  send(appended: StudioEvent[]): void
  /** Resolves when everything that was taken has been pushed. Never rejects: a push is a hint. */
  settled(): Promise<void>
}

/** One socket: its frames go out one at a time, in order. */
interface Receiver {
  /** Position of the next event to post. */
  next: number
  posting: boolean
  gone: boolean
}

/**
 * Sockets that are known get an event at once. Who else listens is looked up again and again, the
 * last time after the last event, and gets what was appended since the lookup before: so no socket
 * misses an event that was committed after it opened, and one that opens later finds it in the log.
 */
export const createEventPush = (
  sessionId: string,
  { connections, sockets }: { connections: ConnectionRepository; sockets: Sockets },
): EventPush => {
  const events: StudioEvent[] = []
  const receivers = new Map<string, Receiver>()
  const working = new Set<Promise<void>>()
  /** Every socket that was open when these many events were committed is among the receivers. */
  let lookedUp = 0
  let looking = false
  let endPause = (): void => {}
  /** Somebody waits for the end: then nothing pauses. */
  let settling = false

  const track = (work: Promise<void>): void => {
    working.add(work)
    void work.finally(() => working.delete(work))
  }

  const post = async (id: string, receiver: Receiver): Promise<void> => {
    receiver.posting = true
    try {
      while (receiver.next < events.length) {
        const frame = JSON.stringify(events[receiver.next])
        receiver.next += 1
        if ((await sockets.post(id, frame)) === 'sent') continue
        receiver.gone = true
        await connections.remove({ connection_id: id, session_id: sessionId })
        return
      }
    } catch (error) {
      // The socket's client finds the gap and reads the log; it does not hold up what comes next.
      receiver.next = events.length
      measure('SocketPushFailure', 1)
      log.warn('push failed', { error: error as Error })
    } finally {
      receiver.posting = false
    }
  }
  const wake = (): void => {
    for (const [id, receiver] of receivers) {
      if (!receiver.gone && !receiver.posting && receiver.next < events.length) {
        track(post(id, receiver))
      }
    }
  }

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, lookUpMs)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const lookUp = async (): Promise<void> => {
    looking = true
    while (lookedUp < events.length) {
      const from = lookedUp
      lookedUp = events.length
      try {
        for (const id of await connections.idsOf(sessionId)) {
          if (!receivers.has(id)) receivers.set(id, { next: from, posting: false, gone: false })
        }
        wake()
      } catch (error) {
        log.warn('push failed', { error: error as Error })
      }
      if (!settling) await pause()
    }
    looking = false
  }

  return {
    send(appended) {
      events.push(...appended)
      wake()
      if (!looking) track(lookUp())
    },
    async settled() {
      settling = true
      endPause()
      while (working.size > 0) await Promise.all(working)
      settling = false
    },
  }
}
