import { createInbox } from '../../../shared/client/stream/inbox.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'

/** The public client's own way of reading a log, over frames that a test brings. */
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

/** @param resume sends `{"action": "resume", "after_seq": after}`; the answer may be lost */
export const createLogAssembler = (
  sessionId: string,
  resume: (after: number) => void,
): LogAssembler => {
  const log: StudioEvent[] = []
  const inbox = createInbox(sessionId, 0, (event) => log.push(event))
  const askOn = (): void => resume(inbox.seq())
  return {
    take(event) {
      inbox.take(event)
      if (inbox.hasGap()) askOn()
    },
    takeReplay({ events, next_after }) {
      for (const event of events) inbox.take(event)
      if (next_after !== null || inbox.hasGap()) askOn()
    },
    ask: askOn,
    events: () => log,
  }
}
