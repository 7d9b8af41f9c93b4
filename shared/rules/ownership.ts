import { StudioError } from '../contracts/errors.ts'
import type { LaunchBrief } from '../contracts/launch.ts'

/**
 * What belongs to another principal is answered like what does not exist: an id alone must not show
 * that there is something behind it.
 */

interface Owned {
  owner: string
}

/** A session that `principal` owns. @throws StudioError SESSION_NOT_FOUND */
export const ownedSession = <S extends Owned>(found: S | undefined, principal: string): S => {
  if (found?.owner === principal) return found
  throw new StudioError('SESSION_NOT_FOUND', 'There is no session with this id.')
}

/** A run that `principal` owns. @throws StudioError RUN_NOT_FOUND */
export const ownedRun = <R extends { run: Owned }>(found: R | undefined, principal: string): R => {
  if (found?.run.owner === principal) return found
  throw new StudioError('RUN_NOT_FOUND', 'There is no run with this id.')
}

type Launched = { run: { launch: LaunchBrief } }

const isLaunch = <R extends { run: { launch?: LaunchBrief } }>(found: R): found is R & Launched =>
  found.run.launch !== undefined

/** A run that came through the older API and that `principal` owns. @throws StudioError RUN_NOT_FOUND */
export const ownedLaunch = <R extends { run: Owned & { launch?: LaunchBrief } }>(
  found: R | undefined,
  principal: string,
): R & Launched => {
  if (found?.run.owner === principal && isLaunch(found)) return found
  throw new StudioError('RUN_NOT_FOUND', 'There is no launch with this id.')
}

/** A job that `principal` owns. @throws StudioError JOB_NOT_FOUND */
export const ownedJob = <J extends Owned>(found: J | undefined, principal: string): J => {
  if (found?.owner === principal) return found
  throw jobNotFound()
}

export const jobNotFound = (): StudioError =>
  new StudioError('JOB_NOT_FOUND', 'There is no job with this id.')
