import { StudioEvent } from '../../shared/contracts/events.ts'
import { ReplayFrame } from '../../shared/contracts/socket.ts'
import type { Socket } from '../support/studio/client.ts'

/** Milliseconds of silence after which the log is asked whether a push got lost. */
const patience = 2000

export interface LogFollower {
  /** Everything heard so far, each event once, in the log's order. */
  events: StudioEvent[]
  /**
   * Resolves with the first event, heard already or still to come, that fits.
   * Rejects when the socket ends or the signal aborts.
   */
  until(fits: (event: StudioEvent) => boolean): Promise<StudioEvent>
}

/**
 * Follows a session's log over a socket as a client should: asks for what there is, drops what it
 * has seen, and asks again when a number is missing. `hear` gets each event once, in order.
 */
export const followLog = (
  socket: Socket,
  hear: (event: StudioEvent) => void,
  signal: AbortSignal,
): LogFollower => {
  const events: StudioEvent[] = []
  const early = new Map<number, StudioEvent>()
  /** How much was known when a missing event was asked for: once is enough. */
  let askedAt = -1
  const waiting = new Set<{ fits(event: StudioEvent): boolean; take(event: StudioEvent): void }>()
  const { promise: ended, reject: end } = Promise.withResolvers<never>()
  ended.catch(() => {})
  signal.addEventListener('abort', () => end(signal.reason), { once: true })

  const resume = (): void => socket.send({ action: 'resume', after_seq: events.length })
  const arrived = (event: StudioEvent): void => {
    if (event.seq > events.length) early.set(event.seq, event)
    for (;;) {
      const next = early.get(events.length + 1)
      if (!next) return
      early.delete(next.seq)
      events.push(next)
      hear(next)
      for (const waiter of waiting) if (waiter.fits(next)) waiter.take(next)
    }
  }
  const read = (frame: Record<string, unknown>): void => {
    if (frame.type === 'rejected') throw new Error(`The socket refused: ${JSON.stringify(frame)}`)
    if (frame.type === 'replay') {
      const replay = ReplayFrame.parse(frame)
      replay.events.forEach(arrived)
      if (replay.next_after !== null) resume()
    } else if (typeof frame.seq === 'number') {
      arrived(StudioEvent.parse(frame) as StudioEvent)
      if (early.size > 0 && askedAt < events.length) {
        askedAt = events.length
        resume()
      }
    }
  }
  const listen = async (): Promise<void> => {
    for (let heard = 0; ; ) {
      await socket.until(() => socket.frames.length > heard)
      for (const frame of socket.frames.slice(heard)) read(frame)
      heard = socket.frames.length
    }
  }
  listen().catch(end)
  resume()
  const asking = setInterval(resume, patience)
  ended.catch(() => clearInterval(asking))

  return {
    events,
    async until(fits) {
      const found = events.find(fits)
      if (found) return found
      const { promise, resolve } = Promise.withResolvers<StudioEvent>()
      const waiter = { fits, take: resolve }
      waiting.add(waiter)
      try {
        return await Promise.race([promise, ended])
      } finally {
        waiting.delete(waiter)
      }
    },
  }
}
