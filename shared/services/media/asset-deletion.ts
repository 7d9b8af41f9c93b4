import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import { assetMedia } from '../../repositories/media-keys.ts'
import type { Work } from '../../repositories/media-work.ts'
import { workKindOf } from '../../repositories/table-keys.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { type AssetEndDependencies, endAsset } from './asset-end.ts'

export interface AssetDeletionDependencies {
  assets: MediaAssetRepository<Work>
  media: () => Promise<Pick<MediaStore, 'erase'>>
}

type Named = Pick<Work, 'run_id' | 'session_id' | 'asset_id'>

/** The files go first: an asset's item is what a deletion that died is found by. */
export const finishDeletion = async (
  { assets, media }: AssetDeletionDependencies,
  { run_id, session_id, asset_id }: Named,
): Promise<void> => {
  await (await media()).erase(assetMedia(session_id, asset_id))
  await assets.finishDeletion({ run_id, asset_id })
}

/** Tries at an asset that is asked for again while it is deleted. */
const deletionTries = 5

const notFound = (id: string): StudioError =>
  workKindOf(id) === 'EXPORT'
    ? new StudioError('EXPORT_NOT_FOUND', 'There is no export with this id in this run.')
    : new StudioError('ASSET_NOT_FOUND', 'There is no asset with this id in this run.')

/** Cancels an asset or an export that has not ended, and deletes it with its files; repeatable. */
export const deleteAsset = async (
  dependencies: AssetDeletionDependencies & AssetEndDependencies,
  run: Pick<Named, 'run_id' | 'session_id'>,
  assetId: string,
  tries = deletionTries,
): Promise<void> => {
  const { assets } = dependencies
  const named = { run_id: run.run_id, session_id: run.session_id, asset_id: assetId }
  const asset = await assets.find(run.run_id, assetId)
  if (!asset) {
    if (await assets.isDeleting(run.run_id, assetId)) return finishDeletion(dependencies, named)
    throw notFound(assetId)
  }
  if (!isEnded(asset)) {
    const end = { status: 'cancelled', stage: asset.stage } as const
    await endAsset(dependencies, named, ({ attempt }) => attempt === asset.attempt, end)
  }
  if (await assets.beginDeletion(asset)) return finishDeletion(dependencies, named)
  if (tries > 1) return deleteAsset(dependencies, run, assetId, tries - 1)
  throw new StudioError('UPSTREAM_ERROR', 'It is being asked for again at the same time.')
}
