import * as z from 'zod'
import type { ModelRequest } from '../clients/openai/model-client.ts'
import { searchInOrder } from '../clients/search/search-in-order.ts'
import type { SearchProvider } from '../clients/search/search-provider.ts'
import { StudioError } from '../contracts/errors.ts'
import { text } from '../contracts/text.ts'
import { pause } from '../platform/pause.ts'
import { isActive } from '../rules/active-text.ts'
import { namesPerson } from '../rules/contact-points.ts'
import { readingLimits, searchLimits } from '../rules/search-limits.ts'
import { requestFor } from './agent-runtime.ts'
import { boundsOf } from './answer-bounds.ts'
import { answerGuard } from './answer-guard.ts'
import { type CallAllowance, type CallBudget, tryTwice } from './call-budget.ts'
import { invalidAnswer, type ModelAnswer } from './model-call.ts'
import { responseFormat, schemaViolations } from './model-schema.ts'
import { openPaidSearches } from './paid-searches.ts'
import { sealed } from './prompts/prompt.ts'
import { queryPrompt } from './prompts/research.v2.ts'
import { commonBlocks, type SearchDependencies, type SearchInput } from './research-input.ts'
import type { Reading } from './research-reading.ts'
import { readStructured } from './structured-stream.ts'

/** Characters for the model, UTF-16 units for the providers that refuse longer queries. */
const Query = text(searchLimits.queryLength).refine(
  ({ length }) => length <= searchLimits.queryLength,
  `must have at most ${searchLimits.queryLength} UTF-16 units`,
)
const Queries = z.strictObject({
  schema_version: z.literal('v1'),
  agent: z.literal('research'),
  queries: z.array(Query).min(1).max(searchLimits.queries),
})

/** Queries that are searched as they come, each once. */
interface Searches {
  begin(query: string): void
  /** Resolves when all are answered, or their time is over, with the reason when no page was found. */
  settle(): Promise<StudioError | undefined>
}

/** Why no page was found: what may pass comes before what stays. */
const noPage = (failures: readonly StudioError[], areDone: boolean): StudioError => {
  const what = areDone
    ? 'found no page for any query'
    : `did not answer within ${readingLimits.settleMs / 1000} s`
  return (
    failures.find(({ retryable }) => retryable) ??
    failures[0] ??
    new StudioError('UPSTREAM_ERROR', `The search ${what}.`)
  )
}

const openSearches = (
  { signal }: { signal: AbortSignal },
  providers: SearchProvider[],
  { locale }: SearchInput,
  reading: Reading,
): Searches => {
  const search = searchInOrder(providers)
  const guard = answerGuard({
    instructions: queryPrompt.instructions[locale],
    own: [],
    mayQuote: true,
  })
  const begun = new Map<string, Promise<number>>()
  const failures: StudioError[] = []

  const run = async (query: string): Promise<number> => {
    try {
      const count = searchLimits.resultsPerQuery
      const results = await search.search({ query, count, locale }, signal)
      for (const [index, { title, ...result }] of results.entries()) {
        const limit = index < readingLimits.pagesPerQuery ? readingLimits.pages : 0
        reading.add({ ...result, title: title || null }, limit)
      }
      return results.length
    } catch (error) {
      // An abort is noticed by whatever waits for the searches.
      if (error instanceof StudioError) failures.push(error)
      return 0
    }
  }
  return {
    begin(query) {
      // A query goes to another company, and its words may be those of an attacker.
      if (namesPerson(query) || isActive(query) || guard.leaks('queries', query).length > 0) return
      const key = query.toLowerCase().replace(/\s+/g, ' ')
      if (begun.has(key) || begun.size >= searchLimits.queries) return
      begun.set(key, run(query))
    },
    async settle() {
      const done = new AbortController()
      const end = AbortSignal.any([done.signal, signal])
      const all = Promise.all(begun.values()).then(() => true)
      const late = pause(readingLimits.settleMs, end).then(() => false)
      const areDone = await Promise.race([all, late])
      done.abort()
      signal.throwIfAborted()
      return reading.sources().length > 0 ? undefined : noPage(failures, areDone)
    },
  }
}

/** The queries that the model writes, each handed on as soon as it is complete. */
const writeQueries = (
  dependencies: SearchDependencies,
  budget: CallBudget,
  input: SearchInput,
  onQuery: (query: string) => void,
): Promise<{ queries: string[]; answer: ModelAnswer }> => {
  const { locale, mode = 'standard' } = input
  const { model, signal } = dependencies
  const content = commonBlocks(dependencies, input).join('\n')
  const task = {
    agent: 'research',
    locale,
    mode,
    messages: [{ role: 'user' as const, content }],
  } as const
  const request = {
    ...requestFor(
      { ...task, messages: [...task.messages] },
      sealed(queryPrompt.instructions[locale], locale),
      budget.settings.model,
    ),
    format: responseFormat(queryPrompt.version, Queries),
  }
  const ask = async (
    request: ModelRequest,
    { deadline, onUsage }: CallAllowance,
  ): Promise<{ queries: string[]; answer: ModelAnswer }> => {
    const { value, answer } = await readStructured(
      { agent: 'research', model, request, deadline, signal, onUsage },
      boundsOf(Queries),
      {
        onComplete([field, index], part) {
          const query = field === 'queries' && index !== undefined ? Query.safeParse(part) : null
          if (query?.success) onQuery(query.data)
        },
      },
    )
    const parsed = Queries.safeParse(value)
    if (!parsed.success) throw invalidAnswer('research', schemaViolations(parsed.error))
    return { queries: parsed.data.queries, answer }
  }
  return tryTwice('research', dependencies, budget, { request: () => request, ask })
}

export interface QuerySearch {
  queries: string[]
  /** The model's call, when it wrote the queries now. */
  answer: ModelAnswer | undefined
  /** Why no page was found; the queries can be tried elsewhere. */
  failure: StudioError | undefined
}

/**
 * Searches by queries: those that the model writes now, each searched while the next is written, or those
 * that it wrote before another provider failed. Pages are read as they are found.
 * @throws what calls of the model throw, or the reason of the aborted signal
 */
export const searchByQueries = async (
  dependencies: SearchDependencies & { signal: AbortSignal },
  budget: CallBudget,
  input: SearchInput,
  reading: Reading,
  { providers, written }: { providers: SearchProvider[]; written: string[] },
): Promise<QuerySearch> => {
  const paid = openPaidSearches(dependencies, providers)
  const searches = openSearches(dependencies, paid.providers, input, reading)
  try {
    for (const query of written) searches.begin(query)
    if (written.length > 0) {
      await paid.granted()
      return { queries: written, answer: undefined, failure: await searches.settle() }
    }
    const { countCall } = paid
    const asked = await writeQueries({ ...dependencies, countCall }, budget, input, searches.begin)
    return { ...asked, failure: await searches.settle() }
  } finally {
    await paid.close()
  }
}
