import type { StudioEvent } from '../../contracts/events.ts'

/** What a buffer may hold while its reader is slow; beyond that the log is read again. */
export const bufferLimits = { events: 1000, bytes: 1024 * 1024 }

/**
 * Hands a log's events from a writer to a reader in the same process, without a look at the log. It
 * holds no more than its limits: what a slow reader left over it forgets, and reads again when the
 * reader comes for it. So the reader gets every event once, in order.
 */
export interface EventBuffer {
  /** Takes events that follow those of the last call without a gap. */
  offer(events: StudioEvent[]): void
  /** Nothing more will be offered. */
  close(): void
  /** What comes next, as soon as there is something; nothing at the end. One call at a time. */
  next(): Promise<StudioEvent[]>
  /** What it holds just now. */
  held(): { events: number; bytes: number }
}

/** @param read some of the log's events after a seq, the oldest first */
export const createEventBuffer = (
  read: (after: number) => Promise<StudioEvent[]>,
  limits = bufferLimits,
): EventBuffer => {
  let held: StudioEvent[] = []
  let bytes = 0
  /** The seq that the reader had last; unknown until the first offer. */
  let given: number | undefined
  /** The seq that was offered last. */
  let offered = 0
  let closed = false
  let wake = Promise.withResolvers<void>()

  const forget = (): void => {
    held = []
    bytes = 0
  }
  const hold = (event: StudioEvent): void => {
    const size = Buffer.byteLength(JSON.stringify(event))
    if (held.length >= limits.events || bytes + size > limits.bytes) forget()
    held.push(event)
    bytes += size
  }
  const rouse = (): void => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  /** What was forgotten between the event that the reader had last and those that are held. */
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
