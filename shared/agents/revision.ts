import type { StrategyOutput } from '../contracts/agents.ts'
import { dataBlock, type Prompt } from './prompts/prompt.ts'
import { revisionRule, revisionVersion } from './prompts/revision.v1.ts'

/** What a stage is written again for. */
export interface Revision {
  chosen_positioning: StrategyOutput['positioning_options'][number] | null
  /** The user's wish. */
  note: string | null
  /** What the stage answered in the run that is revised; null for stages that only follow it. */
  previous: unknown
}

/** The prompt of a stage, with how a revision is to be read when it is one. */
export const promptFor = (prompt: Prompt, revision: Revision | undefined): Prompt => {
  if (revision === undefined) return prompt
  const { instructions, version } = prompt
  return {
    ...prompt,
    version: `${version}.${revisionVersion}`,
    instructions: {
      'ko-KR': `${instructions['ko-KR']}\n\n${revisionRule['ko-KR']}`,
      'en-US': `${instructions['en-US']}\n\n${revisionRule['en-US']}`,
    },
  }
}

export const revisionBlocks = (revision: Revision | undefined): string[] =>
  revision === undefined ? [] : [dataBlock('revision', revision)]

/** The user's own words of a revision, which an answer may repeat. */
export const ownOfRevision = (revision: Revision | undefined): string[] =>
  revision?.note ? [revision.note] : []
