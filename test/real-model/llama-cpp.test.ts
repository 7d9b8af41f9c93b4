import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { strategize } from '../../shared/agents/strategy-agent.ts'
import { openModel } from '../../shared/clients/openai/model.ts'
import type { ModelClient, ModelEvent } from '../../shared/clients/openai/model-client.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { ErrorCode } from '../../shared/contracts/problems.ts'
import { systemClock as clock } from '../../shared/platform/clock.ts'
import { eventually } from '../support/limits/eventually.ts'
import { elementListener } from '../support/model-server/agents.ts'
import { rulesFor } from '../support/model-server/copy-filter.ts'
import { sampleBrief, sampleResearched } from '../support/model-server/samples.ts'
import { readLog, startSession } from '../support/studio/client.ts'
import { streamTurn } from '../support/studio/event-reader.ts'
import { type Studio, startStudio } from '../support/studio/studio.ts'
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts'

/** What a model that writes nonsense may end in; anything else is a fault of the plumbing. */
const clearRefusals: ErrorCode[] = ['SCHEMA_VALIDATION_FAILED', 'TURN_TIMEOUT', 'STAGE_TIMEOUT']

const request = {
  model: 'SmolLM2-135M',
  instructions: 'You answer in JSON.',
  messages: [{ role: 'user' as const, content: 'Name a colour.' }],
}
const { signal } = new AbortController()

const collect = async (events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> => {
  const all: ModelEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

let proxy: RecordingProxy
let llama: ModelClient
const chatCalls = (): number =>
  proxy.calls.filter(({ path }) => path.endsWith('/chat/completions')).length

beforeAll(async () => {
  proxy = await startRecordingProxy(inject('llamaServer'))
  llama = openModel({ apiKey: async () => 'none', baseUrl: proxy.url, api: 'auto' })
  // A call waits for the probe, but not as long as a slow machine may take for it.
  await eventually(async () => {
    await collect(await llama.stream({ ...request, maxOutputTokens: 1 }, signal))
    expect(chatCalls()).toBeGreaterThan(1)
  })
})
afterAll(() => proxy.stop())

const textOf = (events: ModelEvent[]): string =>
  events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('')

describe('the client', () => {
  test('finds the route that keeps a schema, and its answers satisfy it', async () => {
    const schema = {
      type: 'object',
      properties: { colour: { type: 'string', enum: ['red', 'green'] } },
      required: ['colour'],
      additionalProperties: false,
    }
    const events = await collect(
      await llama.stream({ ...request, format: { name: 'colour', schema } }, signal),
    )
    expect(['red', 'green']).toContain(JSON.parse(textOf(events)).colour)
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'complete' })
    expect(events).toContainEqual(expect.objectContaining({ type: 'usage' }))
  })

  test('says that an answer was cut at its limit', async () => {
    const cut = { ...request, maxOutputTokens: 3 }
    const events = await collect(await llama.stream(cut, signal))
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'length' })
  })

  test('reports a prompt beyond the context with the server’s own reason', async () => {
    const message = { role: 'user' as const, content: 'too long '.repeat(20_000) }
    const failure = await llama
      .stream({ ...request, messages: [message] }, signal)
      .then(collect)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StudioError)
    expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: false })
    expect(JSON.stringify(failure)).toContain('context')
  })
})

/** The product's own deadlines end what a slow machine does not finish: both tries of a turn or a stage. */
const timeout = 180_000

describe('the product', { timeout }, () => {
  let studio: Studio
  beforeAll(async () => {
    studio = await startStudio({
      OPENAI_BASE_URL: proxy.url,
      MODEL_API: 'auto',
      PLANNER_MODEL: 'SmolLM2-135M',
      PLANNER_DEADLINE_MS: '50000',
    })
  })
  afterAll(() => studio.stop())

  test('takes an English turn to a whole answer or to one clear refusal', async () => {
    const { client, sessionId } = await startSession(studio.origin, { locale: 'en-US' })
    const calls = proxy.calls.length
    const reader = await streamTurn(client, sessionId, 'I sell a hand cream called Camellia.')
    await reader.ended
    const log = await readLog(client, sessionId)
    const ends = log.filter(({ type }) => type === 'turn.completed' || type === 'error')
    expect(ends).toHaveLength(1)
    const [end] = ends
    if (end?.type === 'error') expect(clearRefusals).toContain(end.data.code)
    expect(proxy.calls.length).toBeGreaterThan(calls)
    const { body } = await client.get(`/api/chat/session/${sessionId}`)
    expect(body.state).toBe('CHAT_COLLECTING')
  })

  test('takes a stage to a whole output or to one clear refusal', async () => {
    const listener = elementListener()
    const outcome = await strategize(
      { model: llama, clock, copyFilter: rulesFor(['cosmetics'], 'en-US') },
      { locale: 'en-US', brief: sampleBrief, research: sampleResearched },
      listener,
    ).catch((error: unknown) => error)
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(StudioError)
      expect(clearRefusals).toContain((outcome as StudioError).code)
    } else expect(outcome).toMatchObject({ output: { value: { agent: 'strategy' } } })
  })

  test('sends nothing that the server does not take', () => {
    const refused = proxy.calls.filter(({ status }) => status >= 400)
    // The prompt beyond the context, sent on purpose.
    expect(refused).toHaveLength(1)
  })
})
