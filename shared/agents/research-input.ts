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
  /** Of research before a run: what it is about, by which its search is known again. See `researchSubject`. */
  subject?: string
  /** Of a brief that still grows: what is known of it when the findings are shaped. */
  briefNow?(): Partial<Brief>
}

/** What is kept of a search, for another worker or attempt, or for the run that follows. */
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
  /** Milliseconds since the epoch by which the search must have ended, where what follows it has longer. */
  searchUntil?: number | undefined
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

/** Does work that leaves so many calls for what follows it, and ends by `until`. */
export const reserving = async <R>(
  budget: CallBudget,
  { calls, until = budget.until }: { calls: number; until?: number | undefined },
  work: (rest: CallBudget) => Promise<R>,
): Promise<R> => {
  const rest = {
    ...budget,
    callsLeft: budget.callsLeft - calls,
    until: Math.min(budget.until, until),
  }
  try {
    return await work(rest)
  } finally {
    budget.callsLeft = rest.callsLeft + calls
  }
}
