import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MediaStore } from '../../clients/media-store.ts'
import { ConditionFailed } from '../../clients/store.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { unlessAborted } from '../../platform/abort.ts'
import type { Clock } from '../../platform/clock.ts'
import { numberSetting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { pause } from '../../platform/pause.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { MediaAssetRepository, Work } from '../../repositories/media-asset-repository.ts'
import { purchaseFileKey } from '../../repositories/media-keys.ts'
import type {
  PurchaseClaim,
  PurchaseRecord,
  PurchaseRepository,
} from '../../repositories/purchase-repository.ts'
import { signatureProblem } from '../../rules/media/file-signature.ts'
import { assetMs, maxPurchaseCalls, purchaseMs } from '../../rules/media-limits.ts'
import { assetTag } from '../../rules/storage-layout.ts'
import { mediaUsed } from '../spend/media-charges.ts'
import type { Reservation, SpendService } from '../spend/spend-service.ts'
import type { Bought, ProductPicture, Purchase, Workshop } from './asset-maker.ts'
import { purchaseDigest } from './purchase-digest.ts'

/** The session's product picture as makers get it; null when it has none. */
export type FindProductPicture = (sessionId: string) => Promise<ProductPicture | null>

export interface WorkshopDependencies {
  clock: Clock
  assets: Pick<MediaAssetRepository<Work>, 'hold'>
  purchases: PurchaseRepository
  media: () => Promise<MediaStore>
  spend: SpendService
  productPicture: FindProductPicture
}

export interface OpenWorkshop extends Workshop {
  /** Every purchase that was made or found, for what the asset cost. */
  used(): { purchases: Purchase[]; digests: string[] }
  /** Keeps the claims on purchases in progress. */
  extend(until: number): Promise<void>
  /**
   * Gives up what is held, and removes the folders. After a failure that no later look can mend, jobs that
   * were started are forgotten: the next attempt starts them anew. Never rejects.
   */
  close(failure: StudioError | undefined): Promise<void>
}

interface Context extends WorkshopDependencies {
  asset: Work
  leaseId: string
  signal: AbortSignal
  report: Workshop['report']
  held: Map<string, PurchaseClaim>
  used: Map<string, Purchase>
}

/** The pause before a second call, in seconds; a vendor that asks for more ends the purchase. */
const usualPause = 1
const maxPause = 20
const clientMarginMs = 1_000

const keyFor = ({ asset }: Context, digest: string): string =>
  purchaseFileKey(asset.session_id, digest)

const findStored = async (
  context: Context,
  purchase: Purchase,
  digest: string,
): Promise<Bought | undefined> => {
  const bytes = await (await context.media()).get(keyFor(context, digest))
  return bytes && { digest, bytes, contentType: purchase.contentType }
}

/** Claims a purchase, or waits beside the worker that makes it. Undefined when it is made by then. */
const claim = async (
  context: Context,
  purchase: Purchase,
  digest: string,
): Promise<PurchaseRecord | undefined> => {
  const { purchases, assets, asset, leaseId, clock, signal, held } = context
  const { kind, provider, model } = purchase
  for (;;) {
    signal.throwIfAborted()
    const found = await purchases.find(asset.session_id, digest)
    if (found?.status === 'done') return undefined
    const until = clock.now() + assetMs.claim
    const lease = { id: leaseId, until }
    const holds = assets.hold(asset, leaseId, until)
    const facts = { digest, kind, provider, model }
    if (await purchases.claim(asset.session_id, facts, lease, holds)) {
      held.set(digest, { sessionId: asset.session_id, digest, leaseId })
      return (await purchases.find(asset.session_id, digest)) ?? { ...facts, status: 'open' }
    }
    const left = (found?.lease_until ?? 0) - clock.now()
    await pause(Math.max(50, Math.min(left + 50, assetMs.retake)), signal)
  }
}

const store = async (
  context: Context,
  purchase: Purchase,
  held: PurchaseClaim,
  bytes: Uint8Array,
): Promise<Bought> => {
  const { media, purchases, asset } = context
  const { digest } = held
  const bucket = await media()
  const key = keyFor(context, digest)
  const { contentType } = purchase
  await bucket.put(key, bytes, { contentType, tags: assetTag, onlyNew: true })
  const completed = await purchases.complete(held)
  // Of a session that was erased meanwhile nothing may remain; of any other the bytes are good.
  if (!completed && (await purchases.find(asset.session_id, digest)) === undefined) {
    await bucket.erase(key)
  }
  context.held.delete(digest)
  return { digest, bytes, contentType }
}

const counterOf = ({ asset }: Context): string => `${asset.asset_id}_${asset.attempt}`

/** Counts a call, and reserves what it may cost, in one write. */
const reserve = async (
  context: Context,
  { micros }: Purchase,
  held: PurchaseClaim,
): Promise<Reservation> => {
  const { purchases, spend, asset, signal } = context
  const counted = purchases.countCall(held, counterOf(context), maxPurchaseCalls)
  try {
    return await spend.reserve({ principal: asset.owner, runId: asset.run_id }, micros ?? 0, [
      counted,
    ])
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    signal.throwIfAborted()
    throw new StudioError('UPSTREAM_ERROR', 'This attempt has used up its calls of the vendor.')
  }
}

const idempotencyKeyOf = ({ asset }: Context, record: PurchaseRecord): string =>
  `${asset.session_id}-${record.digest.slice(0, 40)}-${record.failed ?? 0}`

/** Milliseconds of one call; what a client sets itself ends a moment before, with more to say. */
const limitOf = (kind: Purchase['kind']): number => {
  const named = { image: modelSettingNames.imageDeadline, speech: modelSettingNames.ttsDeadline }
  const setting = kind === 'film' ? undefined : named[kind]
  return (setting ? numberSetting(setting, purchaseMs[kind]) : purchaseMs[kind]) + clientMarginMs
}

const withDeadline = async <T>(
  { signal }: Context,
  { kind, provider }: Purchase,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const limit = limitOf(kind)
  const deadline = AbortSignal.timeout(limit)
  try {
    const either = AbortSignal.any([signal, deadline])
    return await unlessAborted(work(either), either)
  } catch (error) {
    signal.throwIfAborted()
    if (!deadline.aborted) throw error
    const message = `${provider} did not answer within ${limit} ms.`
    throw new StudioError('MEDIA_TIMEOUT', message, { cause: error })
  }
}

/** @throws StudioError UPSTREAM_ERROR for what cannot be a file of that type */
const assertSound = ({ provider, contentType }: Purchase, bytes: Uint8Array): Uint8Array => {
  const problem = signatureProblem(bytes, contentType)
  if (problem === undefined) return bytes
  const message = `${provider} answered with ${problem}, where ${contentType} was asked for.`
  throw new StudioError('UPSTREAM_ERROR', message, {
    vendor: { service: provider, status: 200, code: null, message: problem, request_id: null },
  })
}

/** One counted and paid call. @throws what it failed with */
const callOnce = async <T>(
  context: Context,
  purchase: Purchase,
  held: PurchaseClaim,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const reservation = await reserve(context, purchase, held)
  try {
    const answer = await withDeadline(context, purchase, call)
    await reservation.settle(mediaUsed(purchase, { failed: false, unserved: false }))
    measure('PurchaseEnd', 1, { kind: purchase.kind, outcome: 'bought' })
    return answer
  } catch (error) {
    const unserved = error instanceof StudioError && error.unserved
    await reservation.settle(mediaUsed(purchase, { failed: true, unserved }))
    measure('PurchaseEnd', 1, { kind: purchase.kind, outcome: 'failed' })
    throw error
  }
}

/** Whether a failure may pass with a second call: a timeout may have been charged, a refusal stays one. */
const mayPass = (error: unknown): error is StudioError =>
  error instanceof StudioError &&
  error.retryable &&
  (error.code === 'UPSTREAM_ERROR' || error.code === 'RATE_LIMITED') &&
  (error.retryAfter ?? usualPause) <= maxPause

/** What is asked of a vendor, and how a call whose answer was lost is found again. */
interface Asking<T> {
  call: (signal: AbortSignal, key: string) => Promise<T>
  find?: ((signal: AbortSignal, since: number) => Promise<T | null>) | undefined
}

const callVendor = async <T>(
  context: Context,
  purchase: Purchase,
  held: PurchaseClaim,
  asking: Asking<T>,
  tries: number = maxPurchaseCalls,
): Promise<T> => {
  const { purchases, asset, signal } = context
  const { call, find } = asking
  const record = await purchases.find(asset.session_id, held.digest)
  signal.throwIfAborted()
  const since = record?.asked_at
  if (find && since !== undefined) {
    const found = await withDeadline(context, purchase, (signal) => find(signal, since))
    if (found !== null) return found
  }
  const key = idempotencyKeyOf(context, record ?? ({ digest: held.digest } as PurchaseRecord))
  try {
    return await callOnce(context, purchase, held, (signal) => call(signal, key))
  } catch (error) {
    signal.throwIfAborted()
    if (!mayPass(error) || tries <= 1) throw error
    log.warn('a vendor of media failed', { code: error.code, error })
    // Without an answer the next call is the same request: it may have been served.
    if (!error.unanswered) await purchases.failed(held)
    await pause((error.retryAfter ?? usualPause) * 1000, signal)
    return callVendor(context, purchase, held, asking, tries - 1)
  }
}

/** What was bought before, or undefined with the purchase claimed. */
const begin = async (
  context: Context,
  purchase: Purchase,
): Promise<{ found: Bought } | { record: PurchaseRecord; held: PurchaseClaim }> => {
  const digest = purchaseDigest(purchase)
  context.used.set(digest, purchase)
  const { purchases, asset, leaseId } = context
  for (;;) {
    const record = await claim(context, purchase, digest)
    const found = await findStored(context, purchase, digest)
    if (found) {
      // Of a worker that died between object and item.
      if (record) await purchases.complete({ sessionId: asset.session_id, digest, leaseId })
      context.held.delete(digest)
      measure('PurchaseEnd', 1, { kind: purchase.kind, outcome: 'found' })
      return { found }
    }
    if (record) return { record, held: { sessionId: asset.session_id, digest, leaseId } }
    await purchases.reopen(asset.session_id, digest)
  }
}

const buy = async (
  context: Context,
  purchase: Purchase,
  call: Parameters<Workshop['buy']>[1],
): Promise<Bought> => {
  const begun = await begin(context, purchase)
  if ('found' in begun) return begun.found
  const bytes = await callVendor(context, purchase, begun.held, {
    call: async (signal, key) => assertSound(purchase, await call(signal, key)),
  })
  return store(context, purchase, begun.held, bytes)
}

const start = async (
  context: Context,
  purchase: Purchase,
  call: Parameters<Workshop['start']>[1],
  find: Parameters<Workshop['start']>[2],
): Promise<string> => {
  const begun = await begin(context, purchase)
  // Collected already: whatever the name, `collect` finds it.
  if ('found' in begun) return begun.found.digest
  const { record, held } = begun
  if (record.vendor_job !== undefined) return record.vendor_job
  const vendorJob = await callVendor(context, purchase, held, { call, find })
  if (!(await context.purchases.started(held, vendorJob))) context.signal.throwIfAborted()
  return vendorJob
}

const collect = async (
  context: Context,
  purchase: Purchase,
  fetch: Parameters<Workshop['collect']>[1],
): Promise<Bought> => {
  const begun = await begin(context, purchase)
  if ('found' in begun) return begun.found
  const bytes = await withDeadline(context, purchase, fetch)
  return store(context, purchase, begun.held, assertSound(purchase, bytes))
}

/** What was not answered may yet come to something, and so may what another worker takes over. */
const isFinal = (failure: StudioError | undefined): boolean =>
  failure !== undefined && failure.code !== 'MEDIA_TIMEOUT' && !failure.unanswered

/** A key or an account that is not in order says nothing of a job that was started with it, and is paid for. */
const forgetsJobs = (failure: StudioError | undefined): boolean =>
  isFinal(failure) &&
  failure?.code !== 'CAPABILITY_NOT_CONFIGURED' &&
  failure?.code !== 'RATE_LIMITED'

const closeAll = async (
  { purchases, held }: Context,
  folders: readonly string[],
  failure: StudioError | undefined,
): Promise<void> => {
  const after = { failed: isFinal(failure), forgets: forgetsJobs(failure) }
  const releases = [...held.values()].map((one) => purchases.release(one, after))
  const removals = folders.map((folder) => rm(folder, { recursive: true, force: true }))
  for (const result of await Promise.allSettled([...releases, ...removals])) {
    if (result.status === 'rejected') {
      log.warn('workshop not closed', { error: asStudioError(result.reason) })
    }
  }
}

/** What a maker gets, for one worker's claim on one asset. */
export const openWorkshop = (
  dependencies: WorkshopDependencies,
  order: Pick<Context, 'asset' | 'leaseId' | 'signal' | 'report'>,
): OpenWorkshop => {
  const folders: string[] = []
  const context: Context = { ...dependencies, ...order, held: new Map(), used: new Map() }
  let picture: Promise<ProductPicture | null> | undefined
  return {
    signal: order.signal,
    report: order.report,
    buy: (purchase, call) => buy(context, purchase, call),
    start: (purchase, call, find) => start(context, purchase, call, find),
    collect: (purchase, fetch) => collect(context, purchase, fetch),
    productPicture() {
      picture ??= dependencies.productPicture(order.asset.session_id)
      return picture
    },
    async folder() {
      const folder = await mkdtemp(join(tmpdir(), 'asset-'))
      folders.push(folder)
      return folder
    },
    used: () => ({ purchases: [...context.used.values()], digests: [...context.used.keys()] }),
    async extend(until) {
      await Promise.all(
        [...context.held.values()].map((one) => dependencies.purchases.extend(one, until)),
      )
    },
    close: (failure) => closeAll(context, folders, failure),
  }
}
