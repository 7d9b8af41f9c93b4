import { CreativeOutput, type ResearchOutput, type StrategyOutput } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { duplicateIds, spanRules } from '../rules/output-rules.ts'
import { textsIn } from './answer-guard.ts'
import { type JudgedOutput, runCopyAgent } from './copy/copy-agent.ts'
import type { CopyAgentDependencies } from './copy/copy-filter.ts'
import type { CopyListener } from './copy/copy-gate.ts'
import { creativeCopy } from './copy/creative-copy.ts'
import { elementPicker } from './elements.ts'
import { creativePrompt } from './prompts/creative.v2.ts'
import { dataBlock } from './prompts/prompt.ts'
import { ownOfRevision, promptFor, type Revision, revisionBlocks } from './revision.ts'

export interface CreativeInput {
  /** Undefined when it is written for the first time. */
  revision?: Revision | undefined
  locale: Locale
  mode?: Mode
  brief: Brief
  research: ResearchOutput
  strategy: StrategyOutput
  videoSeconds: number
  /** Width and height of the video in pixels: `720x1280`. */
  size: string
}

const { shape } = CreativeOutput

const pick = elementPicker({
  each: { ad_copies: shape.ad_copies.element, poster_specs: shape.poster_specs.element },
  whole: { video_prompt_package: shape.video_prompt_package },
})

/** Every way in which the creatives do not fit the strategy and the video they are for. */
export const creativeRules = (
  { ad_copies, poster_specs, video_prompt_package }: CreativeOutput,
  input: Pick<CreativeInput, 'strategy' | 'videoSeconds' | 'size' | 'revision'>,
): string[] => {
  const known = new Set(input.strategy.positioning_options.map(({ id }) => id))
  const unknown = ad_copies.filter(({ positioning_id }) => !known.has(positioning_id))
  const chosen = input.revision?.chosen_positioning?.id ?? null
  const { duration_sec, size, shots } = video_prompt_package
  return [
    ...duplicateIds('ad_copies', ad_copies),
    ...duplicateIds('poster_specs', poster_specs),
    ...unknown.map(
      ({ id, positioning_id }) =>
        `ad_copies: ${id} names the positioning ${positioning_id}; the strategy has ${[...known].join(', ')}`,
    ),
    ...ad_copies.flatMap(({ id, positioning_id }) =>
      chosen === null || positioning_id === chosen || !known.has(positioning_id)
        ? []
        : [`ad_copies: ${id} names the positioning ${positioning_id}; all are for ${chosen}`],
    ),
    ...(duration_sec === input.videoSeconds
      ? []
      : [`video_prompt_package.duration_sec: must be ${input.videoSeconds}`]),
    ...(size === input.size ? [] : [`video_prompt_package.size: must be ${input.size}`]),
    ...spanRules('video_prompt_package.shots', shots, input.videoSeconds),
  ]
}

/**
 * The creative agent: writes ad copies, poster specifications and the video's prompt.
 * @throws StudioError STAGE_TIMEOUT, COPY_SAFETY_REJECTED and what `runCopyAgent` throws
 */
export const create = (
  dependencies: CopyAgentDependencies,
  input: CreativeInput,
  listener: CopyListener,
): Promise<JudgedOutput<CreativeOutput>> =>
  runCopyAgent(
    dependencies,
    {
      agent: 'creative',
      prompt: promptFor(creativePrompt, input.revision),
      locale: input.locale,
      mode: input.mode ?? 'standard',
      messages: [
        {
          role: 'user',
          content: [
            dataBlock('brief', input.brief),
            dataBlock('research', input.research),
            dataBlock('strategy', input.strategy),
            dataBlock('copy_safety', {
              product_types: dependencies.copyFilter.basis.product_types,
            }),
            dataBlock('video', { seconds: input.videoSeconds, size: input.size }),
            ...revisionBlocks(input.revision),
          ].join('\n'),
        },
      ],
      schema: CreativeOutput,
      own: [...textsIn(input.brief), ...ownOfRevision(input.revision)],
      rules: (output) => creativeRules(output, input),
      sheet: creativeCopy,
      pick,
    },
    listener,
  )
