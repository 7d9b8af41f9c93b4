import { type AssetView, assetTypes } from '../../contracts/assets.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { AssetEstimate, AssetRequest } from '../../contracts/http/asset-routes.ts'
import type { JobStatus } from '../../contracts/jobs.ts'
import type { Job } from '../../repositories/job-repository.ts'
import type { Asset } from '../../repositories/media-work.ts'
import type { Caller } from '../../rules/caller.ts'
import { ownedRun, readableRun } from '../../rules/ownership.ts'
import { deleteAsset } from './asset-deletion.ts'
import { estimateAssets } from './asset-estimate.ts'
import {
  type AcceptedAssets,
  type AssetRequestDependencies,
  requestAssets,
  sharedRun,
} from './asset-request.ts'
import { viewAsset } from './asset-view.ts'
import { cancelJob, type JobCancelDependencies } from './job-cancel.ts'

export type AssetDependencies = AssetRequestDependencies & JobCancelDependencies

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
  /** Stops what no other job follows, assets or an export. @throws StudioError JOB_NOT_FOUND, FORBIDDEN, INVALID_INPUT */
  cancel(jobId: string, principal: string): Promise<Job & { status: JobStatus }>
}

/** A request's assets have one time: posters come before the films that show them. */
const inOrder = (one: Asset, other: Asset): number =>
  one.created_at.localeCompare(other.created_at) ||
  assetTypes.indexOf(one.asset_type) - assetTypes.indexOf(other.asset_type) ||
  (one.poster_spec_id ?? '').localeCompare(other.poster_spec_id ?? '') ||
  (one.placement ?? '').localeCompare(other.placement ?? '') ||
  one.asset_id.localeCompare(other.asset_id)

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
  cancel: (jobId, principal) => cancelJob(dependencies, jobId, principal),
})
