import { type ResearchOutput, requiredAssets, StrategyOutput } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { duplicateIds } from '../rules/output-rules.ts'
import { textsIn } from './answer-guard.ts'
import { type JudgedOutput, runCopyAgent } from './copy/copy-agent.ts'
import type { CopyAgentDependencies } from './copy/copy-filter.ts'
import type { CopyListener } from './copy/copy-gate.ts'
import { strategyCopy } from './copy/strategy-copy.ts'
import { elementPicker } from './elements.ts'
import { dataBlock } from './prompts/prompt.ts'
import { strategyPrompt } from './prompts/strategy.v2.ts'
import { ownOfRevision, promptFor, type Revision, revisionBlocks } from './revision.ts'

export interface StrategyInput {
  /** Undefined when it is written for the first time. */
  revision?: Revision | undefined
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
 * @throws StudioError STAGE_TIMEOUT, COPY_SAFETY_REJECTED and what `runCopyAgent` throws
 */
export const strategize = (
  dependencies: CopyAgentDependencies,
  { locale, mode = 'standard', brief, research, revision }: StrategyInput,
  listener: CopyListener,
): Promise<JudgedOutput<StrategyOutput>> =>
  runCopyAgent(
    dependencies,
    {
      agent: 'strategy',
      prompt: promptFor(strategyPrompt, revision),
      locale,
      mode,
      messages: [
        {
          role: 'user',
          content: [
            dataBlock('brief', brief),
            dataBlock('research', research),
            dataBlock('copy_safety', {
              product_types: dependencies.copyFilter.basis.product_types,
            }),
            ...revisionBlocks(revision),
          ].join('\n'),
        },
      ],
      schema: StrategyOutput,
      own: [...textsIn(brief), ...ownOfRevision(revision)],
      rules: strategyRules,
      sheet: strategyCopy,
      pick,
    },
    listener,
  )
