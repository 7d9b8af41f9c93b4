import * as z from 'zod'
import type { Locale } from '../../contracts/session.ts'
import type { SearchProvider } from './search-provider.ts'
import { requestJson } from './search-request.ts'
import { entriesOf, optionalText, resultOf } from './search-results.ts'

const Answer = z.object({ results: z.unknown() })
const Result = z.object({
  title: optionalText,
  url: optionalText,
  content: optionalText,
  published_date: optionalText,
})

const countries = {
  'ko-KR': 'south korea',
  'en-US': 'united states',
} as const satisfies Record<Locale, string>

/** https://docs.tavily.com/documentation/api-reference/endpoint/search */
export const tavily = (baseUrl: string, key: string): SearchProvider => ({
  name: 'tavily',
  async search({ query, count, locale }, signal) {
    const answer = await requestJson(
      {
        provider: 'tavily',
        url: `${baseUrl}/search`,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: { query, max_results: count, topic: 'general', country: countries[locale] },
        variables: 'TAVILY_API_KEY',
      },
      signal,
    )
    return entriesOf('tavily', Answer.safeParse(answer).data?.results, Result)
      .flatMap(({ title, url, content, published_date }) =>
        resultOf({ title, url, snippet: content, date: published_date }),
      )
      .slice(0, count)
  },
})
