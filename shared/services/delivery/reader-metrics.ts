import { measure } from '../../platform/telemetry.ts'
import { note } from '../../platform/work-facts.ts'
import type { LogCursor } from '../../rules/log-cursor.ts'

/**
 * Counts a reader that opens a stream, and one that lost its place: it comes with the cursor of an
 * earlier one, behind the log's end, while a run or a turn goes on. Lambda does not report a reader that
 * is cut; its return shows it.
 */
export const measureReader = (
  { after, field }: LogCursor,
  { lastSeq, goesOn }: { lastSeq: number; goesOn: boolean },
): void => {
  measure('StreamOpened', 1, { channel: 'events' })
  const cameBack = field === 'Last-Event-ID' ? after <= lastSeq : after > 0 && after < lastSeq
  if (goesOn && cameBack) measure('StreamInterrupted', 1, { cause: 'reopened' })
}

/**
 * Counts a socket that catches up, once it has: asking from the beginning is a new reader, and asking
 * from the end lost nothing.
 */
export const measureResume = (after: number, lastSeq: number, caughtUp: boolean): void => {
  note({ count: lastSeq - after })
  if (after > 0 && after < lastSeq && caughtUp) {
    measure('StreamInterrupted', 1, { cause: 'resumed' })
  }
}
