import type { SearchProvider } from '../../clients/search/search-provider.ts'
import type { SearchRoute } from '../../clients/search/select-search.ts'
import { asStudioError } from '../../contracts/errors.ts'
import type { Finding, FindingCode } from '../../rules/checkup/findings.ts'
import { failureLine } from './model-check.ts'

/** One result of a query that every provider has pages for: the least that is charged. */
const query = { query: '서울 날씨', count: 1, locale: 'ko-KR' } as const
const queryMs = 15_000

const codeOf = (error: unknown): FindingCode => {
  switch (asStudioError(error).code) {
    case 'CAPABILITY_NOT_CONFIGURED':
      return 'SEARCH_REFUSED'
    case 'RATE_LIMITED':
      return 'SEARCH_LIMITED'
    default:
      return 'SEARCH_FAILED'
  }
}

const ask = async (provider: SearchProvider): Promise<Finding> => {
  const subject = provider.name
  try {
    const results = await provider.search(query, AbortSignal.timeout(queryMs))
    const found = results.length > 0 ? 'answered one query' : 'answered one query with no result'
    return { code: 'SEARCH_READY', subject, found }
  } catch (error) {
    return { code: codeOf(error), subject, found: failureLine(error) }
  }
}

/** One real query to each provider that research would ask. The search of the model's own server is not tried. */
export const checkSearch = async (routes: () => Promise<SearchRoute[]>): Promise<Finding[]> => {
  let found: SearchRoute[]
  try {
    found = await routes()
  } catch (error) {
    return [{ code: 'SEARCH_REFUSED', subject: 'SEARCH_PROVIDERS', found: failureLine(error) }]
  }
  const findings = found.map(
    async (route): Promise<Finding[]> =>
      route.kind === 'hosted'
        ? [
            {
              code: 'SEARCH_READY',
              subject: 'openai',
              found: "the model's own search, not tried here",
            },
          ]
        : Promise.all(route.providers.map(ask)),
  )
  return (await Promise.all(findings)).flat()
}
