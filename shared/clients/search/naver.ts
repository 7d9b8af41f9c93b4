import * as z from 'zod'
import { log } from '../../platform/telemetry.ts'
import type { SearchProvider, SearchQuery, SearchResult } from './search-provider.ts'
import { requestJson } from './search-request.ts'
import { entriesOf, optionalText, resultOf } from './search-results.ts'

const Answer = z.object({ items: z.unknown() })
const Item = z.object({
  title: optionalText,
  link: optionalText,
  originallink: optionalText,
  description: optionalText,
  pubDate: optionalText,
})

/** News stand in no web document, and only news have a date; each is a request of its own. */
const kinds = ['webkr', 'news'] as const
type Kind = (typeof kinds)[number]

export interface NaverAccess {
  /** The address of one kind of search, without a query. */
  address(kind: Kind): string
  headers: Record<string, string>
  variables: string
}

/** NAVER API HUB: https://api.ncloud-docs.com/docs/naver-api-hub-search-webkr */
export const naverHub = (baseUrl: string, id: string, key: string): NaverAccess => ({
  address: (kind) => `${baseUrl}/search/v1/${kind}`,
  headers: { 'X-NCP-APIGW-API-KEY-ID': id, 'X-NCP-APIGW-API-KEY': key },
  variables: 'NAVER_API_HUB_KEY_ID and NAVER_API_HUB_KEY',
})

/** The older developer centre, whose keys stop on 2027-06-30: https://developers.naver.com/docs/serviceapi/search/web/web.md */
export const naverDevelopers = (baseUrl: string, id: string, secret: string): NaverAccess => ({
  address: (kind) => `${baseUrl}/v1/search/${kind}.json`,
  headers: { 'X-Naver-Client-Id': id, 'X-Naver-Client-Secret': secret },
  variables: 'NAVER_CLIENT_ID and NAVER_CLIENT_SECRET',
})

const searchKind = async (
  { address, headers, variables }: NaverAccess,
  kind: Kind,
  { query, count }: SearchQuery,
  signal: AbortSignal,
): Promise<SearchResult[]> => {
  const provider = `naver (${kind})`
  const parameters = new URLSearchParams({ query, display: String(count), start: '1' })
  // News are sorted by date otherwise, whatever they have to do with the query.
  if (kind === 'news') parameters.set('sort', 'sim')
  const url = `${address(kind)}?${parameters}`
  const answer = await requestJson({ provider, url, headers, variables }, signal)
  const items = entriesOf(provider, Answer.safeParse(answer).data?.items, Item)
  return items.flatMap(({ title, link, originallink, description, pubDate }) =>
    resultOf({ title, url: originallink || link, snippet: description, date: pubDate }),
  )
}

/** One of each in turn, so that a cut keeps both. */
const alternated = <T>(lists: T[][]): T[] => {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat()
}

/** Naver, in web documents and news; what one of the two finds is enough. */
export const naver = (access: NaverAccess): SearchProvider => ({
  name: 'naver',
  async search(query, signal) {
    const found = await Promise.allSettled(
      kinds.map((kind) => searchKind(access, kind, query, signal)),
    )
    signal.throwIfAborted()
    const answered = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const [failed] = found.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    const results = alternated(answered).slice(0, query.count)
    // What half of a search does not find, its other half might have.
    if (failed !== undefined && results.length === 0) throw failed
    if (failed !== undefined) log.warn('half of a search failed', { error: failed })
    return results
  },
})
