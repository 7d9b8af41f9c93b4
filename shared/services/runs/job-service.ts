import { StudioError } from '../../contracts/errors.ts'
import type { JobStatus, JobView } from '../../contracts/jobs.ts'
import { problems } from '../../contracts/problems.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Job, JobRepository } from '../../repositories/job-repository.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type {
  StageDurationRepository,
  StageDurations,
} from '../../repositories/stage-duration-repository.ts'
import { progressOf } from './job-progress.ts'

export interface JobDependencies {
  clock: Clock
  jobs: JobRepository
  runs: RunOutputRepository
  durations: StageDurationRepository
}

export interface JobFilter {
  limit: number
  offset: number
  runId?: string | undefined
  sessionId?: string | undefined
  status?: JobStatus | undefined
}

export const createJobService = ({ clock, jobs, runs, durations }: JobDependencies) => {
  const view = (job: Job, { run, stages }: RunWithStages, past: StageDurations): JobView => {
    const { owner, ...rest } = job
    const error = run.error
    return {
      ...rest,
      ...progressOf(run, {
        started: Object.keys(stages).length > 0,
        spentSeconds: (clock.now() - Date.parse(run.updated_at)) / 1000,
        past,
      }),
      note: run.state === 'CANCELLED' ? 'cancelled' : run.state === 'DONE' ? null : run.stage,
      error: error
        ? { code: error.code, message: error.message, retryable: problems[error.code].retryable }
        : null,
      updated_at: run.updated_at,
    }
  }

  return {
    /** @throws StudioError JOB_NOT_FOUND, also for somebody else's */
    async find(jobId: string, principal: string): Promise<JobView> {
      const [job, past] = await Promise.all([jobs.get(jobId), durations.read()])
      const run = job?.owner === principal ? await runs.get(job.run_id) : undefined
      if (!job || !run) throw new StudioError('JOB_NOT_FOUND', 'There is no job with this id.')
      return view(job, run, past)
    },

    /** The caller's jobs, newest first, and how many there are in all. */
    async list(
      principal: string,
      { limit, offset, runId, sessionId, status }: JobFilter,
    ): Promise<{ jobs: JobView[]; total: number }> {
      const [all, past] = await Promise.all([jobs.list(principal), durations.read()])
      const named = all.filter(
        (job) =>
          (runId === undefined || job.run_id === runId) &&
          (sessionId === undefined || job.session_id === sessionId),
      )
      const views = async (chosen: Job[]): Promise<JobView[]> => {
        const found = await Promise.all(
          chosen.map(async (job) => ({ job, run: await runs.get(job.run_id) })),
        )
        return found.flatMap(({ job, run }) => (run ? [view(job, run, past)] : []))
      }
      // A job's status is its run's: only a filter by status has to read more than the page.
      if (status === undefined) {
        return { jobs: await views(named.slice(offset, offset + limit)), total: named.length }
      }
      const matching = (await views(named)).filter((job) => job.status === status)
      return { jobs: matching.slice(offset, offset + limit), total: matching.length }
    },
  }
}
