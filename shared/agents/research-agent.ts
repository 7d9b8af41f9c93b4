import type { ModelMessage, ModelRequest } from '../clients/openai/model-client.ts'
import { ResearchOutput } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { Authored } from '../contracts/provenance.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { isoTime } from '../platform/clock.ts'
import { requestFor, runAgent } from './agent-runtime.ts'
import {
  type AgentDependencies,
  type CallBudget,
  openBudget,
  type Try,
  tryTwice,
} from './call-budget.ts'
import { assertFits, type ElementListener } from './elements.ts'
import { type ModelAnswer, streamText } from './model-call.ts'
import { dataBlock } from './prompts/prompt.ts'
import { researchPrompt, searchPrompt } from './prompts/research.v1.ts'
import { groundedElements, groundResearch, researchRules } from './research-evidence.ts'
import { type Findings, findingsOf } from './research-sources.ts'

export interface ResearchInput {
  locale: Locale
  mode?: Mode
  brief: Brief
}

/** Where to search from; the default is the United States. */
const locations = {
  'ko-KR': { country: 'KR', timezone: 'Asia/Seoul' },
  'en-US': { country: 'US', timezone: 'America/New_York' },
} as const satisfies Record<Locale, { country: string; timezone: string }>

/** Searches the web for cited prose: a strict schema in the same call may lose the citations. */
const search = async (
  dependencies: AgentDependencies,
  budget: CallBudget,
  { locale, mode = 'standard', brief }: ResearchInput,
): Promise<{ findings: Findings; answer: ModelAnswer }> => {
  const messages: ModelMessage[] = [
    { role: 'user', content: `${dataBlock('brief', brief)}\n${today(dependencies)}` },
  ]
  const request: ModelRequest = {
    ...requestFor(
      { agent: 'research', locale, mode, messages },
      searchPrompt.instructions[locale],
      budget.settings.model,
    ),
    webSearch: locations[locale],
  }
  return tryTwice('research', dependencies, budget, async ({ deadline, onUsage }) => {
    const { model, signal } = dependencies
    const call = { agent: 'research' as const, model, request, deadline, signal, onUsage }
    let answer: ModelAnswer | undefined
    for await (const part of streamText(call)) {
      if (typeof part !== 'string') answer = part
    }
    if (answer === undefined) throw new Error('A stream of text ends with its answer.')
    return { findings: findingsOf(answer), answer }
  })
}

const today = ({ clock }: AgentDependencies): string =>
  dataBlock('today', isoTime(clock.now()).slice(0, 10))

/**
 * The research agent: searches the web about a brief, then shapes the findings over the pages that the
 * search returned. Search and shaping are a call each, and `modelLimits` allows one retry in all.
 * @returns the output and the number of pieces of evidence that were dropped because the search had
 * not returned their pages
 * @throws StudioError RESEARCH_TIMEOUT and what `runAgent` throws
 */
export const research = async (
  dependencies: AgentDependencies,
  input: ResearchInput,
  listener: ElementListener,
): Promise<{ output: Authored<ResearchOutput>; droppedEvidence: number }> => {
  const { locale, mode = 'standard', brief } = input
  const budget = openBudget('research', dependencies)
  const { findings, answer } = await search(dependencies, budget, input)
  const { urls } = findings
  const elementsOf = (attempt: Try) =>
    groundedElements(urls, (kind, item) => {
      assertFits(kind, item)
      listener.onElement(kind, item, attempt)
    })
  const elements = { 1: elementsOf(1), 2: elementsOf(2) }
  let droppedEvidence = 0

  const output = await runAgent(
    dependencies,
    {
      agent: 'research',
      prompt: researchPrompt,
      locale,
      mode,
      messages: [
        {
          role: 'user',
          content: [
            dataBlock('brief', brief),
            dataBlock('findings', findings.text),
            dataBlock('sources', findings.sources),
            today(dependencies),
          ].join('\n'),
        },
      ],
      schema: ResearchOutput,
      ground: (answered) => {
        const grounded = groundResearch(answered, urls)
        droppedEvidence = grounded.dropped
        return grounded.output
      },
      rules: (grounded) => researchRules(grounded, urls),
      onComplete: (path, value, attempt) => elements[attempt](path, value),
    },
    { budget, answers: [answer] },
  )
  return { output, droppedEvidence }
}
