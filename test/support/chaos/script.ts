import type { SlotUpdate } from '../../../shared/contracts/brief.ts'
import { type Answer, answers } from '../model-server/answers.ts'
import type { Asker, ModelCallSeen } from '../model-server/model-server.ts'
import {
  sampleCreative,
  sampleFindings,
  samplePlanner,
  sampleQueries,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../model-server/samples.ts'
import { completeUpdates } from '../studio/studio.ts'
import type { Random } from './random.ts'

/** One call of the model and what it was answered. */
export interface Said {
  at: number
  asker: Asker
  /** Numbers the answer, and stands in its text. */
  mark: string
  /** What the answer says when it is read to its end. */
  value: unknown
  fault: string | undefined
}

export interface Script {
  respond(call: ModelCallSeen): Answer
  /** What was said in a session, by its label. */
  saidIn(label: string): Said[]
  all(): Said[]
}

const labelPattern = /chaos-\d+/

/** The brief of one session, which every agent is shown; the label says which session a call is of. */
const updatesOf = (label: string): SlotUpdate[] =>
  completeUpdates.map((update) =>
    update.path === 'target.why' ? { ...update, value: `${update.value} (${label})` } : update,
  ) as SlotUpdate[]

/** Whether the planner's input says that a run goes on: the brief is closed then. */
const isDuringRun = (input: string): boolean => /run_in_progress[\\"]+:\s*true/.test(input)

const answerOf = (asker: Asker, label: string, mark: string, input: string): unknown => {
  switch (asker) {
    case 'planner':
      return {
        ...samplePlanner,
        slot_updates: isDuringRun(input) ? [] : updatesOf(label),
        response_text: `다 됐어요. ${mark}`,
        next_question: null,
      }
    case 'picture':
      throw new Error('No client of the chaos run sends a picture.')
    case 'search':
      return sampleFindings.text
    case 'research_queries':
      return sampleQueries
    case 'research':
      return { ...sampleResearch, risk_flags: [...sampleResearch.risk_flags, `위험 ${mark}`] }
    case 'strategy_repair':
    case 'strategy': {
      const { market_assessment } = sampleStrategy
      return {
        ...sampleStrategy,
        market_assessment: { ...market_assessment, uncertainties: [`아직 모른다 ${mark}`] },
      }
    }
    case 'creative_repair':
    case 'creative':
      return {
        ...sampleCreative,
        poster_specs: sampleCreative.poster_specs.map((spec) => ({
          ...spec,
          subheadline: `동백 핸드크림 ${mark}`,
        })),
      }
    case 'voice_repair':
    case 'voice':
      return { ...sampleVoice, tone_profile: `다정한 목소리 ${mark}` }
  }
}

/** The same answer with each of its texts so long that no event, and the whole that no item, may hold it. */
const bloated = (text: string, characters: number): string => {
  if (!text.startsWith('{')) return text
  return JSON.stringify(
    JSON.parse(text, (key, value) =>
      typeof value === 'string' && !/agent|version|id|path|url/.test(key)
        ? value + '가'.repeat(characters)
        : value,
    ),
  )
}

/** Every way in which a model breaks; `text` is what it would have said. */
const breaks: readonly [string, (text: string) => Answer][] = [
  ['refuses', () => answers.refusal()],
  ['cuts', (text) => answers.text(text, { ending: 'cut', endAfter: 3 })],
  ['ends early', (text) => answers.text(text, { ending: 'closed', endAfter: 3 })],
  ['hangs', () => answers.silence()],
  ['hangs midway', (text) => answers.text(text, { ending: 'stall', endAfter: 3 })],
  ['rate limits', () => answers.rateLimited('0')],
  ['fails', () => answers.status(500)],
  ['overflows an event', (text) => answers.text(bloated(text, 9_000), { chunkCharacters: 8_000 })],
  ['overflows an item', (text) => answers.text(bloated(text, 900), { chunkCharacters: 8_000 })],
  ['writes half', (text) => answers.text(text.slice(0, text.length / 2))],
]

/** What a broken answer says when it is a whole one all the same: a long reply may be within its bound. */
const wholeOf = (answer: Answer | undefined): unknown => {
  if (answer?.kind !== 'stream' || answer.ending !== undefined) return undefined
  try {
    return JSON.parse(answer.chunks.join(''))
  } catch {
    return undefined
  }
}

/** A model that knows which session a call is of, and goes wrong with the probability `faultRate`. */
export const createScript = ({
  random,
  faultRate,
}: {
  random: Random
  faultRate: number
}): Script => {
  const said = new Map<string, Said[]>()
  let count = 0
  return {
    respond(call) {
      const { asker, at } = call
      const input = JSON.stringify(call.body.input)
      const label = labelPattern.exec(input)?.[0]
      if (label === undefined) throw new Error(`A call by ${asker} names no session.`)
      count += 1
      const mark = `[${count}]`
      const value = answerOf(asker, label, mark, input)
      const broken = random.chance(faultRate)
        ? breaks[random.between(0, breaks.length - 1)]
        : undefined
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      const answer = broken?.[1](text)
      const told = { at, asker, mark, value: wholeOf(answer) ?? value, fault: broken?.[0] }
      said.set(label, [...(said.get(label) ?? []), told])
      const { citations, sources } = sampleFindings
      if (answer) {
        // Half of a search is a search.
        return asker === 'search' && answer.kind === 'stream' ? { ...answer, sources } : answer
      }
      const pace = { first: random.between(0, 200), between: random.between(0, 15) }
      return asker === 'search'
        ? answers.search(text, { citations, sources }, { pace })
        : answers.text(text, { pace, chunkCharacters: 80 })
    },
    saidIn: (label) => said.get(label) ?? [],
    all: () => [...said.values()].flat(),
  }
}
