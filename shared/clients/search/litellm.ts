import * as z from 'zod'
import type { Locale } from '../../contracts/session.ts'
import type { SearchProvider } from './search-provider.ts'
import { requestJson } from './search-request.ts'
import { entriesOf, optionalText, resultOf } from './search-results.ts'

const Answer = z.object({ results: z.unknown() })
const Result = z.object({
  title: optionalText,
  url: optionalText,
  snippet: optionalText,
  date: optionalText,
})

const countries = { 'ko-KR': 'KR', 'en-US': 'US' } as const satisfies Record<Locale, string>

/**
 * LiteLLM's search, `POST …/v1/search/{tool}`, or any server that answers in its form.
 * https://docs.litellm.ai/docs/search
 * @param url the whole address, the tool included
 */
export const litellm = (url: string, key: string | undefined): SearchProvider => ({
  name: 'litellm',
  async search({ query, count, locale }, signal) {
    const answer = await requestJson(
      {
        provider: 'litellm',
        url,
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: { query, max_results: count, country: countries[locale] },
        variables: 'LITELLM_SEARCH_API_KEY',
      },
      signal,
    )
    return entriesOf('litellm', Answer.safeParse(answer).data?.results, Result)
      .flatMap(({ title, url: address, snippet, date }) =>
        resultOf({ title, url: address, snippet, date }),
      )
      .slice(0, count)
  },
})
