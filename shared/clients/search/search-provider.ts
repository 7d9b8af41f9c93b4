import type { Locale } from '../../contracts/session.ts'
import type { QueryProviderName } from '../../rules/search-order.ts'

export interface SearchQuery {
  query: string
  /** Results wanted. */
  count: number
  locale: Locale
}

/** One page that a search returned; its texts are plain, on one line and bounded by `searchLimits`. */
export interface SearchResult {
  title: string
  /** A web address, as the provider spells it. */
  url: string
  /** Empty when the provider gives none. */
  snippet: string
  /** A date, or a time in UTC; ISO 8601. */
  publishedAt: string | null
}

export interface SearchProvider {
  name: QueryProviderName
  /**
   * The results of one query, best first; none is an answer too.
   * @throws StudioError CAPABILITY_NOT_CONFIGURED for a refused key, RATE_LIMITED, UPSTREAM_ERROR;
   * or the reason of the aborted signal
   */
  search(query: SearchQuery, signal: AbortSignal): Promise<SearchResult[]>
}
