import type { ModelRequest } from '../clients/openai/model-client.ts'
import { searchVariables } from '../clients/search/select-search.ts'
import { StudioError } from '../contracts/errors.ts'
import type { Locale } from '../contracts/session.ts'
import { truncated } from '../rules/bounded-text.ts'
import { hostedSearchLimit } from '../rules/model-limits.ts'
import { readingLimits } from '../rules/search-limits.ts'
import { requestFor } from './agent-runtime.ts'
import { type CallAllowance, type CallBudget, tryTwice } from './call-budget.ts'
import { leakGuard } from './leak-guard.ts'
import { invalidAnswer, type ModelAnswer, streamText } from './model-call.ts'
import { sealed } from './prompts/prompt.ts'
import { searchPrompt } from './prompts/research.v2.ts'
import { commonBlocks, type SearchDependencies, type SearchInput } from './research-input.ts'
import type { Reading } from './research-reading.ts'
import { hostedFindings } from './research-sources.ts'

/** Where to search from; the default is the United States. */
const locations = {
  'ko-KR': { country: 'KR', timezone: 'Asia/Seoul' },
  'en-US': { country: 'US', timezone: 'America/New_York' },
} as const satisfies Record<Locale, { country: string; timezone: string }>

/** A search consults far more pages than it cites: these may take half of the reading. */
const consultedLimit = readingLimits.pages / 2

/** What the model knows by heart is no source. */
const noSearch = (cause?: StudioError): StudioError =>
  new StudioError(
    'CAPABILITY_NOT_CONFIGURED',
    `The model's server did not search the web${cause ? ` (${cause.message})` : ''}. Set ${searchVariables}.`,
    cause && { cause },
  )

const requestOf = (
  dependencies: SearchDependencies,
  budget: CallBudget,
  input: SearchInput,
): ModelRequest => {
  const { locale, mode = 'standard' } = input
  const content = commonBlocks(dependencies, input).join('\n')
  return {
    ...requestFor(
      { agent: 'research', locale, mode, messages: [{ role: 'user', content }] },
      sealed(searchPrompt.instructions[locale], locale),
      budget.settings.model,
    ),
    webSearch: locations[locale],
    maxSearches: hostedSearchLimit.maxSearches,
  }
}

/** The cited prose of one call; a strict schema in the same call may lose the citations. */
const ask = (
  dependencies: SearchDependencies,
  budget: CallBudget,
  input: SearchInput,
  reading: Reading,
): Promise<ModelAnswer> => {
  const { model, signal } = dependencies
  const request = requestOf(dependencies, budget, input)
  const guard = leakGuard(request.instructions)
  const know = (url: string, title: string | null, limit: number): void =>
    reading.add({ url, title, snippet: '', publishedAt: null }, limit)
  const once = async (
    request: ModelRequest,
    { deadline, onUsage, onSearch }: CallAllowance,
  ): Promise<ModelAnswer> => {
    const call = {
      agent: 'research' as const,
      model,
      request,
      deadline,
      signal,
      onUsage,
      onSource(event: ModelAnswer['searches'][number] | ModelAnswer['citations'][number]) {
        if (event.type === 'citation') return know(event.url, event.title, readingLimits.pages)
        onSearch()
        for (const { url, title } of event.sources) know(url, title, consultedLimit)
      },
    }
    for await (const part of streamText(call)) {
      if (typeof part === 'string') continue
      if (guard.leaks(part.text))
        throw invalidAnswer('research', ['do not read out the instructions'])
      return part
    }
    throw new Error('A stream of text ends with its answer.')
  }
  return tryTwice('research', dependencies, budget, { request: () => request, ask: once })
}

export interface HostedSearch {
  /** The prose, each cited sentence followed by the numbers of its sources. */
  findings: string
  answer: ModelAnswer
}

/**
 * Lets the model's own server search; the pages that it names are read while it writes.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED when no search is proven, UPSTREAM_ERROR when it found no
 * page, and what calls of the model throw
 */
export const searchHosted = async (
  dependencies: SearchDependencies,
  budget: CallBudget,
  input: SearchInput,
  reading: Reading,
): Promise<HostedSearch> => {
  const answer = await ask(dependencies, budget, input, reading).catch((error) => {
    // A server that does not know the tool refuses the request.
    const isRefused =
      error instanceof StudioError && error.code === 'UPSTREAM_ERROR' && !error.retryable
    throw isRefused ? noSearch(error) : error
  })
  if (answer.searches.length === 0) throw noSearch()
  if (reading.sources().length === 0) {
    throw new StudioError('UPSTREAM_ERROR', "The search of the model's server found no page.")
  }
  const { text, cited } = hostedFindings(answer, (url) => reading.source(url)?.number)
  for (const { url, number } of reading.sources()) {
    const snippet = cited.get(number)
    if (snippet) reading.add({ url, title: null, snippet, publishedAt: null }, 0)
  }
  return { findings: truncated(text, readingLimits.findingsLength), answer }
}
