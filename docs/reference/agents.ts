import * as z from 'zod'
import { copyRepair } from '../../shared/agents/prompts/copy-repair.v1.ts'
import { creativePrompts } from '../../shared/agents/prompts/creative.v3.ts'
import { picturePrompt } from '../../shared/agents/prompts/picture.v1.ts'
import { plannerPrompt } from '../../shared/agents/prompts/planner.v2.ts'
import {
  queryPrompt,
  researchPrompt,
  searchPrompt,
} from '../../shared/agents/prompts/research.v2.ts'
import { revisionVersion } from '../../shared/agents/prompts/revision.v1.ts'
import { strategyPrompt } from '../../shared/agents/prompts/strategy.v3.ts'
import { voicePrompt } from '../../shared/agents/prompts/voice.v3.ts'
import {
  type AgentName,
  agentNames,
  CreativeOutput,
  PictureOutput,
  PlannerOutput,
  ResearchAnswer,
  StrategyOutput,
  VoiceOutput,
} from '../../shared/contracts/agents.ts'
import { modelLimits } from '../../shared/rules/model-limits.ts'
import { code, codes, duration, grouped, table } from './markdown.ts'

interface Agent {
  /** The versions of its prompts that a provenance may name. */
  versions: readonly string[]
  writes: string
  answer: z.ZodType
}

const revised = (version: string): string => `${version}.${revisionVersion}`

const agents: Readonly<Record<AgentName, Agent>> = {
  planner: {
    versions: [plannerPrompt.version],
    writes: 'slots that the message fills, the reply, the next question',
    answer: PlannerOutput,
  },
  picture: {
    versions: [picturePrompt.version],
    writes: 'what is seen of the product, and the number that proves that it was',
    answer: PictureOutput,
  },
  research: {
    versions: [searchPrompt.version, queryPrompt.version, researchPrompt.version],
    writes:
      'search queries or a cited text first; then findings, each with a quote from a numbered source',
    answer: ResearchAnswer,
  },
  strategy: {
    versions: [strategyPrompt.version, revised(strategyPrompt.version)],
    writes: 'positionings, the weekly plan, what has to be made',
    answer: StrategyOutput,
  },
  creative: {
    versions: [
      ...Object.values(creativePrompts).flatMap(({ version }) => [version, revised(version)]),
      copyRepair.version,
    ],
    writes: 'ad copies, posters, the film: three answers side by side, each with calls of its own',
    answer: CreativeOutput,
  },
  voice: {
    versions: [voicePrompt.version, revised(voicePrompt.version), copyRepair.version],
    writes: 'the script with its timing and subtitles',
    answer: VoiceOutput,
  },
}

/** What stands in each kind of data block, by its name in the request. */
export const dataBlocks: Readonly<Record<string, string>> = {
  session: 'state, turn, filled slots and gate of the conversation',
  user_message: 'the message that is answered',
  earlier_user_message:
    'an earlier message of the user; the planner’s own earlier replies stay prose, without marks',
  earlier_user_picture: 'the note of an earlier picture',
  note: 'what the user wrote beside a picture',
  brief: 'the filled slots, as values',
  today: 'the date in UTC, so that “this week” has one',
  findings: 'the cited text of a server that searched by itself',
  sources: 'numbered pages that were read, with the passages that fit the queries',
  research: 'the stored output of research',
  strategy: 'of a strategy its assessment of the market and its positionings',
  film: 'the plan of the film that the voice narrates',
  copy_safety: 'which advertising laws apply to the product, and what is needed as evidence',
  video: 'length and size of the film that is planned',
  narration: 'the seconds and syllables that a script may have, and the voices of the language',
  revision: 'the chosen positioning, the wish, and what the stage wrote before',
  blocked: 'texts that the copy filter blocked, each with the rule and its reason',
  rejected_because: 'why the first answer was turned down: broken rules and bounds',
}

interface JsonSchema {
  type?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  pattern?: string
}

const between = (least: number | undefined, most: number | undefined, unit: string): string =>
  most === undefined ? '' : `${least ?? 0} to ${grouped(most)}${unit}`

const describe = (schema: JsonSchema): string => {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum) return codes(schema.enum.map(String))
  if (schema.anyOf) return [...new Set(schema.anyOf.map(describe))].join(' or ')
  const bounds =
    between(schema.minLength, schema.maxLength, ' characters') ||
    between(schema.minItems, schema.maxItems, ' entries') ||
    between(schema.minimum, schema.maximum, '')
  return [schema.type, bounds].filter(Boolean).join(', ')
}

/** The fields of an object, or those of all objects that it may be. */
const propertiesOf = ({ properties, anyOf = [] }: JsonSchema): Record<string, JsonSchema> => {
  if (properties) return properties
  const found: Record<string, JsonSchema> = {}
  for (const [name, value] of anyOf.flatMap((each) => Object.entries(each.properties ?? {}))) {
    found[name] = { anyOf: [...(found[name]?.anyOf ?? []), value] }
  }
  return found
}

const fieldsOf = (schema: JsonSchema, path: string): [string, string][] => {
  const at = schema.items ? `${path}[]` : path
  const inner = Object.entries(propertiesOf(schema.items ?? schema))
  const own: [string, string][] = path === '' ? [] : [[path, describe(schema)]]
  const entry: [string, string][] =
    schema.items && inner.length === 0 ? [[at, describe(schema.items)]] : []
  const fields = inner.flatMap(([name, value]) =>
    fieldsOf(value, at === '' ? name : `${at}.${name}`),
  )
  return [...own, ...entry, ...fields]
}

const answerTable = (agent: AgentName): string[] => {
  const schema = z.toJSONSchema(agents[agent].answer, { io: 'input' }) as JsonSchema
  return [
    `### ${agent.charAt(0).toUpperCase()}${agent.slice(1)}`,
    '',
    ...table(
      ['field, in the order in which it is written', 'what it may be'],
      fieldsOf(schema, '').map(([path, what]) => [code(path), what]),
    ),
    '',
  ]
}

export const agentTables = {
  agents: () =>
    table(
      ['agent', 'prompts', 'writes', 'one call', 'calls', 'tokens of an answer'],
      agentNames.map((agent) => {
        const { deadlineMs, maxCalls, maxOutputTokens } = modelLimits[agent]
        return [
          agent,
          codes([...new Set(agents[agent].versions)]),
          agents[agent].writes,
          duration(deadlineMs),
          `${maxCalls}`,
          grouped(maxOutputTokens),
        ]
      }),
    ),
  'data-blocks': () =>
    table(
      ['block', 'what it holds'],
      Object.entries(dataBlocks).map(([name, what]) => [code(name), what]),
    ),
  'agent-answers': () => agentNames.flatMap(answerTable),
}
