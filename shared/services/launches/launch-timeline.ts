import { type StageName, type StageOutputs, stageNames } from '../../contracts/agents.ts'
import type { LaunchPackage } from '../../contracts/launch.ts'
import { type Outputs, productStrategy, researchSummary } from './launch-parts.ts'
import { sentences } from './launch-texts.ts'

type Entry = LaunchPackage['timeline'][number]
type Payload = Pick<Entry['payload'], 'summary' | 'key_points' | 'risks'>

/** What an agent wrote, in the older package's common fields. */
const payloadOf: { [S in StageName]: (output: StageOutputs[S]) => Payload } = {
  research: (research) => researchSummary({ research }),
  strategy: (strategy) => productStrategy({ strategy }),
  creative: ({ ad_copies, poster_specs }) => ({
    summary: sentences(ad_copies.map(({ text }) => text)),
    key_points: poster_specs.map(({ headline }) => headline),
    risks: [],
  }),
  voice: ({ voiceover_script_short, timing_map }) => ({
    summary: voiceover_script_short,
    key_points: timing_map.map(({ text }) => text),
    risks: [],
  }),
}

const entryOf = <S extends StageName>(stage: S, output: StageOutputs[S]): Entry => {
  const { summary, key_points, risks } = payloadOf[stage](output)
  const { schema_version, agent, ...artifacts } = output
  return { agent: stage, stage, payload: { summary, key_points, risks, artifacts } }
}

/** An entry for each agent that has written, in the order in which they do, with all that it wrote. */
export const timelineOf = (outputs: Outputs): Entry[] =>
  stageNames.flatMap((stage) => {
    const output = outputs[stage]
    return output ? [entryOf(stage, output)] : []
  })
