import { ConditionFailed } from '../../clients/store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { JobStatus } from '../../contracts/jobs.ts'
import type { Job, JobRepository } from '../../repositories/job-repository.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { RunExport, Work } from '../../repositories/media-work.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { ownedJob } from '../../rules/ownership.ts'
import { withReaders } from '../sessions/shared-access.ts'
import { type AssetEndDependencies, endAsset } from './asset-end.ts'
import { assetsJobUpdate, hasJobEnded, stateOfJob } from './asset-jobs.ts'

export interface JobCancelDependencies extends AssetEndDependencies {
  jobs: JobRepository
  sessions: Pick<SessionRepository, 'get'>
  exports: MediaAssetRepository<RunExport>
}

/** Ends a job whose remaining work other jobs go on with. */
const leaveWork = async (dependencies: AssetEndDependencies, jobId: string): Promise<void> => {
  const { jobs, assets, streams, clock } = dependencies
  const job = await jobs.get(jobId)
  if (!job || hasJobEnded(job)) return
  const parts = (await assets.list(job.run_id)).map((work) =>
    isEnded(work) ? work : { ...work, status: 'cancelled' as const },
  )
  const state = stateOfJob(job, parts, clock.now())
  const stream = streams.open(job.session_id)
  try {
    await stream.commit([assetsJobUpdate(job, state)], jobs.advance(job, state))
  } catch (error) {
    // The last of its work has just ended it, or brings it a step further.
    if (!(error instanceof ConditionFailed)) throw error
    return leaveWork(dependencies, jobId)
  }
  await stream.settled()
}

/** Ends work that no open job follows. */
const endUnfollowed = async (dependencies: JobCancelDependencies, work: Work): Promise<void> => {
  if (isEnded(work)) return
  const following = await Promise.all(work.job_ids.map((id) => dependencies.jobs.get(id)))
  if (following.some((job) => job && !hasJobEnded(job))) return
  const isUnfollowed = ({ attempt, job_ids }: Work): boolean =>
    attempt === work.attempt && job_ids.every((id) => work.job_ids.includes(id))
  const end = { status: 'cancelled', stage: work.stage } as const
  await endAsset(dependencies, work, isUnfollowed, end)
}

/** @throws StudioError INVALID_INPUT */
const assertCancellable = ({ type }: Job): void => {
  if (type === 'assets' || type === 'export') return
  throw new StudioError('INVALID_INPUT', 'The input breaks the rules named in errors.', {
    errors: [
      {
        path: 'job_id',
        message: 'is no job of assets or an export: POST /api/runs/{run_id}/cancel stops a run',
      },
    ],
  })
}

/**
 * Stops what no other job follows, and ends the job; repeatable.
 * @throws StudioError JOB_NOT_FOUND, FORBIDDEN, INVALID_INPUT
 */
export const cancelJob = async (
  dependencies: JobCancelDependencies,
  jobId: string,
  principal: string,
): Promise<Job & { status: JobStatus }> => {
  const { jobs, sessions, assets, exports } = dependencies
  const found = await jobs.get(jobId)
  const job = ownedJob(found && (await withReaders(sessions, found, principal)), principal)
  assertCancellable(job)
  const works: MediaAssetRepository<Work> = job.type === 'export' ? exports : assets
  const ending = { ...dependencies, assets: works }
  // The job ends first: of two that are cancelled at once, the later one finds no job that goes on.
  await leaveWork(ending, jobId)
  const all = await works.list(job.run_id)
  for (const work of all.filter(({ asset_id }) => job.asset_ids?.includes(asset_id))) {
    await endUnfollowed(ending, work)
  }
  const ended = await jobs.get(jobId)
  return { ...job, status: ended?.state?.status ?? 'cancelled' }
}
