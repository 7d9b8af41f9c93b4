import type * as z from 'zod'
import { CreativeOutput } from './agents.ts'

/** The parts of the creative output, each an answer of its own, and the field that it fills. */
export const creativeFields = {
  copies: 'ad_copies',
  posters: 'poster_specs',
  film: 'video_prompt_package',
} as const
export type CreativePart = keyof typeof creativeFields
export const creativePartNames = ['copies', 'posters', 'film'] as const satisfies CreativePart[]

/** What the creative agent is asked for each part; keys of other parts are passed over. */
export const CreativePartOutputs = {
  copies: CreativeOutput.pick({ schema_version: true, agent: true, ad_copies: true }).strip(),
  posters: CreativeOutput.pick({ schema_version: true, agent: true, poster_specs: true }).strip(),
  film: CreativeOutput.pick({
    schema_version: true,
    agent: true,
    video_prompt_package: true,
  }).strip(),
} as const
export type CreativePartOutput<P extends CreativePart = CreativePart> = z.infer<
  (typeof CreativePartOutputs)[P]
>
export interface CreativePartAnswers {
  copies: CreativePartOutput<'copies'>
  posters: CreativePartOutput<'posters'>
  film: CreativePartOutput<'film'>
}
