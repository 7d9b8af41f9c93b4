import type { PageReader } from '../clients/pages/page-reader.ts'
import type { SearchRoute } from '../clients/search/select-search.ts'
import type { Brief } from '../contracts/brief.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { isoTime } from '../platform/clock.ts'
import type { QueryProviderName } from '../rules/search-order.ts'
import type { AgentDependencies, CallBudget } from './call-budget.ts'
import { dataBlock } from './prompts/prompt.ts'

/** What is searched for; before a run, as much of its brief as is known. */
export interface SearchInput {
  locale: Locale
  mode?: Mode
  brief: Partial<Brief>
}

export interface ResearchInput extends SearchInput {
  brief: Brief
}

/** What a run keeps of its search, for another worker or attempt. */
export interface ResearchMemory {
  recall(): Promise<unknown>
  /** The search that was made before the run for the same subject; one that is still on its way is waited for. */
  takeEarly?(): Promise<unknown>
  keep(search: object): Promise<void>
}

/** To be told how many requests each search provider got, once. */
export type SettleSearches = (requests: ReadonlyMap<QueryProviderName, number>) => void

export interface SearchDependencies extends AgentDependencies {
  /** The ways to search, best first. @throws StudioError CAPABILITY_NOT_CONFIGURED */
  searchRoutes(): Promise<SearchRoute[]>
  pages: PageReader
  /** Awaited before queries are sent to providers; an error it throws forbids them and ends the work. */
  reserveSearches?:
    | ((providers: readonly QueryProviderName[]) => Promise<SettleSearches>)
    | undefined
}

export interface ResearchDependencies extends SearchDependencies {
  memory: ResearchMemory
}

/** The brief and the date, as each call of the research agent begins. */
export const commonBlocks = ({ clock }: AgentDependencies, { brief }: SearchInput): string[] => [
  dataBlock('brief', brief),
  dataBlock('today', isoTime(clock.now()).slice(0, 10)),
]

/** Does work that leaves so many calls for what follows it. */
export const reserving = async <R>(
  budget: CallBudget,
  calls: number,
  work: (rest: CallBudget) => Promise<R>,
): Promise<R> => {
  const rest = { ...budget, callsLeft: budget.callsLeft - calls }
  try {
    return await work(rest)
  } finally {
    budget.callsLeft = rest.callsLeft + calls
  }
}
