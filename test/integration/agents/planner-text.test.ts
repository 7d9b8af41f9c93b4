import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plan, replyText } from '../../../shared/agents/planner-agent.ts'
import { PlannerOutput } from '../../../shared/contracts/agents.ts'
import { holds, propertyLimit } from '../../support/limits/properties.ts'
import { agentsOn, plannerInput, plannerListener } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import { samplePlanner } from '../../support/model-server/samples.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.stop())

const opened = {
  ready: true,
  missing_required: [],
  completeness: 1,
  confidence: 1,
}

const pieces = fc.constantFrom(
  ...['동백', ' ', '\n', '\r\n', '😀', '👩‍👩‍👧', '"', '\\', '\t', 'a', '\u00a0', '한'],
  // What composes with its neighbours, or joins them.
  ...['\u1112', '\u1161', '\u11ab', 'e', '\u0301', '\u0323', '\u200d', '\ufe0f', '\u{1f1f0}'],
)

/** Text as models write it, with what is easily broken: white space at the ends, emoji, escapes, forms. */
const words = fc
  .array(pieces, { maxLength: 12 })
  .map((parts) => parts.join(''))
  .filter((text) => PlannerOutput.shape.next_question.safeParse(text).success)

/** Places at which to cut a string, inside escapes and surrogate pairs too. */
const cutAt = (text: string, places: number[]): string[] => {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted(
    (a, b) => a - b,
  )
  return [...ends, text.length].map((end, index) =>
    text.slice(index === 0 ? 0 : ends[index - 1], end),
  )
}

const escaped = (json: string): string =>
  json.replace(/[\ud800-\udfff가-힣]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`)

test('the texts that stream are together the reply that is stored, wherever the stream is cut', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(
      words,
      fc.option(words),
      fc.boolean(),
      fc.array(fc.nat(10_000), { maxLength: 40 }),
      async (response_text, next_question, asEscapes, places) => {
        server.reset()
        const json = JSON.stringify({ ...samplePlanner, response_text, next_question })
        const chunks = cutAt(asEscapes ? escaped(json) : json, places)
        server.script('planner', { kind: 'stream', chunks })
        const listener = plannerListener()
        const input = plannerInput({ gateAfter: () => opened })
        const { value } = await plan(agentsOn(server), input, listener)

        const stored = PlannerOutput.parse(JSON.parse(json))
        expect(value).toEqual(stored)
        expect(listener.texts[1].join('')).toBe(replyText(stored))
        expect(listener.texts[1].every((text) => text !== '' && text.isWellFormed())).toBe(true)
        expect(listener.order[0]).toBe('updates:1:2')
      },
    ),
    { short: 40, full: 150 },
  )
})

test.each([
  [['next_question', 'response_text', 'slot_updates']],
  [['slot_updates', 'next_question', 'response_text']],
] as const)('a model that writes in the order %j streams the same reply', async (order) => {
  const written = [...order, 'agent', 'schema_version'] as const
  const answer = Object.fromEntries(written.map((field) => [field, samplePlanner[field]]))
  server.reset()
  server.script('planner', answers.json(answer, { chunkCharacters: 3 }))
  const listener = plannerListener()
  const { value } = await plan(agentsOn(server), plannerInput(), listener)
  expect(listener.order[0]).toBe('updates:1:2')
  expect(listener.texts[1].join('')).toBe(replyText(value))
})
