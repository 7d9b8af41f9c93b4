import { StudioError } from '../../contracts/errors.ts'
import { type Admission, type LimitService, nothingTaken } from '../limits/limit-service.ts'
import type { TurnInput } from './turn.ts'

export const giveBack = (admission: Admission): Promise<void> => admission.giveBack()

/** Counts a turn beside the reads that it begins with; a voice turn was counted when it was opened. */
export const admit = (
  { limits }: { limits: LimitService },
  { held, principal, caller = { principal } }: TurnInput,
): Promise<Admission> => {
  const admitted = held ? Promise.resolve(nothingTaken) : limits.admit(caller, { turns: 1 })
  // It is awaited before the turn begins; until then a refusal must not go unhandled.
  admitted.catch(() => {})
  return admitted
}

/** A picture changes the brief that the run works on. */
export const runInProgress = (): StudioError =>
  new StudioError('RUN_IN_PROGRESS', 'A picture is taken when the run has ended.', {
    retryAfter: 10,
  })
