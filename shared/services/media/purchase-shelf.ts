import { pause } from '../../platform/pause.ts'
import { measure } from '../../platform/telemetry.ts'
import { purchaseFileKey } from '../../repositories/media-keys.ts'
import type { PurchaseClaim, PurchaseRecord } from '../../repositories/purchase-repository.ts'
import { assetMs } from '../../rules/media-limits.ts'
import { assetTag } from '../../rules/storage-layout.ts'
import type { Bought, Purchase } from './asset-maker.ts'
import type { Buyer } from './buyer.ts'
import { purchaseDigest } from './purchase-digest.ts'

const keyFor = ({ asset }: Buyer, digest: string): string =>
  purchaseFileKey(asset.session_id, digest)

const findStored = async (
  buyer: Buyer,
  purchase: Purchase,
  digest: string,
): Promise<Bought | undefined> => {
  const bytes = await (await buyer.media()).get(keyFor(buyer, digest))
  return bytes && { digest, bytes, contentType: purchase.contentType }
}

/** Claims a purchase, or waits beside the worker that makes it. Undefined when it is made by then. */
const claim = async (
  buyer: Buyer,
  purchase: Purchase,
  digest: string,
): Promise<PurchaseRecord | undefined> => {
  const { purchases, assets, asset, leaseId, clock, signal, held } = buyer
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
      const record = await purchases.find(asset.session_id, digest)
      if (record?.asked_at !== undefined) buyer.unanswered.add(digest)
      return record ?? { ...facts, status: 'open' }
    }
    const left = (found?.lease_until ?? 0) - clock.now()
    await pause(Math.max(50, Math.min(left + 50, assetMs.retake)), signal)
  }
}

/** What was bought before, or a claim on the purchase. */
export const beginPurchase = async (
  buyer: Buyer,
  purchase: Purchase,
): Promise<{ found: Bought } | { record: PurchaseRecord; held: PurchaseClaim }> => {
  const digest = purchaseDigest(purchase)
  buyer.used.set(digest, purchase)
  const { purchases, asset, leaseId } = buyer
  for (;;) {
    const record = await claim(buyer, purchase, digest)
    const found = await findStored(buyer, purchase, digest)
    if (found) {
      // Of a worker that died between object and item.
      if (record) await purchases.complete({ sessionId: asset.session_id, digest, leaseId })
      buyer.held.delete(digest)
      measure('PurchaseEnd', 1, { kind: purchase.kind, outcome: 'found' })
      return { found }
    }
    if (record) return { record, held: { sessionId: asset.session_id, digest, leaseId } }
    await purchases.reopen(asset.session_id, digest)
  }
}

/** Stores what a vendor made, and gives the claim up. */
export const storePurchase = async (
  buyer: Buyer,
  purchase: Purchase,
  held: PurchaseClaim,
  bytes: Uint8Array,
): Promise<Bought> => {
  const { media, purchases, asset } = buyer
  const { digest } = held
  const bucket = await media()
  const key = keyFor(buyer, digest)
  const { contentType } = purchase
  await bucket.put(key, bytes, { contentType, tags: assetTag, onlyNew: true })
  const completed = await purchases.complete(held)
  // Of a session that was erased meanwhile nothing may remain; of any other the bytes are good.
  if (!completed && (await purchases.find(asset.session_id, digest)) === undefined) {
    await bucket.erase(key)
  }
  buyer.held.delete(digest)
  return { digest, bytes, contentType }
}
