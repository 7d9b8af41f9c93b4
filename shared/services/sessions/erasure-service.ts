import type { MediaStore } from '../../clients/media-store.ts'
import { log } from '../../platform/telemetry.ts'
import type { ErasureRepository } from '../../repositories/erasure-repository.ts'
import type { JobRepository } from '../../repositories/job-repository.ts'
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
   * that failed, or died, can be repeated until it has succeeded.
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

/** Whether there is such a session, or one of which the erasure has begun. @throws StudioError */
const assertOwned = async (
  { sessions }: ErasureDependencies,
  sessionId: string,
  principal: string,
): Promise<void> => {
  const session = await sessions.get(sessionId)
  const erased = session ?? { owner: (await sessions.erasing(sessionId)) ?? '' }
  ownedSession(erased, principal)
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
  const { sessions, runs, jobs, erasure, media, runLimits } = dependencies
  const [allRuns, allJobs] = await Promise.all([
    runs.listAll(principal),
    jobs.list(principal),
    assertOwned(dependencies, sessionId, principal),
  ])
  const isOurs = ({ session_id }: { session_id: string }) => session_id === sessionId
  const ourRuns = allRuns.filter(isOurs)
  await cancelOpen(dependencies, ourRuns, principal)
  await sessions.beginErasure(sessionId, principal)
  // A socket is found by what lies in the session, which goes next; a new one finds no session.
  await closeSockets(dependencies, sessionId)
  const ids = [sessionId, ...ourRuns.map((run) => run.run_id)]
  await all([
    erasure.contents(sessionId),
    erasure.answers(principal, ids),
    ...allJobs.filter(isOurs).map((job) => erasure.job(job.job_id)),
    ...ourRuns.map((run) => erasure.stages(run.run_id)),
    ...ourRuns.map((run) => runLimits.forget(principal, run)),
    ...mediaOf(sessionId).map(async (prefix) => (await media()).erase(prefix)),
  ])
  // What workers wrote meanwhile.
  await all([erasure.contents(sessionId), erasure.answers(principal, ids)])
  await erasure.finish(
    sessionId,
    ourRuns.map((run) => run.run_id),
  )
}

export const createErasureService = (dependencies: ErasureDependencies): ErasureService => ({
  eraseSession: (sessionId, principal) => eraseSession(dependencies, sessionId, principal),
})
