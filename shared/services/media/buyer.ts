import type { MediaStore } from '../../clients/media-store.ts'
import type { Clock } from '../../platform/clock.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { Work } from '../../repositories/media-work.ts'
import type { PurchaseClaim, PurchaseRepository } from '../../repositories/purchase-repository.ts'
import type { SpendService } from '../spend/spend-service.ts'
import type { Purchase } from './asset-maker.ts'

export interface BuyerDependencies {
  clock: Clock
  assets: Pick<MediaAssetRepository<Work>, 'hold'>
  purchases: PurchaseRepository
  media: () => Promise<MediaStore>
  spend: SpendService
}

/** One worker's claim on one asset, with what it buys for it. By digest. */
export interface Buyer extends BuyerDependencies {
  asset: Work
  leaseId: string
  signal: AbortSignal
  /** Purchases that are claimed and not stored yet. */
  held: Map<string, PurchaseClaim>
  /**
   * Purchases with a call of an earlier time whose answer was lost, until it is found or they are asked for
   * again: it may be charged.
   */
  unanswered: Set<string>
  /** Every purchase that was made or found. */
  used: Map<string, Purchase>
}
