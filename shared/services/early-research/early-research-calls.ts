import type { PlannedCall, SettleCall } from '../../agents/call-budget.ts'
import type { SettleSearches } from '../../agents/research-input.ts'
import { ConditionFailed } from '../../clients/store.ts'
import type { Clock } from '../../platform/clock.ts'
import { measure } from '../../platform/telemetry.ts'
import type { EarlySearchRepository } from '../../repositories/early-search-repository.ts'
import type { UsedUnits } from '../../repositories/spend-repository.ts'
import { earlyResearchLimits } from '../../rules/early-research.ts'
import type { QueryProviderName } from '../../rules/search-order.ts'
import { modelCharge } from '../spend/model-charges.ts'
import { maxSearchMicros, searchesUsed } from '../spend/service-charges.ts'
import type { Reservation, SpendService } from '../spend/spend-service.ts'

export interface EarlyCallDependencies {
  clock: Clock
  searches: Pick<EarlySearchRepository, 'countCall'>
  spend: Pick<SpendService, 'reserve'>
}

/** The search of one worker. */
interface HeldSearch {
  sessionId: string
  number: number
  leaseId: string
  /** Who pays: there is no run yet, so the caps of the day count alone. */
  principal: string
  /** What an earlier worker wrote down that its calls used. */
  used: readonly UsedUnits[]
  /** What to throw when the search was lost. */
  lost(): Error
}

export interface EarlyCalls {
  /** @throws StudioError BUDGET_EXCEEDED, or the search's `lost` */
  countCall(call: PlannedCall): Promise<SettleCall>
  /** @throws StudioError BUDGET_EXCEEDED */
  reserveSearches(providers: readonly QueryProviderName[]): Promise<SettleSearches>
  /** What the calls of this worker and of those before it used so far, of those that have ended. */
  used(): UsedUnits[]
  /** Resolves when everything that was used is recorded. Never rejects. */
  settled(): Promise<unknown>
}

/** The calls of an early search that cost money: each is reserved, and counted durably, before it is made. */
export const openEarlyCalls = (
  { clock, searches, spend }: EarlyCallDependencies,
  { principal, leaseId, used: before, lost, ...place }: HeldSearch,
): EarlyCalls => {
  const spender = { principal }
  const used = [...before]
  const settlements: Promise<void>[] = []
  const settle = (reservation: Reservation, units: UsedUnits[]): void => {
    used.push(...units)
    settlements.push(reservation.settle(units))
  }
  return {
    async countCall(call) {
      const charge = modelCharge(call, clock.now())
      const counted = searches.countCall(place, leaseId, earlyResearchLimits.maxCalls)
      try {
        const reservation = await spend.reserve(spender, charge.micros, [counted])
        return (report) => {
          if (report.usage) measure('ModelTokens', report.usage.total_tokens, { stage: 'research' })
          settle(reservation, charge.used(report))
        }
      } catch (error) {
        throw error instanceof ConditionFailed ? lost() : error
      }
    },
    async reserveSearches(providers) {
      const reservation = await spend.reserve(spender, maxSearchMicros(providers))
      return (requests) => settle(reservation, searchesUsed(requests))
    },
    used: () => [...used],
    settled: () => Promise.all(settlements),
  }
}
