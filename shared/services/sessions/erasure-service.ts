import type { MediaStore } from '../../clients/media-store.ts'
import { log } from '../../platform/telemetry.ts'
import type { ErasureRepository } from '../../repositories/erasure-repository.ts'
import type { Job, JobRepository } from '../../repositories/job-repository.ts'
import { mediaOf } from '../../repositories/media-keys.ts'
import type { Run, RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { isFinished } from '../../rules/run-state.ts'
import { type ClosingDependencies, closeSockets } from '../delivery/close-sockets.ts'
import type { RunLimits } from '../limits/run-limits.ts'
import type { RunService } from '../runs/run-service.ts'

export interface ErasureDependencies extends ClosingDependencies {
  sessions: SessionRepository
  runs: RunOutputRepository
  jobs: JobRepository
  erasure: ErasureRepository
  /** Loaded when something is erased. */
  media: () => Promise<Pick<MediaStore, 'erase'>>
  runService: Pick<RunService, 'cancel'>
  runLimits: Pick<RunLimits, 'forget'>
}

export interface ErasureService {
  /**
   * Erases a session with everything in it. Once it has begun the session is not found by anything but
   * this, and workers of it can commit nothing. What proves its owner goes last, so that an erasure
   * that failed, or died, can be repeated until it has succeeded. Of a session that is past its time, a run
   * or a job that is not proves the owner.
   * @throws StudioError SESSION_NOT_FOUND, also for a session of another principal, and what the media
   * bucket raises (UPSTREAM_ERROR …)
   */
  eraseSession(sessionId: string, principal: string): Promise<void>
}

/** A run that another writer moves on, or whose session is gone, need not be cancelled: it is erased. */
const cancelOpen = async (
  { runService }: ErasureDependencies,
  runs: Run[],
  principal: string,
): Promise<void> => {
  for (const run of runs.filter(({ state }) => !isFinished(state))) {
    await runService.cancel(run.run_id, principal).catch((error) => {
      log.warn('run not cancelled before its erasure', { run_id: run.run_id, error })
    })
  }
}

/** What a principal has in a session, as far as it is not past its time. */
interface Held {
  runs: Run[]
  jobs: Job[]
}

/**
 * Whether there is such a session, or one of which the erasure has begun, or something of the principal's
 * that outlived it. @throws StudioError
 */
const assertOwned = async (
  { sessions }: ErasureDependencies,
  sessionId: string,
  principal: string,
  { runs, jobs }: Held,
): Promise<void> => {
  const session = await sessions.get(sessionId)
  const owner = session?.owner ?? (await sessions.erasing(sessionId))
  const outlived = [...runs, ...jobs].find((one) => one.owner === principal)
  ownedSession(session ?? { owner: owner ?? outlived?.owner ?? '' }, principal)
}

const heldIn = async (
  { runs, jobs }: ErasureDependencies,
  sessionId: string,
  principal: string,
): Promise<Held> => {
  const [allRuns, allJobs] = await Promise.all([runs.listAll(principal), jobs.list(principal)])
  const isOurs = ({ session_id }: { session_id: string }) => session_id === sessionId
  return { runs: allRuns.filter(isOurs), jobs: allJobs.filter(isOurs) }
}

/**
 * Begins the erasure, from which on no run can begin.
 * @param before what was found before it
 * @returns that, and what was added meanwhile: lists come from an index, which may lag behind the session's last run
 */
const begin = async (
  dependencies: ErasureDependencies,
  sessionId: string,
  principal: string,
  before: Held,
): Promise<Held> => {
  const { sessions, runs, jobs } = dependencies
  const runId = await sessions.beginErasure(sessionId, principal)
  const after = await heldIn(dependencies, sessionId, principal)
  const run = runId === undefined ? undefined : await runs.find(runId)
  const job = run?.job_id === undefined ? undefined : await jobs.get(run.job_id)
  const allRuns = [...before.runs, ...after.runs, ...(run ? [run] : [])]
  const allJobs = [...before.jobs, ...after.jobs, ...(job ? [job] : [])]
  return {
    runs: [...new Map(allRuns.map((each) => [each.run_id, each])).values()],
    jobs: [...new Map(allJobs.map((each) => [each.job_id, each])).values()],
  }
}

/** Waits for all of it, so that one part that fails does not keep the others. @throws the first failure */
const all = async (work: Promise<unknown>[]): Promise<void> => {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

const eraseSession = async (
  dependencies: ErasureDependencies,
  sessionId: string,
  principal: string,
): Promise<void> => {
  const { erasure, media, runLimits } = dependencies
  const before = await heldIn(dependencies, sessionId, principal)
  await assertOwned(dependencies, sessionId, principal, before)
  await cancelOpen(dependencies, before.runs, principal)
  const { runs, jobs } = await begin(dependencies, sessionId, principal, before)
  // A socket is found by what lies in the session, which goes next; a new one finds no session.
  await closeSockets(dependencies, sessionId)
  // A job, and its assets, may outlive the run that it belongs to.
  const runIds = [...new Set([...runs, ...jobs].map(({ run_id }) => run_id))]
  const jobIds = jobs.map(({ job_id }) => job_id)
  const ids = [sessionId, ...runIds]
  await all([
    erasure.contents(sessionId),
    erasure.answers(principal, ids),
    ...runIds.map((runId) => erasure.stages(runId)),
    ...runs.map((run) => runLimits.forget(principal, run)),
    ...mediaOf(sessionId).map(async (prefix) => (await media()).erase(prefix)),
  ])
  // What workers and requests wrote meanwhile.
  await all([
    erasure.contents(sessionId),
    erasure.answers(principal, ids),
    ...runIds.map((runId) => erasure.stages(runId)),
  ])
  await erasure.finish(sessionId, { runIds, jobIds })
}

export const createErasureService = (dependencies: ErasureDependencies): ErasureService => ({
  eraseSession: (sessionId, principal) => eraseSession(dependencies, sessionId, principal),
})
