import type { JobStatus, JobView } from '../../contracts/jobs.ts'
import { problems } from '../../contracts/problems.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Job, JobRepository } from '../../repositories/job-repository.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { RunExport } from '../../repositories/media-work.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type {
  ModeDurations,
  StageDurationRepository,
} from '../../repositories/stage-duration-repository.ts'
import { jobNotFound, readableJob } from '../../rules/ownership.ts'
import { hasJobEnded, viewAssetsJob } from '../media/asset-jobs.ts'
import { withReaders } from '../sessions/shared-access.ts'
import { progressOf } from './job-progress.ts'

export interface JobDependencies {
  clock: Clock
  sessions: Pick<SessionRepository, 'get'>
  jobs: JobRepository
  runs: RunOutputRepository
  durations: StageDurationRepository
  assets: Pick<MediaAssetRepository, 'list'>
  exports: Pick<MediaAssetRepository<RunExport>, 'list'>
}

export interface JobFilter {
  limit: number
  offset: number
  runId?: string | undefined
  sessionId?: string | undefined
  status?: JobStatus | undefined
}

export interface JobService {
  /** For readers, too. @throws StudioError JOB_NOT_FOUND, also for a job of another principal */
  find(jobId: string, principal: string): Promise<JobView>
  /** The caller's jobs, newest first, and how many there are in all. */
  list(principal: string, filter: JobFilter): Promise<{ jobs: JobView[]; total: number }>
}

const viewJob = (
  { owner, ...job }: Job,
  { run, stages }: RunWithStages,
  { past, now }: { past: ModeDurations; now: number },
): JobView => {
  const error = run.error
  return {
    ...job,
    ...progressOf(run, {
      started: Object.keys(stages).length > 0,
      spentSeconds: (now - Date.parse(run.updated_at)) / 1000,
      past: past[run.mode],
    }),
    note: run.state === 'CANCELLED' ? 'cancelled' : run.state === 'DONE' ? null : run.stage,
    error: error
      ? { code: error.code, message: error.message, retryable: problems[error.code].retryable }
      : null,
    updated_at: run.updated_at,
  }
}

/** Undefined when its run is gone, which may go first of a session that is being erased. */
const viewOf = async (
  { clock, runs, assets, exports }: JobDependencies,
  job: Job,
  past: ModeDurations,
): Promise<JobView | undefined> => {
  if (job.type !== 'generate') {
    const made = job.type === 'export' ? exports : assets
    const parts = hasJobEnded(job) ? [] : await made.list(job.run_id)
    return viewAssetsJob(job, parts, clock.now())
  }
  const run = await runs.get(job.run_id)
  return run && viewJob(job, run, { past, now: clock.now() })
}

const find = async (
  dependencies: JobDependencies,
  jobId: string,
  principal: string,
): Promise<JobView> => {
  const { sessions, jobs, durations } = dependencies
  const [job, past] = await Promise.all([jobs.get(jobId), durations.read()])
  if (!job) throw jobNotFound()
  readableJob(await withReaders(sessions, job, principal), principal)
  const view = await viewOf(dependencies, job, past)
  if (!view) throw jobNotFound()
  return view
}

const viewJobs = async (
  dependencies: JobDependencies,
  jobs: Job[],
  past: ModeDurations,
): Promise<JobView[]> => {
  const views = await Promise.all(jobs.map((job) => viewOf(dependencies, job, past)))
  return views.filter((view) => view !== undefined)
}

const list = async (
  dependencies: JobDependencies,
  principal: string,
  { limit, offset, runId, sessionId, status }: JobFilter,
): Promise<{ jobs: JobView[]; total: number }> => {
  const { jobs, durations } = dependencies
  const [all, past] = await Promise.all([jobs.list(principal), durations.read()])
  const named = all.filter(
    (job) =>
      (runId === undefined || job.run_id === runId) &&
      (sessionId === undefined || job.session_id === sessionId),
  )
  // A job's status is its run's: only a filter by status has to read more than the page.
  if (status === undefined) {
    const page = named.slice(offset, offset + limit)
    return { jobs: await viewJobs(dependencies, page, past), total: named.length }
  }
  const views = await viewJobs(dependencies, named, past)
  const matching = views.filter((job) => job.status === status)
  return { jobs: matching.slice(offset, offset + limit), total: matching.length }
}

export const createJobService = (dependencies: JobDependencies): JobService => ({
  find: (jobId, principal) => find(dependencies, jobId, principal),
  list: (principal, filter) => list(dependencies, principal, filter),
})
