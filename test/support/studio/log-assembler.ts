import type { StudioEvent } from '../../../shared/contracts/events.ts'

/** What a client makes of pushes and answers, whatever is dropped, doubled or out of order. */
export interface LogAssembler {
  /** An event that was pushed, or that was read. */
  take(event: StudioEvent): void
  /** The answer to `resume`. */
  takeReplay(frame: { events: StudioEvent[]; next_after: number | null }): void
  /** Asks for what is missing: when the connection is new, and now and then while it is quiet. */
  ask(): void
  /** The log from 1 on without a gap, as far as it is known. */
  events(): readonly StudioEvent[]
}

/**
 * The way in which a client reads a session's log. It remembers the last `seq` in a row; an event it
 * has is dropped, one that is next is taken, and one further ahead is kept aside and makes it ask for
 * the log after the last `seq` it has. A push is a hint; the log is the truth.
 * @param resume sends `{"action": "resume", "after_seq": after}`; the answer may be lost
 */
export const createLogAssembler = (resume: (after: number) => void): LogAssembler => {
  const log: StudioEvent[] = []
  const ahead = new Map<number, StudioEvent>()

  const place = (event: StudioEvent): void => {
    if (event.seq <= log.length) return
    ahead.set(event.seq, event)
    for (let next = ahead.get(log.length + 1); next; next = ahead.get(log.length + 1)) {
      ahead.delete(next.seq)
      log.push(next)
    }
  }

  return {
    take(event) {
      place(event)
      if (ahead.has(event.seq)) resume(log.length)
    },
    takeReplay({ events, next_after }) {
      for (const event of events) place(event)
      // More is there, or an event was pushed that is still ahead of what is known.
      if (next_after !== null || ahead.size > 0) resume(log.length)
    },
    ask: () => resume(log.length),
    events: () => log,
  }
}
