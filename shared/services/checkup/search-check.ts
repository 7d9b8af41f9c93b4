import type { SearchProvider } from '../../clients/search/search-provider.ts'
import type { SearchRoute } from '../../clients/search/select-search.ts'
import { asStudioError } from '../../contracts/errors.ts'
import type { FindingCode } from '../../rules/checkup/finding-kinds.ts'
import type { Finding } from '../../rules/checkup/findings.ts'
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

export interface SearchCheckDependencies {
  searchRoutes: () => Promise<SearchRoute[]>
  /** Tries the search of the model's own server, which costs a call of the model. */
  hostedSearch: (hasOthers: boolean) => Promise<Finding>
}

/** For where no call of the model may be made. */
export const untriedSearch = async (): Promise<Finding> => ({
  code: 'SEARCH_READY',
  subject: 'openai',
  found: "the search of the model's own server, not tried",
})

/** One real query to each provider that research would ask, in the order in which it asks them. */
export const checkSearch = async ({
  searchRoutes,
  hostedSearch,
}: SearchCheckDependencies): Promise<Finding[]> => {
  let routes: SearchRoute[]
  try {
    routes = await searchRoutes()
  } catch (error) {
    return [{ code: 'SEARCH_REFUSED', subject: 'SEARCH_PROVIDERS', found: failureLine(error) }]
  }
  const findings = routes.map(
    async (route): Promise<Finding[]> =>
      route.kind === 'hosted'
        ? [await hostedSearch(routes.length > 1)]
        : Promise.all(route.providers.map(ask)),
  )
  return (await Promise.all(findings)).flat()
}
