import { StudioError } from '../contracts/errors.ts'
import type { Access } from '../contracts/identity.ts'
import type { LaunchBrief } from '../contracts/launch.ts'
import type { ErrorCode } from '../contracts/problems.ts'

/**
 * What belongs to another principal is answered like what does not exist: an id alone must not show
 * that there is something behind it. A reader knows that there is, and is told what it may not do.
 */

/** A session, or what belongs to one together with the session's readers. */
interface Shared {
  owner: string
  readers?: readonly string[] | undefined
}

/** What a principal may do; undefined when it may not even know. */
export const accessOf = ({ owner, readers }: Shared, principal: string): Access | undefined => {
  if (owner === principal) return 'owner'
  return readers?.includes(principal) ? 'reader' : undefined
}

export const forbidden = (): StudioError =>
  new StudioError('FORBIDDEN', 'The caller may read the session, and not change it.')

const missing = {
  session: ['SESSION_NOT_FOUND', 'There is no session with this id.'],
  run: ['RUN_NOT_FOUND', 'There is no run with this id.'],
  launch: ['RUN_NOT_FOUND', 'There is no launch with this id.'],
  job: ['JOB_NOT_FOUND', 'There is no job with this id.'],
} as const satisfies Record<string, [ErrorCode, string]>

const notFound = (kind: keyof typeof missing, cause?: unknown): StudioError => {
  const [code, message] = missing[kind]
  return new StudioError(code, message, { cause })
}

/** @throws StudioError what is missing, or FORBIDDEN */
const assertAccess = (
  found: Shared | undefined,
  principal: string,
  wanted: Access,
  kind: keyof typeof missing,
): void => {
  const access = found && accessOf(found, principal)
  if (access === undefined) throw notFound(kind)
  if (wanted === 'owner' && access !== 'owner') throw forbidden()
}

/** One that exists, since access to it was found. */
const existing = <T>(found: T | undefined): T => found as T

/** A session that `principal` owns. @throws StudioError SESSION_NOT_FOUND, FORBIDDEN */
export const ownedSession = <S extends Shared>(found: S | undefined, principal: string): S => {
  assertAccess(found, principal, 'owner', 'session')
  return existing(found)
}

/** A session that `principal` may read. @throws StudioError SESSION_NOT_FOUND */
export const readableSession = <S extends Shared>(found: S | undefined, principal: string): S => {
  assertAccess(found, principal, 'reader', 'session')
  return existing(found)
}

/** A run that `principal` owns. @throws StudioError RUN_NOT_FOUND, FORBIDDEN */
export const ownedRun = <R extends { run: Shared }>(found: R | undefined, principal: string): R => {
  assertAccess(found?.run, principal, 'owner', 'run')
  return existing(found)
}

/** A run that `principal` may read. @throws StudioError RUN_NOT_FOUND */
export const readableRun = <R extends { run: Shared }>(
  found: R | undefined,
  principal: string,
): R => {
  assertAccess(found?.run, principal, 'reader', 'run')
  return existing(found)
}

type Launched = { run: { launch: LaunchBrief } }
type MaybeLaunched = { run: Shared & { launch?: LaunchBrief } }

const isLaunch = <R extends MaybeLaunched>(found: R): found is R & Launched =>
  found.run.launch !== undefined

const launchFor = <R extends MaybeLaunched>(
  found: R | undefined,
  principal: string,
  wanted: Access,
): R & Launched => {
  assertAccess(found?.run, principal, wanted, 'launch')
  const run = existing(found)
  if (isLaunch(run)) return run
  throw notFound('launch')
}

/** A run that came through the older API and that `principal` owns. @throws StudioError RUN_NOT_FOUND, FORBIDDEN */
export const ownedLaunch = <R extends MaybeLaunched>(found: R | undefined, principal: string) =>
  launchFor(found, principal, 'owner')

/** The same that `principal` may read. @throws StudioError RUN_NOT_FOUND */
export const readableLaunch = <R extends MaybeLaunched>(found: R | undefined, principal: string) =>
  launchFor(found, principal, 'reader')

/** A job that `principal` owns. @throws StudioError JOB_NOT_FOUND, FORBIDDEN */
export const ownedJob = <J extends Shared>(found: J | undefined, principal: string): J => {
  assertAccess(found, principal, 'owner', 'job')
  return existing(found)
}

/** A job that `principal` may read. @throws StudioError JOB_NOT_FOUND */
export const readableJob = <J extends Shared>(found: J | undefined, principal: string): J => {
  assertAccess(found, principal, 'reader', 'job')
  return existing(found)
}

export const jobNotFound = (): StudioError => notFound('job')

/** What work on a session is told that was erased meanwhile. */
export const sessionNotFound = (cause?: unknown): StudioError => notFound('session', cause)
