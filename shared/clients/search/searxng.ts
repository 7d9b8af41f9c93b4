import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import type { SearchProvider } from './search-provider.ts'
import { requestJson } from './search-request.ts'
import { entriesOf, optionalText, resultOf } from './search-results.ts'

const Answer = z.object({
  results: z.unknown(),
  /** Pairs of an engine and its reason. */
  unresponsive_engines: z.array(z.unknown()).catch([]),
})
const Result = z.object({
  title: optionalText,
  url: optionalText,
  content: optionalText,
  publishedDate: optionalText,
})

/** A server of one's own, which must have `json` among its formats: https://docs.searxng.org/dev/search_api */
export const searxng = (baseUrl: string): SearchProvider => ({
  name: 'searxng',
  async search({ query, count, locale }, signal) {
    const parameters = new URLSearchParams({ q: query, format: 'json', language: locale })
    const answer = await requestJson(
      {
        provider: 'searxng',
        url: `${baseUrl}/search?${parameters}`,
        headers: {},
        variables: 'the format json (search.formats in its settings)',
      },
      signal,
    )
    const known = Answer.safeParse(answer).data
    const results = entriesOf('searxng', known?.results, Result)
    const silent = known?.unresponsive_engines.length ?? 0
    // Engines that block the server are an outage and not an empty web.
    if (results.length === 0 && silent > 0) {
      throw new StudioError('UPSTREAM_ERROR', `searxng: ${silent} of its engines do not respond.`)
    }
    return results
      .flatMap(({ title, url, content, publishedDate }) =>
        resultOf({ title, url, snippet: content, date: publishedDate }),
      )
      .slice(0, count)
  },
})
