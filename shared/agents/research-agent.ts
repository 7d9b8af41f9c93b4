import { ResearchAnswer, type ResearchOutput } from '../contracts/agents.ts'
import type { Authored } from '../contracts/provenance.ts'
import { readingLimits } from '../rules/search-limits.ts'
import { runGroundedAgent } from './agent-runtime.ts'
import { textsIn } from './answer-guard.ts'
import { type CallBudget, openBudget, type Try } from './call-budget.ts'
import { assertFits, type ElementListener } from './elements.ts'
import { dataBlock } from './prompts/prompt.ts'
import { researchPrompt } from './prompts/research.v2.ts'
import {
  type Grounded,
  groundedElements,
  groundResearch,
  researchRules,
} from './research-evidence.ts'
import { commonBlocks, type ResearchDependencies, type ResearchInput } from './research-input.ts'
import { openReading, type Reading } from './research-reading.ts'
import { type Search, searchFor } from './research-search.ts'
import { listedSources } from './research-sources.ts'
import type { Library } from './research-verification.ts'

export type { ResearchDependencies, ResearchInput } from './research-input.ts'

export interface Researched {
  output: Authored<ResearchOutput>
  /** Pieces of evidence whose sentence stands neither in a page nor in what a search said of it. */
  droppedEvidence: number
}

const messageOf = (
  dependencies: ResearchDependencies,
  input: ResearchInput,
  { findings, queries }: Search,
  reading: Reading,
): string => {
  const { 'product.name': name, 'product.category': category } = input.brief
  const topics = [...queries, category ?? [], name ?? []].flat()
  return [
    ...commonBlocks(dependencies, input),
    ...(findings === null ? [] : [dataBlock('findings', findings)]),
    dataBlock('sources', listedSources(reading.sources(), topics)),
  ].join('\n')
}

/** Shapes what was found; every element is checked against its source before it is shown. */
const shape = async (
  dependencies: ResearchDependencies,
  input: ResearchInput,
  found: { search: Search; reading: Reading; budget: CallBudget },
  listener: ElementListener,
): Promise<Researched> => {
  const { search, reading, budget } = found
  const { locale, mode = 'standard' } = input
  const own = textsIn(input.brief)
  const library: Library = {
    source: reading.source,
    searchedAt: search.searchedAt,
    own: [...own, ...reading.sources().map(({ url }) => URL.parse(url)?.hostname ?? '')],
  }
  const elementsOf = (attempt: Try) =>
    groundedElements(library, (kind, item) => {
      assertFits(kind, item)
      listener.onElement(kind, item, attempt)
    })
  const elements = { 1: elementsOf(1), 2: elementsOf(2) }
  let grounded: Grounded | undefined
  const isLast = (): boolean =>
    budget.callsLeft < 1 || budget.until - dependencies.clock.now() < budget.minCall

  const output = await runGroundedAgent(
    dependencies,
    {
      agent: 'research',
      prompt: researchPrompt,
      locale,
      mode,
      messages: [{ role: 'user', content: messageOf(dependencies, input, search, reading) }],
      schema: ResearchAnswer,
      own,
      sifts: true,
      ground(answer) {
        grounded = groundResearch(answer, library)
        return grounded.output
      },
      rules: () => (grounded ? researchRules(grounded, isLast()) : []),
      onComplete: (path, value, attempt) => elements[attempt](path, value),
    },
    { budget, basis: search.basis },
  )
  return { output, droppedEvidence: grounded?.dropped.length ?? 0 }
}

/**
 * The research agent: searches the web about a brief, reads the pages, and shapes what was found; every
 * finding rests on a sentence that we found again. Searching and shaping are a call each, and
 * `modelLimits` allows one retry in all. Before a run, it does so with what is known of the brief.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED when nothing can search, RESEARCH_TIMEOUT, and what
 * `searchFor` and `runGroundedAgent` throw
 */
export const research = async (
  dependencies: ResearchDependencies,
  input: ResearchInput,
  listener: ElementListener,
): Promise<Researched> => {
  const { signal = new AbortController().signal } = dependencies
  const budget = openBudget('research', dependencies)
  const reading = openReading(dependencies.pages, signal)
  let kept: Promise<void> | undefined
  try {
    const found = await searchFor({ ...dependencies, signal }, budget, input, reading)
    kept = found.kept
    await reading.settle(readingLimits.settleMs)
    const shaped = { ...input, brief: input.briefNow?.() ?? input.brief }
    return await shape(dependencies, shaped, { search: found.search, reading, budget }, listener)
  } finally {
    reading.close()
    await kept
  }
}
