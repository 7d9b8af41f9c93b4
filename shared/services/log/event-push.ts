import type { Sockets } from '../../clients/sockets.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { ConnectionRepository } from '../../repositories/connection-repository.ts'

/** Milliseconds between two lookups of the session's sockets, while events keep coming. */
const lookUpMs = 200

/** One socket: its frames go out one at a time, in order. */
interface Receiver {
  /** Position of the next event to post. */
  next: number
  posting: boolean
  gone: boolean
}

/**
 * Pushes one writer's events to a session's open sockets. Known sockets get an event at once. Sockets
 * are looked up again and again, the last time after the last event, and a new one gets what was
 * appended since the lookup before: so no socket misses an event that was committed after it opened,
 * and one that opens later finds it in the log.
 */
export class EventPush {
  readonly #sessionId: string
  readonly #connections: ConnectionRepository
  readonly #sockets: Pick<Sockets, 'post'>
  readonly #events: StudioEvent[] = []
  readonly #receivers = new Map<string, Receiver>()
  readonly #working = new Set<Promise<void>>()
  /** Every socket that was open when these many events were committed is among the receivers. */
  #lookedUp = 0
  #looking = false
  #settling = false
  #endPause = (): void => {}

  constructor(
    sessionId: string,
    { connections, sockets }: { connections: ConnectionRepository; sockets: Pick<Sockets, 'post'> },
  ) {
    this.#sessionId = sessionId
    this.#connections = connections
    this.#sockets = sockets
  }

  /** Takes events that are in the log, in its order. */
  send(appended: StudioEvent[]): void {
    this.#events.push(...appended)
    this.#wake()
    if (!this.#looking) this.#track(this.#lookUp())
  }

  /** Resolves when everything that was taken has been pushed. Never rejects: a push is a hint. */
  async settled(): Promise<void> {
    this.#settling = true
    this.#endPause()
    while (this.#working.size > 0) await Promise.all(this.#working)
    this.#settling = false
  }

  #track(work: Promise<void>): void {
    this.#working.add(work)
    void work.finally(() => this.#working.delete(work))
  }

  #wake(): void {
    for (const [id, receiver] of this.#receivers) {
      if (!receiver.gone && !receiver.posting && receiver.next < this.#events.length) {
        this.#track(this.#post(id, receiver))
      }
    }
  }

  async #post(id: string, receiver: Receiver): Promise<void> {
    receiver.posting = true
    try {
      while (receiver.next < this.#events.length) {
        const frame = JSON.stringify(this.#events[receiver.next])
        receiver.next += 1
        if ((await this.#sockets.post(id, frame)) === 'sent') continue
        receiver.gone = true
        measure('StreamInterrupted', 1, { cause: 'gone' })
        await this.#connections.remove({ connection_id: id, session_id: this.#sessionId })
        return
      }
    } catch (error) {
      // The socket's client finds the gap and reads the log; it does not hold up what comes next.
      receiver.next = this.#events.length
      measure('SocketPushFailure', 1)
      log.warn('push failed', { error: error as Error })
    } finally {
      receiver.posting = false
    }
  }

  async #lookUp(): Promise<void> {
    this.#looking = true
    while (this.#lookedUp < this.#events.length) {
      const next = this.#lookedUp
      this.#lookedUp = this.#events.length
      try {
        for (const id of await this.#connections.idsOf(this.#sessionId)) {
          if (!this.#receivers.has(id)) {
            this.#receivers.set(id, { next, posting: false, gone: false })
          }
        }
        this.#wake()
      } catch (error) {
        log.warn('push failed', { error: error as Error })
      }
      if (!this.#settling) await this.#pause()
    }
    this.#looking = false
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, lookUpMs)
      this.#endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
