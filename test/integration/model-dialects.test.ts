import { describe, expect, it } from 'vitest'
import { replyText } from '../../shared/agents/planner-agent.ts'
import { answers } from '../support/model-server/answers.ts'
import {
  chatEvents,
  completed,
  created,
  messageEvents,
  responsesEvents,
} from '../support/model-server/dialect-events.ts'
import { asStream, jsonAnswer, streamAnswer } from '../support/model-server/raw-server.ts'
import { samplePlanner, sampleStrategy } from '../support/model-server/samples.ts'
import { readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

type Json = Record<string, unknown>

const good = { ...samplePlanner, slot_updates: [] }
const text = JSON.stringify(good)
const message = { text }
const whole = responsesEvents(message)
const raw = (events: Json[]) => answers.raw(streamAnswer(events))
const deltaTypes = /output_text\.delta$/
const noDeltas = whole.filter(({ type }) => !deltaTypes.test(String(type)))
const only = (type: string): Json[] => [
  ...noDeltas.filter((event) => event.type === type),
  completed([]),
]
const half = whole.filter(
  ({ type, delta }) => !deltaTypes.test(String(type)) || text.indexOf(String(delta)) === 0,
)
const beforeDone = (extra: Json): Json[] =>
  whole.flatMap((event) => (event.type === 'response.output_text.done' ? [extra, event] : [event]))
const aside = messageEvents({ text: 'Let me think {', id: 'a', phase: 'commentary' })
const bare = (events: Json[]): Json[] => events.map(({ output_index: _, ...event }) => event)
const last = (more: Json): Json[] => [...whole.slice(0, -1), completed([message], more)]

/** A turn of a fresh session on these answers, and everything that its caller and its readers get. */
const takeTurn = async (...scripted: Parameters<typeof answers.raw>[0][]) => {
  const { client, sessionId } = await startSession(studio.origin)
  studio.model.script('planner', ...scripted.map(answers.raw))
  const path = `/api/chat/session/${sessionId}/message`
  const answer = await client.post(path, { message: '안녕하세요' })
  const log = await readLog(client, sessionId)
  const deltas = log.flatMap((event) => (event.type === 'planner.delta' ? [event.data] : []))
  const calls = studio.model.calls.filter(({ asker }) => asker === 'planner')
  return { answer, log, deltas, calls }
}

describe('a turn is the same with a server that', () => {
  it.each<[string, Json[]]>([
    ['has the text in output_item.done alone (C1)', only('response.output_item.done')],
    ['has the text in output_text.done alone (C1)', only('response.output_text.done')],
    ['has the text in its last event alone (C1)', [created, completed([message])]],
    ['has half of the text in deltas (C1)', half],
    ['gives an aside the same output_index (C2)', [created, ...aside, ...whole.slice(1)]],
    ['gives no output_index (C2)', bare([created, ...aside, ...whole.slice(1)])],
    [
      'sends the whole text once more as its last delta (C2)',
      beforeDone({ type: 'response.output_text.delta', item_id: 'msg_1', delta: text }),
    ],
    ['gives its last event no status (C3)', last({ status: undefined })],
    ['gives its last event a null model (C3)', last({ model: null })],
    ['gives its last event no id and no model (C3)', last({ id: undefined, model: undefined })],
    ['gives a null reason (C3)', last({ incomplete_details: { reason: null } })],
    [
      'announces an item without one (A4)',
      whole.map((event) =>
        event.type === 'response.output_item.added' ? { type: event.type, output_index: 0 } : event,
      ),
    ],
    ['speaks chat (MODEL_API)', chatEvents(text)],
    ['fences its object', responsesEvents({ text: `\`\`\`json\n${text}\n\`\`\`` })],
  ])('%s', async (_, events) => {
    const { answer, deltas, calls } = await takeTurn(streamAnswer(events))
    expect(answer).toMatchObject({ status: 200 })
    expect(calls).toHaveLength(1)
    // Its readers see the reply once, and nothing of any other.
    expect(deltas.map((delta) => delta.text).join('')).toBe(replyText(good))
    expect(new Set(deltas.map((delta) => delta.try))).toEqual(new Set([1]))
  })

  it('takes no item of the history without its type (C11)', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.respond(({ body }) =>
      body.input.every((item) => 'type' in item && item.type === 'message')
        ? answers.json(good)
        : answers.status(400, { message: 'item type is missing' }),
    )
    const path = `/api/chat/session/${sessionId}/message`
    expect(await client.post(path, { message: '안녕하세요' })).toMatchObject({ status: 200 })
    expect(studio.model.calls[0]?.body.input.length).toBeGreaterThan(1)
  })
})

describe('an error within a stream of status 200 (C4)', () => {
  const begun = asStream(whole.slice(0, 4))
  const hiccups: [string, Json, number, string][] = [
    ['too_many_requests', { error: { type: 'too_many_requests' } }, 429, 'RATE_LIMITED'],
    ['server_overloaded', { error: { code: 'server_overloaded' } }, 502, 'UPSTREAM_ERROR'],
    [
      'service_unavailable_error',
      { type: 'error', error: { type: 'service_unavailable_error' } },
      502,
      'UPSTREAM_ERROR',
    ],
    ['a numeric code', { error: { code: 529, message: 'full' } }, 502, 'UPSTREAM_ERROR'],
  ]
  const failing = (error: Json) => ({ chunks: [begun, `data: ${JSON.stringify(error)}\n\n`] })

  it.each(hiccups)('of %s is tried again', async (_, error) => {
    const { answer, calls } = await takeTurn(failing(error), streamAnswer(whole))
    expect(answer.status).toBe(200)
    expect(calls).toHaveLength(2)
  })

  it.each(hiccups)('of %s keeps its code when it stays', async (_, error, status, code) => {
    const { answer, log } = await takeTurn(failing(error), failing(error))
    expect(answer).toMatchObject({ status, body: { error: { code, retryable: true } } })
    expect(log.filter(({ type }) => type === 'error')).toHaveLength(1)
  })

  it('does not end a run', async () => {
    const { client, sessionId } = await readySession(studio)
    const begunStrategy = responsesEvents({ text: JSON.stringify(sampleStrategy), deltas: 20 })
    const error = { error: { type: 'too_many_requests' } }
    studio.model.script('strategy', raw([...begunStrategy.slice(0, 10), error]))
    scriptRun(studio.model)
    await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
    expect(studio.model.calls.filter(({ asker }) => asker === 'strategy')).toHaveLength(2)
  })
})

describe('a wait that a server asks for (C9)', () => {
  it.each([
    ['-43', undefined],
    ['40.2', '41'],
    ['1000000000000', '3600'],
    ['Fri, 01 Jan 2100 00:00:00 GMT', '3600'],
  ])('of %s reaches the caller of a turn as %s', async (header, seconds) => {
    const busy = jsonAnswer({ error: { code: 'rate_limit_exceeded' } }, 429, {
      'retry-after': header,
    })
    const { answer } = await takeTurn(busy, busy)
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after') ?? undefined).toBe(seconds)
  })
})

describe('a request that the server refuses for good (C13)', () => {
  const refusal = jsonAnswer(
    { error: { message: 'Grammar rule too deep at level 9.', code: 'invalid_request_error' } },
    400,
    { 'x-request-id': 'req_42' },
  )

  it('tells the user of no other try, and the owner the vendor’s reason', async () => {
    const { answer, log, calls } = await takeTurn(refusal)
    expect(calls).toHaveLength(1)
    const { error, detail } = answer.body
    expect(error).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: false })
    expect(error.message).not.toMatch(/잠시 뒤|다시 시도/)
    expect(detail).toContain('Grammar rule too deep at level 9.')
    expect(log.find(({ type }) => type === 'error')?.data).toMatchObject({
      retryable: false,
      message: error.message,
      detail: expect.stringContaining('Grammar rule too deep'),
    })
  })

  it('tells a run’s owner the same', async () => {
    const { client, sessionId } = await readySession(studio)
    studio.model.script('strategy', answers.raw(refusal))
    scriptRun(studio.model)
    await client.post(`/api/runs/${sessionId}/generate`)
    const { data } = await waitForEvent(client, sessionId, ({ type }) => type === 'error')
    expect(data).toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: false,
      message: expect.not.stringMatching(/잠시 뒤|다시 시도/),
      detail: expect.stringContaining('Grammar rule too deep'),
    })
  })
})
