import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  type CreativeListener,
  create,
  type JudgedParts,
} from '../../../shared/agents/creative-agent.ts'
import { creativePartNames } from '../../../shared/contracts/creative-parts.ts'
import { isAuthored } from '../../../shared/platform/authored.ts'
import { agentsOn, elementListener, failureOf } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import {
  sampleBrief as brief,
  sampleCreative,
  sampleResearched,
  sampleStrategy,
} from '../../support/model-server/samples.ts'
import { writeCreatives } from '../../support/model-server/written-creatives.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => server.reset())
afterAll(() => server.stop())

const input = {
  locale: 'ko-KR' as const,
  brief,
  research: sampleResearched,
  strategy: sampleStrategy,
  videoSeconds: 8,
  size: '720x1280',
}
const write = (listener: CreativeListener = elementListener()) =>
  writeCreatives(agentsOn(server), input, listener)

const Schema = z.object({ properties: z.record(z.string(), z.unknown()) })

const partsAsked = () => server.calls.map(({ part }) => part)

test('asks for copies, posters and film side by side, each with its own schema and tokens', async () => {
  const all = Promise.withResolvers<void>()
  server.respond(async () => {
    if (server.calls.length === creativePartNames.length) all.resolve()
    await all.promise
    return answers.json(sampleCreative)
  })
  const { value, parts } = await write()
  expect(value).toEqual(sampleCreative)
  expect(partsAsked().toSorted()).toEqual(['copies', 'film', 'posters'])
  for (const { output } of Object.values(parts)) expect(isAuthored(output)).toBe(true)
  const fields = server.calls.map(({ body }) =>
    Object.keys(Schema.parse(body.text?.format.schema).properties),
  )
  expect(fields.map((names) => names.slice(2)).toSorted()).toEqual([
    ['ad_copies'],
    ['poster_specs'],
    ['video_prompt_package'],
  ])
  for (const { body } of server.calls) {
    expect(body.text?.format.schema).toHaveProperty('additionalProperties', false)
  }
  const tokens = server.calls.map(({ body }) => Number(body.max_output_tokens))
  expect(tokens.reduce((sum, each) => sum + each)).toBe(64_000)
})

test('sends the same instructions and data with each part, and what is asked for last', async () => {
  server.respond(() => answers.json(sampleCreative))
  await write()
  expect(new Set(server.calls.map(({ body }) => body.instructions))).toHaveProperty('size', 1)
  const [data, ...more] = server.calls.map(({ body }) => JSON.stringify(body.input.slice(0, -1)))
  expect(data).toContain('product.name')
  for (const other of more) expect(other).toBe(data)
  const assignments = server.calls.map(({ body }) => JSON.stringify(body.input.at(-1)))
  expect(new Set(assignments)).toHaveProperty('size', 3)
  for (const assignment of assignments) expect(assignment).toContain('이번에 쓰는 것')
})

test('streams each finished element, in the order of its part', async () => {
  server.respond(() => answers.json(sampleCreative, { chunkCharacters: 9 }))
  const listener = elementListener()
  await write(listener)
  const items = (kind: string) =>
    listener.elements.flatMap((each) => (each.kind === kind ? [each.item] : []))
  expect(items('ad_copies')).toEqual(sampleCreative.ad_copies)
  expect(items('poster_specs')).toEqual(sampleCreative.poster_specs)
  expect(items('video_prompt_package')).toEqual([sampleCreative.video_prompt_package])
  expect(listener.elements).toHaveLength(8)
})

describe('a server that answers with everything', () => {
  test('fits each part, which takes its own field', async () => {
    server.respond(() => answers.json(sampleCreative, { uncut: true }))
    const listener = elementListener()
    expect((await write(listener)).value).toEqual(sampleCreative)
    expect(server.calls).toHaveLength(3)
    expect(listener.elements).toHaveLength(8)
  })

  test('fails the part alone whose own field breaks a rule', async () => {
    const [first, ...rest] = sampleCreative.ad_copies
    const linked = { ...first, text: '지금 bit.ly/evil 에서 사세요' }
    const bad = answers.json({ ...sampleCreative, ad_copies: [linked, ...rest] }, { uncut: true })
    server.script('creative', bad)
    server.script('creative_copies', answers.json(sampleCreative))
    expect((await write()).value).toEqual(sampleCreative)
    expect(partsAsked().slice(3)).toEqual(['copies'])
  })
})

test('a key that no part has ends the reading there', async () => {
  const flood = `{"other":[${'[1],'.repeat(20_000)}1]}`
  server.script('creative', answers.text(flood))
  server.script('creative_copies', answers.json(sampleCreative))
  server.script('creative_posters', answers.json(sampleCreative))
  server.script('creative_film', answers.json(sampleCreative))
  await write()
  const again = server.calls.slice(3).map((call) => call.data('rejected_because'))
  expect(again.length).toBeGreaterThan(0)
  for (const reasons of again) expect(String(reasons)).toContain('has a key beyond')
})

test('asks again for a part that breaks a rule, and for no other', async () => {
  const twice = sampleCreative.ad_copies.map((copy) => ({ ...copy, id: 'c1' }))
  server.script('creative', answers.json({ ...sampleCreative, ad_copies: twice }))
  server.script('creative_copies', answers.json(sampleCreative))
  const listener = elementListener()
  const { parts } = await write(listener)
  expect(partsAsked().slice(3)).toEqual(['copies'])
  expect(server.calls[3]?.data('rejected_because')).toEqual(['ad_copies: the id c1 is used twice'])
  const tries = Map.groupBy(listener.elements, ({ kind }) => kind)
  expect(new Set(tries.get('ad_copies')?.map(({ attempt }) => attempt))).toEqual(new Set([1, 2]))
  expect(tries.get('poster_specs')?.map(({ attempt }) => attempt)).toEqual([1])
  expect(parts.copies?.output.provenance.usage).toMatchObject({ calls: 2, total_tokens: 300 })
  expect(parts.film?.output.provenance.usage).toMatchObject({ calls: 1, total_tokens: 150 })
})

test('stops the other parts when one fails, with that failure, and keeps what was done', async () => {
  const kept: JudgedParts[] = []
  const film = Promise.withResolvers<void>()
  server.script('creative_film', answers.json(sampleCreative))
  server.script('creative_posters', answers.silence())
  server.script('creative_copies', async () => {
    await film.promise
    return answers.refusal()
  })
  const failure = await failureOf(
    write({
      ...elementListener(),
      async onPart(done) {
        kept.push(done)
        film.resolve()
      },
    }),
  )
  expect(failure.code).toBe('MODEL_REFUSED')
  expect(kept.map((done) => Object.keys(done))).toEqual([['film']])
  await server.until(() => server.open() === 0)
  expect(server.calls).toHaveLength(3)
})

test('does not write again what is kept, and tells of the last part no sooner than all are done', async () => {
  const kept: string[] = []
  server.respond(() => answers.json(sampleCreative))
  const written = await create(
    agentsOn(server),
    input,
    { ...elementListener(), onPart: async (done) => void kept.push(...Object.keys(done)) },
    { film: sampleCreative },
  )
  expect(partsAsked().toSorted()).toEqual(['copies', 'posters'])
  expect(Object.keys(written).toSorted()).toEqual(['copies', 'posters'])
  expect(kept).toHaveLength(1)
})
