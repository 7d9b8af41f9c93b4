import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { ErasureRepository } from '../../repositories/erasure-repository.ts'
import type { JobRepository } from '../../repositories/job-repository.ts'
import { mediaOf } from '../../repositories/media-keys.ts'
import type { Run, RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { Session, SessionRepository } from '../../repositories/session-repository.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { isFinished } from '../../rules/run-state.ts'
import type { RunService } from '../runs/run-service.ts'

export interface ErasureDependencies {
  sessions: SessionRepository
  runs: RunOutputRepository
  jobs: JobRepository
  erasure: ErasureRepository
  /** Loaded when something is erased. */
  media: () => Promise<Pick<MediaStore, 'erase'>>
  runService: Pick<RunService, 'cancel'>
}

export interface ErasureService {
  /**
   * Erases a session with everything in it. Its item goes first: from then on it is not found, and
   * workers of it can commit nothing. Repeated after a crash in between, it goes on.
   * @throws StudioError SESSION_NOT_FOUND, also for a session of another principal
   */
  eraseSession(sessionId: string, principal: string): Promise<void>
}

/** After an erasure that did not get to its end the session is gone, and its runs prove the owner. */
const assertOwned = (session: Session | undefined, runs: Run[], principal: string): void => {
  if (session !== undefined || runs.length === 0) ownedSession(session, principal)
}

/** A run whose session is gone already cannot be cancelled, and need not be. */
const cancelOpen = async (
  { runService }: ErasureDependencies,
  runs: Run[],
  principal: string,
): Promise<void> => {
  for (const run of runs.filter(({ state }) => !isFinished(state))) {
    await runService.cancel(run.run_id, principal).catch((error) => {
      if (!(error instanceof StudioError)) throw error
    })
  }
}

const eraseSession = async (
  dependencies: ErasureDependencies,
  sessionId: string,
  principal: string,
): Promise<void> => {
  const { sessions, runs, jobs, erasure, media } = dependencies
  const [session, allRuns, allJobs] = await Promise.all([
    sessions.get(sessionId),
    runs.listAll(principal),
    jobs.list(principal),
  ])
  const isOurs = ({ session_id }: { session_id: string }) => session_id === sessionId
  const ourRuns = allRuns.filter(isOurs)
  assertOwned(session, ourRuns, principal)
  await cancelOpen(dependencies, ourRuns, principal)
  await erasure.session(sessionId)
  const store = await media()
  await Promise.all([
    ...allJobs.filter(isOurs).map((job) => erasure.job(job.job_id)),
    ...ourRuns.map((run) => erasure.run(run.run_id)),
    ...mediaOf(sessionId).map((prefix) => store.erase(prefix)),
  ])
}

export const createErasureService = (dependencies: ErasureDependencies): ErasureService => ({
  eraseSession: (sessionId, principal) => eraseSession(dependencies, sessionId, principal),
})
