import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { ErasureRepository } from '../../repositories/erasure-repository.ts'
import type { JobRepository } from '../../repositories/job-repository.ts'
import { mediaOf } from '../../repositories/media-keys.ts'
import { isFinished, type RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { createRunService } from '../runs/run-service.ts'
import { owned } from './session-service.ts'

export interface ErasureDependencies {
  sessions: SessionRepository
  runs: RunOutputRepository
  jobs: JobRepository
  erasure: ErasureRepository
  /** Loaded when something is erased. */
  media: () => Promise<Pick<MediaStore, 'erase'>>
  launches: Pick<ReturnType<typeof createRunService>, 'cancel'>
}

export const createErasureService = (dependencies: ErasureDependencies) => {
  const { sessions, runs, jobs, erasure, media, launches } = dependencies
  return {
    /**
     * Erases a session with everything in it. Its item goes first: from then on it is not found, and
     * what still works for it can commit nothing. Asked again after a crash in between, it goes on.
     * @throws StudioError SESSION_NOT_FOUND, also for somebody else's
     */
    async eraseSession(sessionId: string, principal: string): Promise<void> {
      const [session, all, allJobs] = await Promise.all([
        sessions.get(sessionId),
        runs.listAll(principal),
        jobs.list(principal),
      ])
      const ours = all.filter((run) => run.session_id === sessionId)
      if (session === undefined && ours.length > 0) {
        // An earlier erasure did not get to its end; the runs prove whose the session was.
      } else owned(session, principal)
      for (const run of ours.filter(({ state }) => !isFinished(state))) {
        await launches.cancel(run.run_id, principal).catch((error) => {
          if (!(error instanceof StudioError)) throw error
        })
      }
      await erasure.session(sessionId)
      const store = await media()
      await Promise.all([
        ...allJobs
          .filter((job) => job.session_id === sessionId)
          .map((job) => erasure.job(job.job_id)),
        ...ours.map((run) => erasure.run(run.run_id)),
        ...mediaOf(sessionId).map((prefix) => store.erase(prefix)),
      ])
    },
  }
}
