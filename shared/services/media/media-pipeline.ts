import { isTransient } from '../../clients/aws-errors.ts'
import type { AssetFailure, MakingStage } from '../../contracts/assets.ts'
import { asStudioError, type StudioError } from '../../contracts/errors.ts'
import type { MediaTask } from '../../contracts/media-pipeline.ts'
import { newId } from '../../platform/ids.ts'
import { pause } from '../../platform/pause.ts'
import { note, noteFailure, principalHash } from '../../platform/work-facts.ts'
import { parked, type Work } from '../../repositories/media-work.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { assetMs, maxAssetWorkers } from '../../rules/media-limits.ts'
import { endAsset } from './asset-end.ts'
import { assetFailure } from './asset-failure.ts'
import { sourcesOf } from './asset-sources.ts'
import {
  type AssetWorkerDependencies,
  hideMessage,
  removeLeftovers,
  SourceFailed,
  workOnAsset,
} from './asset-worker.ts'
import { CheckFailed } from './check-failed.ts'

export interface MediaPipeline {
  /**
   * Makes one asset. A second delivery finds it ended, or a live worker, and does nothing.
   * @param receipt of the message, which is kept hidden meanwhile
   * @throws what may be gone with the next delivery
   */
  run(task: MediaTask, receipt?: string): Promise<void>
  /** Ends the asset of a message that no worker could take. */
  undeliverable(task: MediaTask): Promise<void>
}

/** Claims an attempt, or waits beside its holder until that is dead or shown to live. */
const take = async (
  { clock, assets }: AssetWorkerDependencies,
  task: MediaTask,
  leaseId: string,
): Promise<Work | undefined> => {
  const all = await assets.list(task.run_id)
  const found = all.find(({ asset_id }) => asset_id === task.asset_id)
  // The last of its sources sends it again.
  if (found && sourcesOf(found, all).state === 'waiting') return undefined
  let seen: number | undefined
  for (;;) {
    const until = clock.now() + assetMs.claim
    const claim = { attempt: task.attempt, leaseId, until }
    const won = await assets.claim(task, claim)
    const asset = await assets.find(task.run_id, task.asset_id)
    if (won) return asset
    if (!asset || isEnded(asset) || asset.attempt !== task.attempt) return undefined
    const { lease_id, lease_until = 0, workers } = asset
    if (workers >= maxAssetWorkers && lease_until < clock.now()) throw new WorkersSpent()
    if (lease_id === parked) return undefined
    // Its own message is out, or comes again when it dies.
    if (seen !== undefined && lease_until > seen) return undefined
    seen = lease_until
    await pause(Math.max(50, Math.min(lease_until - clock.now() + 50, assetMs.retake)))
  }
}

/** Every worker that an attempt may have has died over it. */
class WorkersSpent extends Error {}

const failureOf = ({ locale }: Work, failure: StudioError): AssetFailure => {
  if (failure instanceof CheckFailed) {
    return assetFailure(failure, locale, { detail: failure.message })
  }
  if (!(failure instanceof SourceFailed)) return assetFailure(failure, locale)
  const { detail, source } = failure
  return assetFailure(failure, locale, { detail, source })
}

const fail = async (
  dependencies: AssetWorkerDependencies,
  asset: Work,
  ours: (asset: Work) => boolean,
  { error, stage }: { error: unknown; stage: MakingStage },
): Promise<void> => {
  const failure = asStudioError(error)
  note({ outcome: 'failed', code: failure.code })
  noteFailure(error)
  const end = { status: 'failed', stage, error: failureOf(asset, failure) } as const
  const checks = failure instanceof CheckFailed ? { checks: [failure.check] } : {}
  await endAsset(dependencies, asset, ours, { ...end, ...checks })
}

const run = async (
  dependencies: AssetWorkerDependencies,
  task: MediaTask,
  receipt: string | undefined,
): Promise<void> => {
  const leaseId = newId('lease')
  let asset: Work | undefined
  try {
    // Until the first heartbeat the queue would hide it for as long as the longest work takes.
    const hidden = hideMessage(dependencies, receipt)
    asset = await take(dependencies, task, leaseId).finally(() => hidden)
  } catch (error) {
    if (!(error instanceof WorkersSpent)) throw error
    return undeliverable(dependencies, task)
  }
  if (!asset) return note({ outcome: 'not_wanted' })
  note({ session_id: asset.session_id, principal: principalHash(asset.owner) })
  const claimed = { asset, leaseId, receipt }
  const outcome = await workOnAsset(dependencies, claimed)
  note({ outcome: outcome.status })
  if (outcome.status !== 'failed' && outcome.status !== 'superseded') return
  // A broken connection may hold for the next worker; anything else would fail that one, too.
  const again = outcome.status === 'failed' && isTransient(outcome.error)
  if (outcome.status === 'failed' && !again) {
    await fail(dependencies, asset, ({ lease_id }) => lease_id === leaseId, outcome)
  }
  await removeLeftovers(dependencies, claimed)
  if (again) throw outcome.error
}

const undeliverable = async (
  dependencies: AssetWorkerDependencies,
  task: MediaTask,
): Promise<void> => {
  const { assets, clock } = dependencies
  const asset = await assets.find(task.run_id, task.asset_id)
  if (!asset) return
  const isDead = ({ attempt, lease_id, lease_until = 0 }: Work): boolean =>
    attempt === task.attempt && lease_id !== parked && lease_until < clock.now()
  const error = new Error('No worker could make the asset.')
  await fail(dependencies, asset, isDead, { error, stage: asset.stage })
}

export const createMediaPipeline = (dependencies: AssetWorkerDependencies): MediaPipeline => ({
  run: (task, receipt) => run(dependencies, task, receipt),
  undeliverable: (task) => undeliverable(dependencies, task),
})
