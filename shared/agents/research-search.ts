import { createHash } from 'node:crypto'
import * as z from 'zod'
import { combined } from '../clients/search/search-in-order.ts'
import type { SearchRoute } from '../clients/search/select-search.ts'
import { StudioError } from '../contracts/errors.ts'
import type { ErrorCode } from '../contracts/problems.ts'
import { isoTime } from '../platform/clock.ts'
import { log } from '../platform/telemetry.ts'
import { researchSubject } from '../rules/early-research.ts'
import { readingLimits } from '../rules/search-limits.ts'
import type { CallBudget } from './call-budget.ts'
import { searchHosted } from './research-hosted.ts'
import {
  type ResearchDependencies,
  type ResearchInput,
  reserving,
  type SearchDependencies,
  type SearchInput,
} from './research-input.ts'
import { searchByQueries } from './research-queries.ts'
import type { Reading } from './research-reading.ts'

/** What the searches of a run brought, beside the sources. */
const Search = z.object({
  /** ISO 8601. */
  searchedAt: z.string(),
  /** What the model's own search wrote; null of providers that answer queries. */
  findings: z.string().nullable(),
  queries: z.array(z.string()),
  /** Responses of the model that it rests on. */
  basis: z.array(z.string()),
})
export type Search = z.infer<typeof Search>

const Kept = Search.extend({
  /** Of locale and brief; of a search that was made before its run, of what it is about. */
  input: z.string(),
  sources: z.array(
    z.object({
      url: z.string(),
      title: z.string().nullable(),
      snippets: z.array(z.string()),
      publishedAt: z.string().nullable(),
    }),
  ),
})

type Signalled<Dependencies> = Dependencies & { signal: AbortSignal }

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** By which an early search is known again. @param subject of `researchSubject` */
export const subjectFingerprint = (subject: string): string => digest(subject)

const fingerprint = ({ locale, brief, subject }: ResearchInput): string =>
  subject === undefined ? digest(JSON.stringify([locale, brief])) : subjectFingerprint(subject)

/** Failures that another way to search may not share. */
const passedOn: ReadonlySet<ErrorCode> = new Set([
  'CAPABILITY_NOT_CONFIGURED',
  'RATE_LIMITED',
  'UPSTREAM_ERROR',
])

/** The call that shapes the findings is always left. */
const shapingCalls = 1

interface Attempted {
  queries: string[]
  basis: string[]
}

/** One way to search; what it brought, or why it brought nothing. */
const tryRoute = async (
  dependencies: Signalled<SearchDependencies>,
  budget: CallBudget,
  input: SearchInput,
  reading: Reading,
  { route, isLast, attempted }: { route: SearchRoute; isLast: boolean; attempted: Attempted },
): Promise<{ findings: string | null } | StudioError> => {
  const needsCall = route.kind === 'hosted' || attempted.queries.length === 0
  // Another way to search asks the model once more.
  const reserved = shapingCalls + (isLast ? 0 : 1)
  const calls = Math.min(reserved, budget.callsLeft - 1)
  if (needsCall && calls < shapingCalls) {
    return new StudioError('UPSTREAM_ERROR', 'No call of the model is left for another search.')
  }
  try {
    const { searchUntil: until } = dependencies
    return await reserving(budget, { calls, until }, async (rest) => {
      if (route.kind === 'hosted') {
        const { findings, answer } = await searchHosted(dependencies, rest, input, reading)
        attempted.basis = answer.id === null ? [] : [answer.id]
        return { findings }
      }
      const written = attempted.queries
      const { queries, answer, failure } = await searchByQueries(
        dependencies,
        rest,
        input,
        reading,
        { providers: route.providers, written },
      )
      attempted.queries = queries
      attempted.basis = answer?.id ? [answer.id] : attempted.basis
      return failure ?? { findings: null }
    })
  } catch (error) {
    if (!(error instanceof StudioError) || !passedOn.has(error.code)) throw error
    return error
  }
}

/** The first way to search that finds pages. @throws StudioError when none does */
const searchByRoutes = async (
  dependencies: Signalled<SearchDependencies>,
  budget: CallBudget,
  input: SearchInput,
  reading: Reading,
): Promise<Search> => {
  const routes = await dependencies.searchRoutes()
  const attempted: Attempted = { queries: [], basis: [] }
  const failures: StudioError[] = []
  for (const route of routes) {
    const isLast = route === routes.at(-1)
    const found = await tryRoute(dependencies, budget, input, reading, { route, isLast, attempted })
    if (!(found instanceof StudioError)) {
      return { searchedAt: isoTime(dependencies.clock.now()), ...found, ...attempted }
    }
    const { kind } = route
    log.warn('search failed', { search: kind, code: found.code, error: found })
    failures.push(found)
  }
  throw combined(failures)
}

/** What was kept, if it was searched for this and can still be used. */
const usable = (
  value: unknown,
  input: string,
  { clock }: Pick<ResearchDependencies, 'clock'>,
): z.infer<typeof Kept> | undefined => {
  const kept = Kept.safeParse(value)
  if (!kept.success || kept.data.input !== input) return undefined
  const age = clock.now() - Date.parse(kept.data.searchedAt)
  return age < readingLimits.keptMs ? kept.data : undefined
}

/** An earlier search of the run for the same brief, or one that was made before it for the same subject. */
const keptFor = async (
  { memory, clock }: ResearchDependencies,
  input: ResearchInput,
): Promise<z.infer<typeof Kept> | undefined> => {
  const own = usable(await memory.recall(), fingerprint(input), { clock })
  const subject = own ? undefined : researchSubject(input.locale, input.brief)
  if (subject === undefined) return own
  return usable(await memory.takeEarly?.(), subjectFingerprint(subject), { clock })
}

/** The same with its sources added. */
const recalled = async (
  dependencies: ResearchDependencies,
  input: ResearchInput,
  reading: Reading,
): Promise<Search | undefined> => {
  const kept = await keptFor(dependencies, input)
  if (kept === undefined) return undefined
  const { sources, input: _, ...search } = kept
  for (const { snippets, ...found } of sources) {
    reading.add({ ...found, snippet: snippets[0] ?? '' }, readingLimits.pages)
    for (const snippet of snippets.slice(1)) reading.add({ ...found, snippet }, 0)
  }
  return reading.sources().length > 0 ? search : undefined
}

/** A search with as many of its sources as may be kept. */
const keepable = (input: string, search: Search, reading: Reading): z.infer<typeof Kept> => {
  const all = reading.sources().map(({ url, title, snippets, publishedAt }) => ({
    url,
    title,
    snippets,
    publishedAt,
  }))
  const sources: typeof all = []
  const whole = { ...search, input, sources }
  let bytes = Buffer.byteLength(JSON.stringify(whole))
  for (const source of all) {
    bytes += Buffer.byteLength(JSON.stringify(source)) + 1
    if (bytes > readingLimits.keptBytes) break
    sources.push(source)
  }
  return whole
}

/** Keeps what was paid for; a run that cannot keep it pays again when its worker dies, and no more. */
const keep = async (
  { memory }: ResearchDependencies,
  input: ResearchInput,
  search: Search,
  reading: Reading,
): Promise<void> => {
  try {
    await memory.keep(keepable(fingerprint(input), search, reading))
  } catch (error) {
    log.warn('search not kept', { error: error as Error })
  }
}

export interface SearchForRun {
  search: Search
  /** Resolves when what was found is kept for a worker that takes the stage over. Never rejects. */
  kept: Promise<void>
}

/**
 * Searches for the brief, or takes what this run searched before, or what was searched for it ahead, and
 * begins to read the pages.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED, RATE_LIMITED or UPSTREAM_ERROR when there is no search,
 * and what calls of the model throw
 */
export const searchFor = async (
  dependencies: Signalled<ResearchDependencies>,
  budget: CallBudget,
  input: ResearchInput,
  reading: Reading,
): Promise<SearchForRun> => {
  const earlier = await recalled(dependencies, input, reading)
  if (earlier) return { search: earlier, kept: Promise.resolve() }
  const search = await searchByRoutes(dependencies, budget, input, reading)
  return { search, kept: keep(dependencies, input, search, reading) }
}
