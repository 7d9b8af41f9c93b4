import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asStudioError, type StudioError } from '../../contracts/errors.ts'
import { log } from '../../platform/telemetry.ts'
import type { Bought, ProductPicture, Purchase, Workshop } from './asset-maker.ts'
import type { Buyer, BuyerDependencies } from './buyer.ts'
import { beginPurchase, storePurchase } from './purchase-shelf.ts'
import { assertSound, callVendor, withDeadline } from './vendor-call.ts'

/** The session's product picture as makers get it; null when it has none. */
export type FindProductPicture = (sessionId: string) => Promise<ProductPicture | null>

export interface WorkshopDependencies extends BuyerDependencies {
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

const buy = async (
  buyer: Buyer,
  purchase: Purchase,
  call: Parameters<Workshop['buy']>[1],
): Promise<Bought> => {
  const begun = await beginPurchase(buyer, purchase)
  if ('found' in begun) return begun.found
  const bytes = await callVendor(buyer, purchase, begun.held, {
    call: async (signal, key) => assertSound(purchase, await call(signal, key)),
  })
  return storePurchase(buyer, purchase, begun.held, bytes)
}

const start = async (
  buyer: Buyer,
  purchase: Purchase,
  call: Parameters<Workshop['start']>[1],
  find: Parameters<Workshop['start']>[2],
): Promise<string> => {
  const begun = await beginPurchase(buyer, purchase)
  // Collected already: whatever the name, `collect` finds it.
  if ('found' in begun) return begun.found.digest
  const { record, held } = begun
  if (record.vendor_job !== undefined) return record.vendor_job
  const vendorJob = await callVendor(buyer, purchase, held, { call, find })
  if (!(await buyer.purchases.started(held, vendorJob))) buyer.signal.throwIfAborted()
  return vendorJob
}

const collect = async (
  buyer: Buyer,
  purchase: Purchase,
  fetch: Parameters<Workshop['collect']>[1],
): Promise<Bought> => {
  const begun = await beginPurchase(buyer, purchase)
  if ('found' in begun) return begun.found
  const bytes = await withDeadline(buyer, purchase, fetch)
  return storePurchase(buyer, purchase, begun.held, assertSound(purchase, bytes))
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
  { purchases, held, unanswered }: Buyer,
  folders: readonly string[],
  failure: StudioError | undefined,
): Promise<void> => {
  const forgets = forgetsJobs(failure)
  const releases = [...held.values()].map((one) => {
    // What failed before the vendor was asked again says nothing of a call whose answer was lost.
    const failed = isFinal(failure) && !unanswered.has(one.digest)
    return purchases.release(one, { failed, forgets })
  })
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
  order: Pick<Buyer, 'asset' | 'leaseId' | 'signal'> & Pick<Workshop, 'report'>,
): OpenWorkshop => {
  const folders: string[] = []
  const buyer: Buyer = {
    ...dependencies,
    ...order,
    held: new Map(),
    unanswered: new Set(),
    used: new Map(),
  }
  let picture: Promise<ProductPicture | null> | undefined
  return {
    signal: order.signal,
    report: order.report,
    buy: (purchase, call) => buy(buyer, purchase, call),
    start: (purchase, call, find) => start(buyer, purchase, call, find),
    collect: (purchase, fetch) => collect(buyer, purchase, fetch),
    productPicture() {
      picture ??= dependencies.productPicture(order.asset.session_id)
      return picture
    },
    async folder() {
      const folder = await mkdtemp(join(tmpdir(), 'asset-'))
      folders.push(folder)
      return folder
    },
    used: () => ({ purchases: [...buyer.used.values()], digests: [...buyer.used.keys()] }),
    async extend(until) {
      await Promise.all(
        [...buyer.held.values()].map((one) => dependencies.purchases.extend(one, until)),
      )
    },
    close: (failure) => closeAll(buyer, folders, failure),
  }
}
