import { ConditionFailed } from '../../clients/store.ts'
import type { AssetView } from '../../contracts/assets.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { AssetEstimate, AssetRequest } from '../../contracts/http/asset-routes.ts'
import type { JobStatus } from '../../contracts/jobs.ts'
import type { Job } from '../../repositories/job-repository.ts'
import type { Asset, Work } from '../../repositories/media-asset-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { ownedJob, ownedRun, readableRun } from '../../rules/ownership.ts'
import { withReaders } from '../sessions/shared-access.ts'
import { deleteAsset } from './asset-deletion.ts'
import { endAsset } from './asset-end.ts'
import { estimateAssets } from './asset-estimate.ts'
import { assetsJobUpdate, hasJobEnded, stateOfJob } from './asset-jobs.ts'
import {
  type AcceptedAssets,
  type AssetRequestDependencies,
  requestAssets,
  sharedRun,
} from './asset-request.ts'
import { viewAsset } from './asset-view.ts'

export type AssetDependencies = AssetRequestDependencies

export interface AssetService {
  /**
   * Has assets made: what is there already is answered, what failed is tried again.
   * @throws StudioError RUN_NOT_FOUND, FORBIDDEN, RUN_NOT_READY, ASSET_NOT_FOUND, UPLOAD_NOT_FOUND,
   * INVALID_INPUT, RATE_LIMITED
   */
  request(
    runId: string,
    principal: string,
    request: AssetRequest,
    caller: Caller,
  ): Promise<AcceptedAssets>
  /** For readers, too. @throws StudioError RUN_NOT_FOUND, RUN_NOT_READY, ASSET_NOT_FOUND, UPLOAD_NOT_FOUND */
  estimate(runId: string, principal: string, request: AssetRequest): Promise<AssetEstimate>
  /** For readers, too; in the order in which they were asked for. @throws StudioError RUN_NOT_FOUND */
  list(runId: string, principal: string): Promise<AssetView[]>
  /** For readers, too. @throws StudioError RUN_NOT_FOUND, ASSET_NOT_FOUND */
  view(runId: string, principal: string, assetId: string): Promise<AssetView>
  /** @throws StudioError RUN_NOT_FOUND, FORBIDDEN, ASSET_NOT_FOUND, UPSTREAM_ERROR */
  delete(runId: string, principal: string, assetId: string): Promise<void>
  /** Stops what no other job follows. @throws StudioError JOB_NOT_FOUND, FORBIDDEN, INVALID_INPUT */
  cancel(jobId: string, principal: string): Promise<Job & { status: JobStatus }>
}

const inOrder = (one: Asset, other: Asset): number =>
  one.created_at.localeCompare(other.created_at) || one.asset_id.localeCompare(other.asset_id)

const view = async (
  dependencies: AssetDependencies,
  runId: string,
  principal: string,
  assetId: string,
): Promise<AssetView> => {
  const { assets, media, clock } = dependencies
  const [run, asset] = await Promise.all([
    sharedRun(dependencies, runId, principal),
    assets.find(runId, assetId),
  ])
  readableRun(run, principal)
  if (!asset)
    throw new StudioError('ASSET_NOT_FOUND', 'There is no asset with this id in this run.')
  return viewAsset(asset, await media(), clock.now())
}

const list = async (
  dependencies: AssetDependencies,
  runId: string,
  principal: string,
): Promise<AssetView[]> => {
  const { assets, media, clock } = dependencies
  const [run, found] = await Promise.all([
    sharedRun(dependencies, runId, principal),
    assets.list(runId),
  ])
  readableRun(run, principal)
  const bucket = await media()
  return Promise.all(found.sort(inOrder).map((asset) => viewAsset(asset, bucket, clock.now())))
}

/** Ends a job whose remaining assets other jobs go on with. */
const leaveAssets = async (
  { jobs, assets, streams, clock }: AssetDependencies,
  jobId: string,
): Promise<void> => {
  const job = await jobs.get(jobId)
  if (!job || hasJobEnded(job)) return
  const parts = (await assets.list(job.run_id)).map((asset) =>
    isEnded(asset) ? asset : { ...asset, status: 'cancelled' as const },
  )
  const state = stateOfJob(job, parts, clock.now())
  const stream = streams.open(job.session_id)
  try {
    await stream.commit([assetsJobUpdate(job, state)], [jobs.advance(job, state)])
  } catch (error) {
    // Its last asset has just ended it, or brings it a step further.
    if (!(error instanceof ConditionFailed)) throw error
    return leaveAssets({ jobs, assets, streams, clock } as AssetDependencies, jobId)
  }
  await stream.settled()
}

const cancel = async (
  dependencies: AssetDependencies,
  jobId: string,
  principal: string,
): Promise<Job & { status: JobStatus }> => {
  const { jobs, assets, sessions } = dependencies
  const found = await jobs.get(jobId)
  const job = ownedJob(found && (await withReaders(sessions, found, principal)), principal)
  if (job.type !== 'assets') {
    throw new StudioError('INVALID_INPUT', 'The input breaks the rules named in errors.', {
      errors: [
        {
          path: 'job_id',
          message: 'is no job of assets: POST /api/runs/{run_id}/cancel stops a run',
        },
      ],
    })
  }
  const all = await assets.list(job.run_id)
  for (const asset of all.filter(({ asset_id }) => job.asset_ids?.includes(asset_id))) {
    const isOurs = ({ attempt, job_ids }: Work) =>
      attempt === asset.attempt && job_ids.every((id) => id === jobId)
    if (isEnded(asset) || !isOurs(asset)) continue
    await endAsset(dependencies, asset, isOurs, { status: 'cancelled', stage: asset.stage })
  }
  await leaveAssets(dependencies, jobId)
  const ended = await jobs.get(jobId)
  return { ...job, status: ended?.state?.status ?? 'cancelled' }
}

export const createAssetService = (dependencies: AssetDependencies): AssetService => ({
  request: (runId, principal, request, caller) =>
    requestAssets(dependencies, runId, principal, request, caller),
  estimate: async (runId, principal, request) =>
    estimateAssets(
      dependencies,
      readableRun(await sharedRun(dependencies, runId, principal), principal),
      request,
    ),
  list: (runId, principal) => list(dependencies, runId, principal),
  view: (runId, principal, assetId) => view(dependencies, runId, principal, assetId),
  async delete(runId, principal, assetId) {
    const { run } = ownedRun(await sharedRun(dependencies, runId, principal), principal)
    await deleteAsset(dependencies, run, assetId)
  },
  cancel: (jobId, principal) => cancel(dependencies, jobId, principal),
})
