import type * as z from 'zod'
import type { Positioning } from '../contracts/agents.ts'
import {
  type CreativePart,
  type CreativePartAnswers,
  CreativePartOutputs,
} from '../contracts/creative-parts.ts'
import { duplicateIds, spanRules } from '../rules/output-rules.ts'
import type { CopySheet } from './copy/copy-sheet.ts'
import { creativeCopy } from './copy/creative-copy.ts'
import { elementPicker } from './elements.ts'
import { creativePrompts } from './prompts/creative.v3.ts'
import type { Prompt } from './prompts/prompt.ts'
import type { Revision } from './revision.ts'

/** What the rules of the parts hold an answer against. */
export interface CreativeBasis {
  /** Undefined when it is written for the first time. */
  revision?: Revision | undefined
  strategy: Positioning
  videoSeconds: number
  /** Width and height of the video in pixels: `720x1280`. */
  size: string
}

/** How one part of the creatives is asked for and read. */
export interface CreativePartPlan<Output> {
  prompt: Prompt
  schema: z.ZodType<Output>
  sheet: CopySheet
  pick: ReturnType<typeof elementPicker>
  /** Every way in which an answer does not fit what it is for. */
  rules(output: Output, basis: CreativeBasis): string[]
}

type CreativePartPlans = { [P in CreativePart]: CreativePartPlan<CreativePartAnswers[P]> }

const { copies, posters, film } = CreativePartOutputs

const copiesRules = (
  { ad_copies }: CreativePartAnswers['copies'],
  { strategy, revision }: CreativeBasis,
): string[] => {
  const known = new Set(strategy.positioning_options.map(({ id }) => id))
  const chosen = revision?.chosen_positioning?.id ?? null
  return [
    ...duplicateIds('ad_copies', ad_copies),
    ...ad_copies.flatMap(({ id, positioning_id }) => {
      const named = `ad_copies: ${id} names the positioning ${positioning_id}`
      if (!known.has(positioning_id)) return [`${named}; the strategy has ${[...known].join(', ')}`]
      return chosen === null || positioning_id === chosen ? [] : [`${named}; all are for ${chosen}`]
    }),
  ]
}

const filmRules = (
  { video_prompt_package: { duration_sec, size, shots } }: CreativePartAnswers['film'],
  { videoSeconds, size: wanted }: CreativeBasis,
): string[] => [
  ...(duration_sec === videoSeconds
    ? []
    : [`video_prompt_package.duration_sec: must be ${videoSeconds}`]),
  ...(size === wanted ? [] : [`video_prompt_package.size: must be ${wanted}`]),
  ...spanRules('video_prompt_package.shots', shots, videoSeconds),
]

export const creativeParts: CreativePartPlans = {
  copies: {
    prompt: creativePrompts.copies,
    schema: copies,
    sheet: creativeCopy.copies,
    pick: elementPicker({ each: { ad_copies: copies.shape.ad_copies.element }, whole: {} }),
    rules: copiesRules,
  },
  posters: {
    prompt: creativePrompts.posters,
    schema: posters,
    sheet: creativeCopy.posters,
    pick: elementPicker({ each: { poster_specs: posters.shape.poster_specs.element }, whole: {} }),
    rules: ({ poster_specs }) => duplicateIds('poster_specs', poster_specs),
  },
  film: {
    prompt: creativePrompts.film,
    schema: film,
    sheet: creativeCopy.film,
    pick: elementPicker({
      each: {},
      whole: { video_prompt_package: film.shape.video_prompt_package },
    }),
    rules: filmRules,
  },
}
