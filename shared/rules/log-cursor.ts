import { StudioError } from '../contracts/errors.ts'

/** Where a reader of a log stands. */
export interface LogCursor {
  /** The seq of the last event that the reader has; 0 for none. */
  after: number
  /** The field of the request that brought it. */
  field: string
}

/**
 * Refuses a cursor that the log cannot have given: a reader that waits behind the log's end would wait
 * for ever. `lastSeq` has to be read consistently, and after the cursor was received.
 * @throws StudioError INVALID_INPUT
 */
export const assertWithinLog = ({ after, field }: LogCursor, lastSeq: number): void => {
  if (after <= lastSeq) return
  throw new StudioError('INVALID_INPUT', 'The position is beyond the end of the log.', {
    errors: [{ path: field, message: `must be at most ${lastSeq}, the last seq of this log` }],
  })
}
