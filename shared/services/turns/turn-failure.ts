import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { LeasedTurn, TurnCommit } from './turn-commit.ts'

/**
 * Records how the turn failed. A turn that lost its lease or was stopped has its end in the log.
 * @returns what to throw
 */
export const recordFailure = async (
  { commit }: { commit: Pick<TurnCommit, 'fail'> },
  open: LeasedTurn,
  error: unknown,
): Promise<StudioError> => {
  const failure = asStudioError(error)
  const { code, message, retryable, retryAfter, vendor, cap } = failure
  if (code === 'TURN_IN_PROGRESS' || code === 'STOPPED') return failure
  const { session_id } = open.session
  if (code === 'INTERNAL_ERROR') log.error('turn failed', { session_id, code, error: failure })
  else log.warn('turn failed', { session_id, code, error: failure })
  try {
    await commit.fail(open, failure)
    measure('TurnEnd', 1, { outcome: 'failed' })
  } catch (unrecorded) {
    if (unrecorded instanceof StudioError) {
      // Without the lease there is nothing to end: it was lost, or never held.
      return code === 'INTERNAL_ERROR' && unrecorded.code !== 'STOPPED' ? failure : unrecorded
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
