import type { Queue } from '../../clients/queue.ts'
import type { Clock } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note, withFacts } from '../../platform/work-facts.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { Work } from '../../repositories/media-work.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { assetMs } from '../../rules/media-limits.ts'
import { sendAssets } from './asset-end.ts'
import { sourcesOf } from './asset-sources.ts'

export interface AssetRecoveryDependencies {
  clock: Clock
  assets: MediaAssetRepository<Work>
  queue: () => Promise<Queue>
}

/** Whether an open asset has a worker, a vendor or a source that will come back to it. */
export const isLookedAfter = (asset: Work, all: readonly Work[], now: number): boolean =>
  asset.status === 'running'
    ? (asset.lease_until ?? 0) > now - assetMs.visibility
    : sourcesOf(asset, all).state === 'waiting'

const recover = async (
  { clock, assets, queue }: AssetRecoveryDependencies,
  named: Pick<Work, 'run_id' | 'asset_id'>,
): Promise<void> => {
  const all = await assets.list(named.run_id)
  const asset = all.find(({ asset_id }) => asset_id === named.asset_id)
  if (!asset || isEnded(asset) || isLookedAfter(asset, all, clock.now())) return
  note({ session_id: asset.session_id, request_id: asset.request_id })
  // Moved to the end first: a queue with a long way to go gets one message more in each pause, and no more.
  if (!(await assets.touch(asset))) return
  await sendAssets({ queue }, [asset])
  log.warn('an asset was sent again', { run_id: asset.run_id })
  measure('AssetRepair', 1, { outcome: 'sent' })
}

/** Sends again what everything else forgot. A message too many finds a live worker, or the end. */
export const createAssetRecovery = (dependencies: AssetRecoveryDependencies) => ({
  async sweep(): Promise<void> {
    const { clock, assets } = dependencies
    let count = 0
    for await (const quiet of assets.listOpen(clock.now() - assetMs.quiet)) {
      await Promise.all(
        quiet.map((named) =>
          withFacts({ run_id: named.run_id }, () =>
            recover(dependencies, named).catch((error: unknown) => {
              log.error('recovery of an asset failed', { error })
              measure('AssetRepair', 1, { outcome: 'failed' })
            }),
          ),
        ),
      )
      count += quiet.length
    }
    note({ count })
  },
})
