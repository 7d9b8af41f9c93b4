import { isDeepStrictEqual } from 'node:util'
import {
  type Positioning,
  type ResearchOutput,
  requiredAssets,
  StrategyOutput,
} from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { ElementVerdict } from '../contracts/copy-safety.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { duplicateIds } from '../rules/output-rules.ts'
import { textsIn } from './answer-guard.ts'
import type { JsonPath } from './answer-reader.ts'
import { type JudgedOutput, runCopyAgent } from './copy/copy-agent.ts'
import type { CopyAgentDependencies } from './copy/copy-filter.ts'
import type { CopyListener } from './copy/copy-gate.ts'
import { strategyCopy } from './copy/strategy-copy.ts'
import { elementPicker } from './elements.ts'
import { dataBlock } from './prompts/prompt.ts'
import { strategyPrompt } from './prompts/strategy.v3.ts'
import { ownOfRevision, promptFor, type Revision, revisionBlocks } from './revision.ts'

export interface StrategyInput {
  /** Undefined when it is written for the first time. */
  revision?: Revision | undefined
  locale: Locale
  mode?: Mode
  brief: Brief
  research: ResearchOutput
}

export interface StrategyListener extends CopyListener {
  /** Called once, when all of the positioning has been shown and the plan of the week is still to come. */
  onPositioning?(positioning: Positioning): void
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
 * Watches for the positioning of an answer that is still being written. One with a text that may not be shown is
 * not told of: it will be another.
 */
const watchPositioning = (listener: StrategyListener) => {
  let latest = 0
  let isTold = false
  let shown: { assessment?: unknown; options: unknown[] } = { options: [] }
  let written: Positioning['positioning_options'] | undefined
  const follow = (attempt: number): void => {
    if (attempt === latest) return
    latest = attempt
    shown = { options: [] }
    written = undefined
  }
  const tell = (): void => {
    const { success, data } = shape.market_assessment.safeParse(shown.assessment)
    if (isTold || !success || !written || !isDeepStrictEqual(shown.options, written)) return
    isTold = true
    listener.onPositioning?.({ market_assessment: data, positioning_options: written })
  }
  return {
    onElement(kind: string, item: unknown, attempt: number, verdict?: ElementVerdict): void {
      listener.onElement(kind, item, attempt, verdict)
      follow(attempt)
      if (kind === 'market_assessment') shown.assessment = item
      if (kind === 'positioning_options') shown.options.push(item)
      tell()
    },
    onComplete([field, entry]: JsonPath, value: unknown, attempt: number): void {
      if (field !== 'positioning_options' || entry !== undefined) return
      follow(attempt)
      const { success, data } = shape.positioning_options.safeParse(value)
      if (success && duplicateIds(field, data).length === 0) written = data
      tell()
    },
  }
}

/**
 * The strategy agent: positions the product and plans the week of its launch.
 * @throws StudioError STAGE_TIMEOUT, COPY_SAFETY_REJECTED and what `runCopyAgent` throws
 */
export const strategize = (
  dependencies: CopyAgentDependencies,
  { locale, mode = 'standard', brief, research, revision }: StrategyInput,
  listener: StrategyListener,
): Promise<JudgedOutput<StrategyOutput>> => {
  const watch = watchPositioning(listener)
  return runCopyAgent(
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
      onComplete: watch.onComplete,
    },
    watch,
  )
}
