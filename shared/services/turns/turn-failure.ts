import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { LeasedTurn, TurnCommit } from './turn-commit.ts'

/** Codes of a turn that is over already: another has its lease, the log says its end, or the log is gone. */
const isOver = (code: string): boolean =>
  code === 'TURN_IN_PROGRESS' || code === 'STOPPED' || code === 'SESSION_NOT_FOUND'

/**
 * Records how the turn failed. One that lost its lease, was stopped, or whose session was erased has no end to record.
 * @returns what to throw
 */
export const recordFailure = async (
  { commit }: { commit: Pick<TurnCommit, 'fail'> },
  open: LeasedTurn,
  error: unknown,
): Promise<StudioError> => {
  const failure = asStudioError(error)
  const { code, message, retryable, retryAfter, vendor, cap } = failure
  if (isOver(code)) return failure
  const { session_id } = open.session
  if (code === 'INTERNAL_ERROR') log.error('turn failed', { session_id, code, error: failure })
  else log.warn('turn failed', { session_id, code, error: failure })
  try {
    await commit.fail(open, failure)
    measure('TurnEnd', 1, { outcome: 'failed' })
  } catch (unrecorded) {
    if (unrecorded instanceof StudioError) {
      // Without the lease there is nothing to end: it was lost, or never held.
      const isLost = unrecorded.code !== 'STOPPED' && unrecorded.code !== 'SESSION_NOT_FOUND'
      return code === 'INTERNAL_ERROR' && isLost ? failure : unrecorded
    }
    log.error('turn not ended; the sweeper will', { session_id, error: unrecorded as Error })
    return failure
  }
  return new StudioError(code, message, {
    cause: failure,
    retryable,
    recorded: true,
    cap,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(vendor === undefined ? {} : { vendor }),
  })
}
