import { create } from '../shared/agents/creative-agent.ts'
import { plan } from '../shared/agents/planner-agent.ts'
import type { ModelClient, ModelEvent } from '../shared/clients/openai/model-client.ts'
import { systemClock as clock } from '../shared/platform/clock.ts'
import { evaluateGate } from '../shared/rules/gate.ts'
import { rulesFor } from '../test/support/model-server/copy-filter.ts'
import {
  sampleBrief,
  sampleCreative,
  samplePlanner,
  sampleResearched,
  sampleStrategy,
} from '../test/support/model-server/samples.ts'
import { atMost, below, headline, largestRowOf, type Row, rowOf } from './statistics.ts'

const rounds = 5
/** Characters of a delta, as a server sends them. */
const deltaCharacters = 4

async function* eventsOf(text: string, characters: number): AsyncGenerator<ModelEvent> {
  for (let from = 0; from < text.length; from += characters) {
    yield { type: 'text', text: text.slice(from, from + characters) }
  }
  yield { type: 'end', id: 'resp_1', model: 'scripted', reason: 'complete' }
}

/** A model that is always of one answer. */
const modelThatSays = (text: string, characters: number): ModelClient => ({
  stream: async () => eventsOf(text, characters),
})

/** The ad copies alone: the other parts are there. */
const creative = (text: string, characters = deltaCharacters): Promise<unknown> =>
  create(
    { model: modelThatSays(text, characters), clock, copyFilter: rulesFor() },
    {
      locale: 'ko-KR',
      brief: sampleBrief,
      research: sampleResearched,
      strategy: sampleStrategy,
      videoSeconds: 8,
      size: '720x1280',
    },
    { onElement() {} },
    { posters: sampleCreative, film: sampleCreative },
  )

const planner = (text: string): Promise<unknown> =>
  plan(
    { model: modelThatSays(text, 1), clock },
    {
      locale: 'ko-KR',
      mode: 'standard',
      state: 'GEN_STRATEGY',
      turn: 1,
      slots: {},
      gate: evaluateGate({}),
      gateAfter: () => evaluateGate({}),
      history: [],
      message: '안녕하세요',
    },
    { onSlotUpdates() {}, onText() {} },
  )

/** Milliseconds of processor time; what the work throws is the answer's refusal. */
const processorTime = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  await work().catch(() => {})
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const timesOf = async (work: () => Promise<unknown>): Promise<number[]> => {
  await work().catch(() => {})
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) times.push(await processorTime(work))
  return times
}

const good = JSON.stringify(sampleCreative)
const opened = '{"schema_version":"v1","agent":"creative","ad_copies":'
const replyOf = (characters: number): string =>
  JSON.stringify({
    ...samplePlanner,
    slot_updates: [],
    response_text: '손에 닿는 느낌 😀'.repeat(characters / 10).slice(0, characters),
    next_question: null,
  })

/** Answers that once took time with the square of their length; each is asked for twice, as in a stage. */
const floods: [what: string, answer: string][] = [
  ['200,000 line breaks between values', opened + '\n'.repeat(200_000)],
  ['200,000 line breaks within a text', `${opened}[{"id":"${'\\n'.repeat(200_000)}`],
  ['a number of 40,000 digits', opened + '7'.repeat(40_000)],
  ['200,000 lists in each other', opened + '['.repeat(200_000)],
  ['400 KB of blanks before the object', ' '.repeat(400_000)],
  ['400 KB of one text', `${opened}[{"id":"${'가'.repeat(133_000)}`],
  ['400 KB of marks on one letter', `${opened}[{"id":"${'e\u0301'.repeat(133_000)}`],
  ['230 KB that no contract has', `{"other":[${'[1],'.repeat(57_000)}1]}`],
  ['400 KB of small entries', `${opened}[${'1,'.repeat(200_000)}`],
]

/** What reading answers costs the processor, whatever a model writes. */
export const measureAnswerReading = async (): Promise<Row[]> => {
  const rows: Row[] = [
    rowOf('reading a good creative answer', await timesOf(() => creative(good)), 'ms'),
  ]
  for (const [what, answer] of floods) {
    for (const characters of [deltaCharacters, answer.length]) {
      const how = characters === answer.length ? ', in one piece' : ''
      const times = await timesOf(() => creative(answer, characters))
      rows.push(rowOf(`${what}${how}`, times, 'ms', below(50, 'ms')))
    }
  }
  const hostile = rows.slice(1).map(({ median }) => median)
  rows.push(
    headline(
      'reading a hostile answer of 400 KB, at most',
      largestRowOf('the slowest of them', hostile, 'ms', below(50, 'ms')),
    ),
  )
  const short = await timesOf(() => planner(replyOf(500)))
  const long = await timesOf(() => planner(replyOf(2000)))
  const growth = long.map((time, index) => time / (short[index] ?? time))
  return [
    ...rows,
    rowOf('a reply of 2,000 characters in as many deltas', long, 'ms'),
    rowOf('the same against one of 500', growth, 'times', atMost(6, 'times')),
  ]
}
