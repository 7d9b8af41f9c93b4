import type { StudioEvent } from '../../contracts/events.ts'
import { eventText } from '../../platform/event-text.ts'

/** What a buffer may hold while its reader is slow. */
export const bufferLimits = { events: 1000, bytes: 1024 * 1024 }

/**
 * Hands a log's events from a writer to a reader in the same process, without reading the log. Beyond
 * its limits it drops what a slow reader has not taken, and reads that again when the reader asks for
 * it: so the reader gets every event once, in order.
 */
export interface EventBuffer {
  /** Takes events that follow those of the last call without a gap. */
  offer(events: StudioEvent[]): void
  /** Nothing more will be offered. */
  close(): void
  /** The next events, as soon as there are some; none at the end. One call at a time. */
  next(): Promise<StudioEvent[]>
  held(): { events: number; bytes: number }
}

/** @param read some of the log's events after a seq, the oldest first */
export const createEventBuffer = (
  read: (after: number) => Promise<StudioEvent[]>,
  limits = bufferLimits,
): EventBuffer => {
  let held: StudioEvent[] = []
  let bytes = 0
  /** The last seq that the reader took; unknown until the first offer. */
  let given: number | undefined
  let offered = 0
  let closed = false
  let wake = Promise.withResolvers<void>()

  const forget = (): void => {
    held = []
    bytes = 0
  }
  const hold = (event: StudioEvent): void => {
    const size = Buffer.byteLength(eventText(event))
    if (held.length >= limits.events || bytes + size > limits.bytes) forget()
    held.push(event)
    bytes += size
  }
  const rouse = (): void => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  /** What was dropped between the reader's last event and those that are held. */
  const readAgain = async (after: number): Promise<StudioEvent[]> => {
    const missed = await read(after)
    const first = held[0]?.seq ?? offered + 1
    return missed.filter(({ seq }) => seq < first)
  }

  return {
    offer(events) {
      const [first] = events
      if (!first) return
      given ??= first.seq - 1
      offered = events.at(-1)?.seq ?? offered
      for (const event of events) hold(event)
      rouse()
    },
    close() {
      closed = true
      rouse()
    },
    async next() {
      while (!closed && offered === (given ?? 0)) await wake.promise
      if (given === undefined || offered === given) return []
      const follows = held[0]?.seq === given + 1
      const events = follows ? held : await readAgain(given)
      if (follows) forget()
      given = events.at(-1)?.seq ?? given
      return events
    },
    held: () => ({ events: held.length, bytes }),
  }
}
