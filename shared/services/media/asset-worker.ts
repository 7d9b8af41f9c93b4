import { ConditionFailed } from '../../clients/store.ts'
import type { MakingStage } from '../../contracts/assets.ts'
import { StudioError } from '../../contracts/errors.ts'
import { unlessAborted } from '../../platform/abort.ts'
import type { Clock } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import { assetMedia } from '../../repositories/media-keys.ts'
import type { Work } from '../../repositories/media-work.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { assetMs, makingMs } from '../../rules/media-limits.ts'
import { mediaPriceTable } from '../../rules/media-prices.ts'
import { dollarsOf } from '../../rules/spend-caps.ts'
import { type AssetEndDependencies, endAsset, sendAssets } from './asset-end.ts'
import { sourceFiles, storeFiles } from './asset-files.ts'
import type { MadeAsset, Makers, MakingOrder, Purchase, Started } from './asset-maker.ts'
import { createProgressLog } from './asset-progress-log.ts'
import { sourcesOf } from './asset-sources.ts'
import { voiceOf } from './asset-voice.ts'
import { type OpenWorkshop, openWorkshop, type WorkshopDependencies } from './workshop.ts'

export interface AssetWorkerDependencies extends AssetEndDependencies, WorkshopDependencies {
  clock: Clock
  assets: MediaAssetRepository<Work>
  runs: Pick<RunOutputRepository, 'get'>
  makers: Makers
}

/** What became of one worker's claim. */
export type AssetOutcome =
  | { status: 'completed' | 'started' | 'superseded' }
  | { status: 'failed'; error: unknown; stage: MakingStage }

/** The reason of a worker that stops and reports nothing. */
export class Superseded extends Error {}

export interface Claimed {
  asset: Work
  leaseId: string
  /** Of the message that brought it. */
  receipt: string | undefined
}

const holds =
  (leaseId: string) =>
  (asset: Work): boolean =>
    asset.lease_id === leaseId

/** Has a message come again so long after the last such call, when its worker dies or fails. Best effort. */
export const hideMessage = async (
  { queue }: Pick<AssetWorkerDependencies, 'queue'>,
  receipt: string | undefined,
): Promise<void> => {
  if (receipt === undefined) return
  try {
    await (await queue()).hide(receipt, assetMs.visibility)
  } catch (error) {
    log.warn('a message was not hidden', { error: error as Error })
  }
}

/** Keeps the claim, its purchases and its message alive until the answered function is called. */
const startHeartbeat = (
  dependencies: AssetWorkerDependencies,
  { asset, leaseId, receipt }: Claimed,
  workshop: OpenWorkshop,
  onLost: () => void,
): (() => void) => {
  const { clock, assets } = dependencies
  const beat = async (): Promise<void> => {
    try {
      const until = clock.now() + assetMs.claim
      const [held] = await Promise.all([
        assets.extend(asset, leaseId, until),
        workshop.extend(until),
        hideMessage(dependencies, receipt),
      ])
      if (!held) onLost()
    } catch (error) {
      log.warn('heartbeat failed', { error })
    }
  }
  void beat()
  const timer = setInterval(beat, assetMs.heartbeat)
  return () => clearInterval(timer)
}

const costOf = (purchases: readonly Purchase[]) => {
  const known = purchases.every(({ micros }) => micros !== null)
  if (!known) return null
  const micros = purchases.reduce((sum, purchase) => sum + (purchase.micros ?? 0), 0)
  const [priced] = purchases.flatMap(({ priceTable }) => priceTable ?? [])
  const price_table = priced ?? mediaPriceTable
  return { amount: dollarsOf(micros), currency: 'USD' as const, price_table }
}

interface Worker extends AssetWorkerDependencies, Claimed {
  stop: AbortController
  workshop: OpenWorkshop
  /** Where the asset is. */
  at(): MakingStage
  report(stage: MakingStage, share: number): void
}

/** @throws StudioError of the source that was not made */
const readySources = async ({ assets, asset, leaseId }: Worker): Promise<Work[]> => {
  const found = sourcesOf(asset, await assets.list(asset.run_id))
  if (found.state === 'ready') return found.sources
  if (found.state === 'waiting') {
    // One of them was asked for again between the message and the claim.
    await assets.release(asset, leaseId)
    throw new Superseded('Its sources are not ready.')
  }
  const { error, source } = found
  throw new SourceFailed(error?.code ?? 'ASSET_NOT_FOUND', {
    source: source?.asset_id,
    retryable: error?.retryable ?? false,
    detail: error?.detail ?? error?.message,
  })
}

/** An asset cannot be made since one that it builds on was not. */
export class SourceFailed extends StudioError {
  readonly source: string | undefined
  readonly detail: string | undefined

  constructor(
    code: StudioError['code'],
    {
      source,
      retryable,
      detail,
    }: { source: string | undefined; retryable: boolean; detail: string | undefined },
  ) {
    super(code, `${source ?? 'A source'} was not made, which this asset builds on.`, { retryable })
    this.name = 'SourceFailed'
    this.source = source
    this.detail = detail
  }
}

const orderOf = async (worker: Worker): Promise<MakingOrder> => {
  const { runs, asset, media, workshop } = worker
  const [run, sources] = await Promise.all([runs.get(asset.run_id), readySources(worker)])
  if (!run) throw new Superseded('The run is gone.')
  return {
    run,
    placement: asset.placement,
    posterSpecId: asset.poster_spec_id,
    note: asset.note,
    voice: voiceOf(media, asset.session_id, asset.settings),
    captions: asset.settings.captions,
    ...(asset.export_order && { exported: asset.export_order }),
    vendorJob: asset.vendor_job ?? null,
    sources: sourceFiles(media, sources, () => workshop.folder()),
  }
}

const makerOf = async ({ makers, asset: { asset_type } }: Worker) => {
  const load = makers[asset_type]
  if (load) return load()
  throw new StudioError(
    'CAPABILITY_NOT_CONFIGURED',
    `Nothing in this deployment makes assets of the type ${asset_type}.`,
  )
}

/** Leaves the asset to its vendor, whose job is looked at again by whichever worker. */
const park = async (worker: Worker, started: Started): Promise<void> => {
  const { assets, streams, asset, leaseId, clock } = worker
  const delay = Math.min(Math.max(started.lookAfterMs, 0), assetMs.maxDelay)
  const deadline = asset.vendor_deadline ?? started.deadline
  const lookAt = clock.now() + delay
  const { trouble } = started
  if (trouble && lookAt > deadline) {
    throw new StudioError(
      'MEDIA_TIMEOUT',
      `The vendor was not reached in time. ${trouble.message}`,
      {
        cause: trouble,
        ...(trouble.vendor && { vendor: trouble.vendor }),
      },
    )
  }
  await streams
    .open(asset.session_id)
    .commit([], [assets.park(asset, leaseId, { vendorJob: started.vendorJob, lookAt, deadline })])
  await sendAssets(worker, [asset], delay)
}

const complete = async (worker: Worker, order: MakingOrder, made: MadeAsset): Promise<boolean> => {
  const { media, asset, leaseId, workshop, report } = worker
  report('storing', 0.95)
  const product = order.run.run.brief['product.name']
  const files = await storeFiles(await media(), asset, leaseId, { product, files: made.files })
  const { purchases, digests } = workshop.used()
  const ended = await endAsset(worker, asset, holds(leaseId), {
    status: 'completed',
    stage: 'storing',
    files,
    provenance: { ...made.provenance, purchases: digests },
    checks: made.checks,
    cost: costOf(purchases),
  })
  return ended === 'ended'
}

const isStarted = (made: MadeAsset | Started): made is Started => 'vendorJob' in made

const make = async (worker: Worker): Promise<AssetOutcome> => {
  const { stop, workshop, asset, clock } = worker
  const order = await orderOf(worker)
  if (asset.vendor_deadline !== undefined && clock.now() > asset.vendor_deadline) {
    throw new StudioError('MEDIA_TIMEOUT', 'The vendor did not finish its job in time.')
  }
  const maker = await makerOf(worker)
  const made = await unlessAborted(maker.make(order, workshop), stop.signal)
  if (isStarted(made)) {
    await park(worker, made)
    return { status: 'started' }
  }
  return { status: (await complete(worker, order, made)) ? 'completed' : 'superseded' }
}

const outcomeOf = async (worker: Worker): Promise<AssetOutcome> => {
  const { stop } = worker
  try {
    return await make(worker)
  } catch (error) {
    const why = stop.signal.aborted ? stop.signal.reason : error
    if (why instanceof Superseded || why instanceof ConditionFailed) return { status: 'superseded' }
    return { status: 'failed', error: why, stage: worker.at() }
  }
}

/**
 * Removes what a worker stored for nothing. Best effort. Its files stay while its end may still take effect, and
 * when it did: the answer to it may have been lost.
 */
export const removeLeftovers = async (
  { assets, media }: Pick<AssetWorkerDependencies, 'assets' | 'media'>,
  { asset: { run_id, asset_id, session_id }, leaseId }: Pick<Claimed, 'asset' | 'leaseId'>,
): Promise<void> => {
  const folder = `${assetMedia(session_id, asset_id)}${leaseId}/`
  try {
    const asset = await assets.find(run_id, asset_id)
    const mayEnd = asset !== undefined && !isEnded(asset) && asset.lease_id === leaseId
    const isNamed = asset?.files?.some(({ key }) => key.startsWith(folder)) ?? false
    if (!mayEnd && !isNamed) await (await media()).erase(folder)
  } catch (error) {
    log.warn('files of a worker not removed', { error: error as Error })
  }
}

/** Makes a claimed asset, and ends it when that goes well. Never rejects. */
export const workOnAsset = async (
  dependencies: AssetWorkerDependencies,
  claimed: Claimed,
): Promise<AssetOutcome> => {
  const { clock } = dependencies
  const { asset, leaseId } = claimed
  const stop = new AbortController()
  const progress = createProgressLog(dependencies, claimed)
  const workshop = openWorkshop(dependencies, {
    asset,
    leaseId,
    signal: stop.signal,
    report: progress.report,
  })
  const lost = (): void => stop.abort(new Superseded('The asset was taken over, or is gone.'))
  const stopHeartbeat = startHeartbeat(dependencies, claimed, workshop, lost)
  const limit = makingMs[asset.asset_type]
  const timer = setTimeout(() => {
    stop.abort(new StudioError('MEDIA_TIMEOUT', `The asset was not made within ${limit} ms.`))
  }, limit)
  const startedAt = clock.now()
  const { report, at } = progress
  const worker: Worker = { ...dependencies, ...claimed, stop, workshop, at, report }
  const outcome = await outcomeOf(worker)
  clearTimeout(timer)
  stopHeartbeat()
  await progress.settled()
  const failure = outcome.status === 'failed' && outcome.error instanceof StudioError
  await workshop.close(failure ? (outcome.error as StudioError) : undefined)
  const { asset_type } = asset
  measure('AssetLatency', clock.now() - startedAt, { asset_type, outcome: outcome.status })
  return outcome
}
