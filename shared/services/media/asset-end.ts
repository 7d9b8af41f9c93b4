import type { Queue } from '../../clients/queue.ts'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import type { EventDraft } from '../../contracts/events.ts'
import type { MediaTask } from '../../contracts/media-pipeline.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { insist } from '../../platform/insist.ts'
import { pause } from '../../platform/pause.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { Job, JobRepository } from '../../repositories/job-repository.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { AssetEnd, Work } from '../../repositories/media-work.ts'
import { boundedText, eventDetailLimit } from '../../rules/bounded-text.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { retention } from '../../rules/retention.ts'
import type { StreamService } from '../log/stream-service.ts'
import { assetsJobUpdate, hasJobEnded, stateOfJob } from './asset-jobs.ts'

export interface AssetEndDependencies {
  clock: Clock
  assets: MediaAssetRepository<Work>
  jobs: Pick<JobRepository, 'get' | 'advance'>
  streams: StreamService
  queue: () => Promise<Queue>
}

/** Tries at an end that meets other assets of its jobs. */
const endTries = 40

const taskOf = ({ run_id, asset_id, attempt, request_id }: Work): MediaTask => ({
  run_id,
  asset_id,
  attempt,
  ...(request_id !== undefined && { request_id }),
})

/** Tries at a message: without it an asset waits for the sweep. */
const sendTries = 3

/**
 * Sends messages that have assets made, or looked at again.
 * @param delayMs until they may be delivered
 */
export const sendAssets = (
  { queue }: Pick<AssetEndDependencies, 'queue'>,
  assets: readonly Work[],
  delayMs = 0,
): Promise<void> => insist(async () => (await queue()).send(assets.map(taskOf), delayMs), sendTries)

export const assetPath = ({ run_id, asset_id }: Pick<Work, 'run_id' | 'asset_id'>): string =>
  `/api/runs/${run_id}/assets/${asset_id}`

const endEvents = (asset: Work, end: AssetEnd, now: number): EventDraft[] => {
  const { run_id, asset_id, asset_type } = asset
  // Its job tells of it.
  if (asset_type === 'export') return []
  if (end.status === 'completed') {
    const expires_at = isoTime(now + retention.asset.seconds * 1000)
    const data = { asset_id, asset_type, url: assetPath(asset), expires_at }
    return [{ type: 'asset.ready', run_id, data }]
  }
  if (end.status === 'cancelled') return []
  const { code, message, retryable, detail } = end.error
  return [
    {
      type: 'asset.failed',
      run_id,
      data: {
        ...{ asset_id, asset_type, stage: end.stage, code, message, retryable },
        ...(detail !== undefined && { detail: boundedText(detail, eventDetailLimit) }),
      },
    },
  ]
}

/** The jobs that follow an asset and have not ended, each with what it comes to. */
const jobsAfter = async (
  { clock, jobs, assets }: AssetEndDependencies,
  asset: Work,
  end: AssetEnd,
): Promise<{ writes: Write[]; events: EventDraft[] }> => {
  const [found, all] = await Promise.all([
    Promise.all(asset.job_ids.map((id) => jobs.get(id))),
    assets.list(asset.run_id),
  ])
  const parts = all.map((each) =>
    each.asset_id === asset.asset_id
      ? { ...each, status: end.status, share: 100, error: 'error' in end ? end.error : undefined }
      : each,
  )
  const open = found.filter((job): job is Job => job !== undefined && !hasJobEnded(job))
  const moved = open.map((job) => ({ job, state: stateOfJob(job, parts, clock.now()) }))
  return {
    writes: moved.flatMap(({ job, state }) => jobs.advance(job, state)),
    events: moved.map(({ job, state }) => assetsJobUpdate(job, state)),
  }
}

/** Whether the asset is still what its worker, or whatever else ends it, takes it for. */
type StillOurs = (asset: Work) => boolean

const tryEnd = async (
  dependencies: AssetEndDependencies,
  { run_id, asset_id }: Pick<Work, 'run_id' | 'asset_id'>,
  ours: StillOurs,
  end: AssetEnd,
  tries = endTries,
): Promise<Work | undefined> => {
  const { assets, streams, clock } = dependencies
  const asset = await assets.find(run_id, asset_id)
  if (!asset || isEnded(asset) || !ours(asset)) return undefined
  const { writes, events } = await jobsAfter(dependencies, asset, end)
  const stream = streams.open(asset.session_id)
  try {
    await stream.commit(
      [...endEvents(asset, end, clock.now()), ...events],
      [...assets.end(asset, end), ...writes],
    )
  } catch (error) {
    if (!(error instanceof ConditionFailed) || tries <= 1) throw error
    // Another asset of a job ended at the same time, or another job joined.
    await pause(5 + Math.random() * 20)
    return tryEnd(dependencies, { run_id, asset_id }, ours, end, tries - 1)
  }
  await stream.settled()
  return asset
}

/** Sends what waited for an asset, and for nothing else any more. Best effort: the sweep sends the rest. */
export const wakeWaiting = async (
  { assets, queue }: Pick<AssetEndDependencies, 'assets' | 'queue'>,
  { run_id, asset_id }: Pick<Work, 'run_id' | 'asset_id'>,
): Promise<void> => {
  try {
    const all = await assets.list(run_id)
    const open = new Set(all.filter((each) => !isEnded(each)).map((each) => each.asset_id))
    const waiting = all.filter(
      ({ status, sources }) =>
        status === 'queued' &&
        sources.includes(asset_id) &&
        !sources.some((source) => open.has(source)),
    )
    if (waiting.length > 0) await sendAssets({ queue }, waiting)
  } catch (error) {
    log.warn('waiting assets not sent; the sweeper will', { error })
  }
}

/**
 * Ends an asset: it, the jobs that follow it and their events in one transaction, and then sends what waited for
 * it. Repeatable: an end that took effect and whose answer was lost ends nothing twice.
 * @param ours whether the asset, read anew, is still the caller's to end
 */
export const endAsset = async (
  dependencies: AssetEndDependencies,
  named: Pick<Work, 'run_id' | 'asset_id'>,
  ours: StillOurs,
  end: AssetEnd,
): Promise<'ended' | 'left'> => {
  const ended = await insist(() => tryEnd(dependencies, named, ours, end))
  if (ended) measure('AssetEnd', 1, { asset_type: ended.asset_type, outcome: end.status })
  await wakeWaiting(dependencies, named)
  return ended ? 'ended' : 'left'
}
