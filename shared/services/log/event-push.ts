import { setImmediate } from 'node:timers/promises'
import type { Sockets } from '../../clients/sockets.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import type { FrameForm } from '../../contracts/socket.ts'
import { eventText } from '../../platform/event-text.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { ConnectionRepository } from '../../repositories/connection-repository.ts'
import { nextFrame } from './event-frames.ts'

/**
 * Milliseconds between two lookups of the session's sockets, while events keep coming. The first pause is
 * short while no socket is known: a page may just be opening one. Each is twice the one before.
 */
const pauseMs = { first: 200, known: 1_000, longest: 2_000 }

/** One socket: its frames go out one at a time, in order. */
interface Receiver {
  frames: FrameForm
  /** Position of the next event to post. */
  next: number
  posting: boolean
  gone: boolean
}

/**
 * Pushes one writer's events to a session's open sockets. Known sockets get an event at once, or with what
 * else gathered while the last frame was on its way. Sockets are looked up again and again, the last time
 * after the last event, and a new one gets what was appended since the lookup before: so no socket misses
 * an event that was committed after it opened, and one that opens later finds it in the log.
 */
export class EventPush {
  readonly #sessionId: string
  readonly #connections: Pick<ConnectionRepository, 'listOf' | 'remove'>
  readonly #sockets: Pick<Sockets, 'post'>
  readonly #texts: string[] = []
  readonly #receivers = new Map<string, Receiver>()
  readonly #working = new Set<Promise<void>>()
  /** Every socket that was open when these many events were committed is among the receivers. */
  #lookedUp = 0
  #looking = false
  #settling = false
  #nextPauseMs = pauseMs.first
  #endPause = (): void => {}

  constructor(
    sessionId: string,
    {
      connections,
      sockets,
    }: {
      connections: Pick<ConnectionRepository, 'listOf' | 'remove'>
      sockets: Pick<Sockets, 'post'>
    },
  ) {
    this.#sessionId = sessionId
    this.#connections = connections
    this.#sockets = sockets
  }

  /** Looks the sockets up before there is an event, so that the first does not wait for it. */
  lookAhead(): void {
    if (this.#looking) return
    this.#looking = true
    // Behind what is asked of others in the same turn of the event loop: most look ahead of their first event.
    this.#track(setImmediate().then(() => this.#lookUp()))
  }

  /** Takes events that are in the log, in its order. */
  send(appended: StudioEvent[]): void {
    // A commit may be of other items alone.
    if (appended.length === 0) return
    this.#texts.push(...appended.map(eventText))
    this.#wake()
    this.lookAhead()
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
      if (!receiver.gone && !receiver.posting && receiver.next < this.#texts.length) {
        this.#track(this.#post(id, receiver))
      }
    }
  }

  async #post(id: string, receiver: Receiver): Promise<void> {
    receiver.posting = true
    try {
      while (receiver.next < this.#texts.length) {
        const { frame, next } = nextFrame(this.#texts, receiver.next, receiver.frames)
        receiver.next = next
        if ((await this.#sockets.post(id, frame)) === 'sent') continue
        receiver.gone = true
        measure('StreamInterrupted', 1, { cause: 'gone' })
        await this.#connections.remove({ connection_id: id, session_id: this.#sessionId })
        return
      }
    } catch (error) {
      // The socket's client finds the gap and reads the log; it does not hold up what comes next.
      receiver.next = this.#texts.length
      measure('SocketPushFailure', 1)
      log.warn('push failed', { error: error as Error })
    } finally {
      receiver.posting = false
    }
  }

  async #lookUp(): Promise<void> {
    do {
      const next = this.#lookedUp
      this.#lookedUp = this.#texts.length
      try {
        for (const { connection_id, frames } of await this.#connections.listOf(this.#sessionId)) {
          if (!this.#receivers.has(connection_id)) {
            this.#receivers.set(connection_id, { frames, next, posting: false, gone: false })
          }
        }
        this.#wake()
      } catch (error) {
        log.warn('push failed', { error: error as Error })
      }
      if (!this.#settling) await this.#pause()
    } while (this.#lookedUp < this.#texts.length)
    this.#looking = false
  }

  #pause(): Promise<void> {
    const known = this.#receivers.size > 0 ? pauseMs.known : 0
    const milliseconds = Math.max(known, this.#nextPauseMs)
    this.#nextPauseMs = Math.min(2 * milliseconds, pauseMs.longest)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
