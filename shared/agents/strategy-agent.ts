import { type ResearchOutput, requiredAssets, StrategyOutput } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { Authored } from '../contracts/provenance.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { duplicateIds } from '../rules/output-rules.ts'
import { runAgent } from './agent-runtime.ts'
import { textsIn } from './answer-guard.ts'
import type { AgentDependencies } from './call-budget.ts'
import { type ElementListener, elementPicker } from './elements.ts'
import { dataBlock } from './prompts/prompt.ts'
import { strategyPrompt } from './prompts/strategy.v1.ts'

export interface StrategyInput {
  locale: Locale
  mode?: Mode
  brief: Brief
  research: ResearchOutput
}

const { shape } = StrategyOutput

const pick = elementPicker({
  each: {
    positioning_options: shape.positioning_options.element,
    weekly_plan: shape.weekly_plan.element,
    required_assets: shape.required_assets.element,
  },
  whole: {
    market_assessment: shape.market_assessment,
    kpi_next_actions: shape.kpi_next_actions,
  },
})

/** Every rule that a strategy breaks. */
export const strategyRules = (output: StrategyOutput): string[] => {
  const missing = requiredAssets.filter((asset) => !output.required_assets.includes(asset))
  return [
    ...duplicateIds('positioning_options', output.positioning_options),
    ...(missing.length > 0 ? [`required_assets: ${missing.join(', ')} missing`] : []),
  ]
}

/**
 * The strategy agent: positions the product and plans the week of its launch.
 * @throws StudioError STAGE_TIMEOUT and what `runAgent` throws
 */
export const strategize = (
  dependencies: AgentDependencies,
  { locale, mode = 'standard', brief, research }: StrategyInput,
  listener: ElementListener,
): Promise<Authored<StrategyOutput>> =>
  runAgent(dependencies, {
    agent: 'strategy',
    prompt: strategyPrompt,
    locale,
    mode,
    messages: [
      {
        role: 'user',
        content: [dataBlock('brief', brief), dataBlock('research', research)].join('\n'),
      },
    ],
    schema: StrategyOutput,
    own: textsIn(brief),
    rules: strategyRules,
    onComplete: (path, value, attempt) => {
      const element = pick(path, value)
      if (element) listener.onElement(element.kind, element.item, attempt)
    },
  })
