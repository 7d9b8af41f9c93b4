import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAnswerState } from '../../../shared/clients/openai/answer-state.ts'
import { readChatChunk } from '../../../shared/clients/openai/chat-dialect.ts'
import { openModel } from '../../../shared/clients/openai/model.ts'
import type { ModelEvent } from '../../../shared/clients/openai/model-client.ts'
import { streamLimits } from '../../../shared/rules/model-limits.ts'
import {
  chatEvents,
  completed,
  created,
  messageEvents,
} from '../../support/model-server/dialect-events.ts'
import {
  asStream,
  type RawAnswer,
  type RawServer,
  startRawServer,
  streamAnswer,
} from '../../support/model-server/raw-server.ts'

type Json = Record<string, unknown>

let server: RawServer
beforeAll(async () => {
  server = await startRawServer()
})
afterAll(() => server.stop())

const text = '{"a":1}'

/** What comes of an answer, and the milliseconds of processor time that it costs, the server's included. */
const read = async (answer: RawAnswer) => {
  server.respond(() => answer)
  const model = openModel({ apiKey: async () => 'k', baseUrl: server.url })
  const request = {
    model: 'm',
    instructions: 'Be brief.',
    messages: [{ role: 'user' as const, content: 'Hello' }],
    format: { name: 'planner_v1', schema: { type: 'object' } },
  }
  const events: ModelEvent[] = []
  const before = process.cpuUsage()
  let failure: unknown
  try {
    for await (const event of await model.stream(request, new AbortController().signal)) {
      events.push(event)
    }
  } catch (error) {
    failure = error
  }
  const { user, system } = process.cpuUsage(before)
  const answered = events.map((event) => (event.type === 'text' ? event.text : '')).join('')
  return { events, failure, answered, cpuMs: (user + system) / 1000 }
}

describe('an answer costs about what an ordinary one of its length does:', () => {
  const blanks = ' '.repeat(400_000)
  const deltas = 40_000
  /** Milliseconds of processor time of an object with one long text. Quadratic readings took 40 s here. */
  let ordinary: number
  beforeAll(async () => {
    const answer = JSON.stringify({ a: 'x'.repeat(400_000) })
    ordinary = (await read(streamAnswer(chatEvents(answer, { deltas })))).cpuMs
  })

  test.each([
    ['a fence that goes on in blanks', `\`\`\`json ${blanks}${text}`],
    ['backticks without an end', '`'.repeat(400_000)],
    ['backticks and blanks behind the object', `${text}\`\`${blanks}`],
    ['blanks before the object', `${blanks}${text}`],
    ['blanks behind the object', `${text}${blanks}`],
  ])('%s', async (_, answer) => {
    const { cpuMs } = await read(streamAnswer(chatEvents(answer, { deltas })))
    expect(cpuMs / ordinary).toBeLessThan(10)
  })
})

test('the message so far beside every delta costs no look at all of it', () => {
  const size = 10
  const answer = 'x'.repeat(20_000 * size)
  /** Milliseconds of processor time. */
  const cost = (hasMessages: boolean): number => {
    const state = createAnswerState('prose')
    const before = process.cpuUsage()
    for (let end = size; end <= answer.length; end += size) {
      const message = hasMessages ? { content: answer.slice(0, end) } : null
      const delta = { content: answer.slice(end - size, end) }
      readChatChunk(state, { choices: [{ delta, message }] })
    }
    const { user, system } = process.cpuUsage(before)
    expect(state.text.items.all[0]?.length).toBe(answer.length)
    return (user + system) / 1000
  }
  const ordinary = cost(false)
  expect(cost(true) / ordinary).toBeLessThan(10)
})

test('of citations a bounded number is kept', async () => {
  const annotations = Array.from({ length: 30_000 }, (_, index) => ({
    type: 'url_citation',
    url: `https://a.kr/${index}`,
    end_index: index,
  }))
  const item = {
    type: 'message',
    id: 'msg_1',
    content: [{ type: 'output_text', text, annotations }],
  }
  const done = { type: 'response.output_item.done', output_index: 0, item }
  const begun = messageEvents({ text }).slice(0, -1)
  const { events } = await read(streamAnswer([created, ...begun, done, completed([{ text }])]))
  expect(events.filter(({ type }) => type === 'citation')).toHaveLength(streamLimits.sources)
})

test('an answer of more items than any needs is given up', async () => {
  const items = Array.from({ length: streamLimits.items + 1 }, (_, index) => ({
    type: 'response.output_item.added',
    output_index: index,
    item: { type: 'reasoning', id: `r_${index}` },
  }))
  const { failure } = await read(streamAnswer([created, ...items, ...messageEvents({ text })]))
  expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
})

test('an event of lines without an end is given up', async () => {
  const lines = `data: ${'x'.repeat(99_000)}\n`
  const chunks = Array.from({ length: streamLimits.openCharacters / 99_000 + 1 }, () => lines)
  const { failure } = await read({ chunks })
  expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
})

test('a small body that holds any number of bytes is given up', async () => {
  const comment = `: ${'x'.repeat(10_000)}\n\n`
  const held = comment.repeat(streamLimits.decompressedBytes / comment.length + 1)
  const headers = { 'content-encoding': 'gzip' }
  const { failure } = await read({ headers, chunks: [gzipSync(held + asStream(chatEvents(text)))] })
  expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
})

describe('what is stored beside the answer is bounded:', () => {
  const told = async (more: Json) => {
    const events = chatEvents(text).map((event) => ({ ...event, ...more }))
    const { events: seen, answered } = await read(streamAnswer(events))
    expect(answered).toBe(text)
    return seen
  }

  test.each([
    ['300,000 characters', 'x'.repeat(300_000)],
    ['half a character', 'chatcmpl-\ud83d'],
    ['NUL', 'chatcmpl-\0'],
  ])('an id and a model of %s count as none', async (_, name) => {
    const seen = await told({ id: name, model: name })
    expect(seen.at(-1)).toEqual({ type: 'end', id: null, model: null, reason: 'complete' })
  })

  test.each([Number.MAX_SAFE_INTEGER, 1e300, -1, 0.5])(
    'tokens of %d are not counted',
    async (tokens) => {
      const usage = { prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens }
      const seen = await told({ usage })
      expect(seen.filter(({ type }) => type === 'usage')).toEqual([])
    },
  )
})
