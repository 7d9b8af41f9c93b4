import type { SpendService } from '../../contracts/spend.ts'
import type { UsedUnits } from '../../repositories/spend-repository.ts'
import { mediaPriceTable } from '../../rules/media-prices.ts'

/** What is bought, as far as its price goes. */
interface Priced {
  kind: Extract<SpendService, 'image' | 'speech' | 'film'>
  /** Micro-dollars; null when the price is not known. */
  micros: number | null
  priceTable?: string | null
}

/** What one call of a vendor used: a failed one counts with what was reserved for it, unless it was refused. */
export const mediaUsed = (
  { kind, micros, priceTable }: Priced,
  { failed, unserved }: { failed: boolean; unserved: boolean },
): UsedUnits[] => {
  const known = micros !== null
  const cost = unserved ? 0 : (micros ?? 0)
  return [
    {
      service: kind,
      calls: 1,
      micros: cost,
      counted: cost,
      estimated: failed ? cost : 0,
      withoutUsage: failed ? 1 : 0,
      withoutPrice: known ? 0 : 1,
      table: known ? (priceTable ?? mediaPriceTable) : null,
    },
  ]
}
