import { ConditionFailed } from '../../clients/store.ts'
import { StudioError } from '../../contracts/errors.ts'
import { unlessAborted } from '../../platform/abort.ts'
import { numberSetting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { pause } from '../../platform/pause.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { PurchaseClaim, PurchaseRecord } from '../../repositories/purchase-repository.ts'
import { signatureProblem } from '../../rules/media/file-signature.ts'
import { maxPurchaseCalls, purchaseMs } from '../../rules/media-limits.ts'
import { mediaUsed } from '../spend/media-charges.ts'
import type { Reservation } from '../spend/spend-service.ts'
import type { Purchase } from './asset-maker.ts'
import type { Buyer } from './buyer.ts'

/** The pause before a second call, in seconds; a vendor that asks for more ends the purchase. */
const usualPause = 1
const maxPause = 20
const clientMarginMs = 1_000

const counterOf = ({ asset }: Buyer): string => `${asset.asset_id}_${asset.attempt}`

/** Counts a call, and reserves what it may cost, in one write. */
const reserve = async (
  buyer: Buyer,
  { micros }: Purchase,
  held: PurchaseClaim,
): Promise<Reservation> => {
  const { purchases, spend, asset, signal } = buyer
  const counted = purchases.countCall(held, counterOf(buyer), maxPurchaseCalls)
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

const idempotencyKeyOf = (
  { asset }: Buyer,
  record: Pick<PurchaseRecord, 'digest' | 'failed'>,
): string => `${asset.session_id}-${record.digest.slice(0, 40)}-${record.failed ?? 0}`

/** Milliseconds of one call; what a client sets itself ends a moment before, with more to say. */
const limitOf = (kind: Purchase['kind']): number => {
  const named = { image: modelSettingNames.imageDeadline, speech: modelSettingNames.ttsDeadline }
  const setting = kind === 'film' ? undefined : named[kind]
  return (setting ? numberSetting(setting, purchaseMs[kind]) : purchaseMs[kind]) + clientMarginMs
}

export const withDeadline = async <T>(
  { signal }: Buyer,
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
export const assertSound = ({ provider, contentType }: Purchase, bytes: Uint8Array): Uint8Array => {
  const problem = signatureProblem(bytes, contentType)
  if (problem === undefined) return bytes
  const message = `${provider} answered with ${problem}, where ${contentType} was asked for.`
  throw new StudioError('UPSTREAM_ERROR', message, {
    vendor: { service: provider, status: 200, code: null, message: problem, request_id: null },
  })
}

/** One counted and paid call. @throws what it failed with */
const callOnce = async <T>(
  buyer: Buyer,
  purchase: Purchase,
  held: PurchaseClaim,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const reservation = await reserve(buyer, purchase, held)
  // From here on the end of this call tells how it stands.
  buyer.unanswered.delete(held.digest)
  try {
    const answer = await withDeadline(buyer, purchase, call)
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

export const callVendor = async <T>(
  buyer: Buyer,
  purchase: Purchase,
  held: PurchaseClaim,
  asking: Asking<T>,
  tries: number = maxPurchaseCalls,
): Promise<T> => {
  const { purchases, asset, signal } = buyer
  const { call, find } = asking
  const record = await purchases.find(asset.session_id, held.digest)
  signal.throwIfAborted()
  const since = record?.asked_at
  if (since !== undefined) buyer.unanswered.add(held.digest)
  if (find && since !== undefined) {
    const found = await withDeadline(buyer, purchase, (signal) => find(signal, since))
    if (found !== null) {
      buyer.unanswered.delete(held.digest)
      return found
    }
  }
  const key = idempotencyKeyOf(buyer, record ?? held)
  try {
    return await callOnce(buyer, purchase, held, (signal) => call(signal, key))
  } catch (error) {
    signal.throwIfAborted()
    if (!mayPass(error) || tries <= 1) throw error
    log.warn('a vendor of media failed', { code: error.code, error })
    // Without an answer the next call is the same request: it may have been served.
    if (!error.unanswered) await purchases.failed(held)
    await pause((error.retryAfter ?? usualPause) * 1000, signal)
    return callVendor(buyer, purchase, held, asking, tries - 1)
  }
}
