import type { SearchProvider } from '../clients/search/search-provider.ts'
import { StudioError } from '../contracts/errors.ts'
import type { QueryProviderName } from '../rules/search-order.ts'
import type { AgentDependencies } from './call-budget.ts'
import type { SearchDependencies } from './research-input.ts'

export interface PaidSearches {
  /** Each sends nothing before the reservation is granted, and nothing once the searches are closed. */
  providers: SearchProvider[]
  /** Grants a call of the model only with the searches that it is made for. */
  countCall: AgentDependencies['countCall']
  /** @throws StudioError BUDGET_EXCEEDED */
  granted(): Promise<unknown>
  /** Tells how many requests were sent. Never rejects. */
  close(): Promise<void>
}

/** Reserves what queries to these providers may cost, beside whatever comes before the first of them. */
export const openPaidSearches = (
  { countCall, reserveSearches }: Pick<SearchDependencies, 'countCall' | 'reserveSearches'>,
  providers: readonly SearchProvider[],
): PaidSearches => {
  const requests = new Map<QueryProviderName, number>()
  let isOpen = true
  const reserved = Promise.resolve(reserveSearches?.(providers.map(({ name }) => name)))
  // Each that waits for it is told; until then its failure must not go unhandled.
  reserved.catch(() => {})
  const counted = (provider: SearchProvider): SearchProvider => ({
    name: provider.name,
    async search(query, signal) {
      await reserved
      if (!isOpen) throw new StudioError('UPSTREAM_ERROR', 'The search has ended.')
      requests.set(provider.name, (requests.get(provider.name) ?? 0) + 1)
      return provider.search(query, signal)
    },
  })
  return {
    providers: providers.map(counted),
    countCall: async (call) => {
      const [searches, model] = await Promise.allSettled([reserved, countCall?.(call)])
      if (model.status === 'rejected') throw model.reason
      if (searches.status === 'fulfilled') return model.value
      model.value?.({ usage: undefined, searches: undefined, refused: true })
      throw searches.reason
    },
    granted: () => reserved,
    async close() {
      isOpen = false
      const settle = await reserved.catch(() => undefined)
      settle?.(requests)
    },
  }
}
