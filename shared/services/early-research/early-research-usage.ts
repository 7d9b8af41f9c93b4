import type { EarlyResearch, EarlyResearchUsage } from '../../contracts/early-research.ts'
import type { CallUsage, Usage } from '../../contracts/provenance.ts'
import { ownPrices } from '../../platform/spend-settings.ts'
import type { EarlySearch } from '../../repositories/early-search-repository.ts'
import type { UsedUnits } from '../../repositories/spend-repository.ts'
import type { ServiceSums } from '../../repositories/usage-repository.ts'
import { costOf } from '../../rules/prices.ts'
import { searchUsage } from '../runs/run-usage.ts'

const noTokens: Usage = { input_tokens: 0, output_tokens: 0, total_tokens: 0 }

/** What the model's server reported of one search, and of how many calls. */
export const reportedBy = ({ used }: Pick<EarlySearch, 'used'>): Usage & { calls: number } => {
  const reports = used.flatMap(({ tokens }) => tokens ?? [])
  const sum = reports.reduce(
    (all, tokens) => ({
      input_tokens: all.input_tokens + tokens.input_tokens,
      output_tokens: all.output_tokens + tokens.output_tokens,
      total_tokens: all.total_tokens + tokens.total_tokens,
    }),
    noTokens,
  )
  return { ...sum, calls: reports.length }
}

export const isSearch = ({ service }: UsedUnits): boolean => service === 'search'

const searchSums = (searches: readonly EarlySearch[]): ServiceSums => {
  const units = searches.flatMap(({ used }) => used.filter(isSearch))
  const sum = (of: (unit: UsedUnits) => number): number =>
    units.reduce((all, unit) => all + of(unit), 0)
  return {
    calls: sum(({ calls }) => calls),
    micros: sum(({ micros }) => micros),
    withoutPrice: sum(({ withoutPrice }) => withoutPrice),
    table: units.findLast(({ table }) => table !== null)?.table ?? null,
  }
}

/** What early searches used, as a run or a session tells of it. */
export const earlyUsageOf = (searches: readonly EarlySearch[]): EarlyResearchUsage => {
  const priced = searches.map((search) => {
    const { calls, ...usage } = reportedBy(search)
    const { provider, model, begun_at } = search
    return { counted: search.calls, calls, usage, provider, model, begun_at }
  })
  const sums = priced.reduce<CallUsage>(
    (all, { counted, calls, usage }) => ({
      input_tokens: all.input_tokens + usage.input_tokens,
      output_tokens: all.output_tokens + usage.output_tokens,
      total_tokens: all.total_tokens + usage.total_tokens,
      calls: all.calls + counted,
      calls_without_usage: all.calls_without_usage + counted - calls,
    }),
    { ...noTokens, calls: 0, calls_without_usage: 0 },
  )
  const reported = priced.filter(({ calls }) => calls > 0)
  const at = searches[0]?.begun_at ?? ''
  return {
    ...sums,
    cost: costOf(reported, at, ownPrices()),
    search: searchUsage(searchSums(searches)),
  }
}

/** How far a search is; one whose worker has died has failed, unless it had found something. */
export const statusOf = (
  { status, taken_by, searched_at, lease_until }: EarlySearch,
  now: number,
): EarlyResearch['status'] => {
  if (taken_by !== undefined) return 'taken'
  if (status !== 'searching' || lease_until >= now) return status
  return searched_at === undefined ? 'failed' : 'found'
}

/** What a session's view says of its early searches; null without any. */
export const viewEarlyResearch = (
  searches: readonly EarlySearch[],
  now: number,
): EarlyResearch | null => {
  const newest = searches.at(-1)
  if (newest === undefined) return null
  return {
    status: statusOf(newest, now),
    searches: searches.length,
    begun_at: newest.begun_at,
    run_id: newest.taken_by ?? null,
    usage: earlyUsageOf(searches),
  }
}
