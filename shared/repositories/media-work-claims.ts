import type { Store, Write } from '../clients/store.ts'
import type { Clock } from '../platform/clock.ts'
import { maxAssetWorkers } from '../rules/media-limits.ts'
import { type AssetClaim, type Named, type Parking, parked, type Work } from './media-work.ts'
import { isHeld, keyOf, touched } from './media-work-items.ts'
import { tryWrite } from './try-write.ts'

const claimed = (clock: Clock, asset: Named, { attempt, leaseId, until }: AssetClaim): Write => ({
  update: keyOf(asset),
  set: { status: 'running', lease_id: leaseId, lease_until: until, ...touched(clock, asset) },
  count: 'workers',
  condition: {
    expression:
      '#attempt = :attempt AND #workers < :workers AND attribute_not_exists(#deleting) AND' +
      ' (#status = :queued OR (#status = :running AND (#lease_until < :now OR #lease_id = :own)))',
    values: {
      ':attempt': attempt,
      ':workers': maxAssetWorkers,
      ':queued': 'queued',
      ':running': 'running',
      ':now': clock.now(),
      ':own': leaseId,
    },
  },
})

/** How an asset's item gets, keeps and changes its worker's claim. */
export const createClaimWrites = (store: Store, clock: Clock) => {
  const hold = (asset: Named, leaseId: string, until: number): Write => ({
    update: keyOf(asset),
    set: { lease_until: until },
    condition: isHeld(leaseId),
  })
  return {
    hold,
    claim: (asset: Named, claim: AssetClaim) => tryWrite(store, [claimed(clock, asset, claim)]),
    extend: (asset: Named, leaseId: string, until: number) =>
      tryWrite(store, [hold(asset, leaseId, until)]),
    advance: (asset: Named, leaseId: string, progress: Pick<Work, 'stage' | 'share'>): Write => ({
      update: keyOf(asset),
      set: { ...progress, ...touched(clock, asset) },
      condition: isHeld(leaseId),
    }),
    release: (asset: Named, leaseId: string) =>
      tryWrite(store, [
        {
          update: keyOf(asset),
          set: { status: 'queued', workers: 0, ...touched(clock, asset) },
          clear: ['lease_id', 'lease_until'],
          condition: isHeld(leaseId),
        },
      ]),
    park: (asset: Named, leaseId: string, { vendorJob, lookAt, deadline }: Parking): Write => ({
      update: keyOf(asset),
      set: {
        lease_id: parked,
        lease_until: lookAt,
        vendor_job: vendorJob,
        vendor_deadline: deadline,
        workers: 0,
        ...touched(clock, asset),
      },
      condition: isHeld(leaseId),
    }),
  }
}
