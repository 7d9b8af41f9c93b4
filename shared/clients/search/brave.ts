import * as z from 'zod'
import type { Locale } from '../../contracts/session.ts'
import type { SearchProvider } from './search-provider.ts'
import { requestJson } from './search-request.ts'
import { entriesOf, optionalText, resultOf } from './search-results.ts'

/** A search without a web result has no `web` at all. */
const Answer = z.object({
  type: z.string().optional(),
  query: z.unknown(),
  web: z.object({ results: z.unknown() }).nullish(),
})
const Result = z.object({
  title: optionalText,
  url: optionalText,
  description: optionalText,
  page_age: optionalText,
})

const places = {
  'ko-KR': { country: 'KR', search_lang: 'ko' },
  'en-US': { country: 'US', search_lang: 'en' },
} as const satisfies Record<Locale, Record<string, string>>

/** https://api-dashboard.search.brave.com/app/documentation/web-search/get-started */
export const brave = (baseUrl: string, key: string): SearchProvider => ({
  name: 'brave',
  async search({ query, count, locale }, signal) {
    const parameters = new URLSearchParams({ q: query, count: String(count), ...places[locale] })
    const answer = await requestJson(
      {
        provider: 'brave',
        url: `${baseUrl}/res/v1/web/search?${parameters}`,
        headers: { 'X-Subscription-Token': key },
        variables: 'BRAVE_API_KEY',
      },
      signal,
    )
    const known = Answer.safeParse(answer).data
    const isEmpty = known !== undefined && known.web == null && known.query !== undefined
    return entriesOf('brave', isEmpty ? [] : known?.web?.results, Result)
      .flatMap(({ title, url, description, page_age }) =>
        resultOf({ title, url, snippet: description, date: page_age }),
      )
      .slice(0, count)
  },
})
