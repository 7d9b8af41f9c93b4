import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { plan, replyText } from '../../../shared/agents/planner-agent.ts'
import type { ErrorCode } from '../../../shared/contracts/problems.ts'
import { deadline } from '../../support/limits/machine-speed.ts'
import {
  agentsOn,
  askPlanner,
  failureOf,
  plannerInput,
  plannerListener,
} from '../../support/model-server/agents.ts'
import { type Answer, answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import { samplePlanner } from '../../support/model-server/samples.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => {
  server.reset()
  vi.stubEnv('PLANNER_DEADLINE_MS', `${deadline(1500)}`)
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => server.stop())

const turn = (more = {}, input = {}) => askPlanner(server, more, input)

describe('a failure', () => {
  const faults: [string, () => Answer, ErrorCode, number][] = [
    ['a refusal', () => answers.refusal(), 'MODEL_REFUSED', 1],
    [
      'a refusal after which the stream hangs',
      () => answers.refusal({ ending: 'stall' }),
      'MODEL_REFUSED',
      1,
    ],
    [
      'a refusal that is in the last event alone',
      () => answers.refusal({ leavesOut: 'items' }),
      'MODEL_REFUSED',
      1,
    ],
    [
      'the content filter',
      () => answers.json(samplePlanner, { ending: 'content-filter', endAfter: 5 }),
      'MODEL_REFUSED',
      1,
    ],
    [
      'a cut stream',
      () => answers.json(samplePlanner, { ending: 'cut', endAfter: 5 }),
      'UPSTREAM_ERROR',
      2,
    ],
    [
      'a stream that ends within its answer',
      () => answers.json(samplePlanner, { ending: 'closed', endAfter: 5 }),
      'UPSTREAM_ERROR',
      2,
    ],
    [
      'an event that is no JSON',
      () => answers.json(samplePlanner, { ending: 'garbled' }),
      'UPSTREAM_ERROR',
      2,
    ],
    ['HTTP 500', () => answers.status(500), 'UPSTREAM_ERROR', 2],
    ['HTTP 503', () => answers.status(503), 'UPSTREAM_ERROR', 2],
    ['HTTP 400', () => answers.status(400), 'UPSTREAM_ERROR', 1],
    ['HTTP 404', () => answers.status(404), 'UPSTREAM_ERROR', 1],
    ['HTTP 401', () => answers.status(401), 'CAPABILITY_NOT_CONFIGURED', 1],
    ['HTTP 403', () => answers.status(403), 'CAPABILITY_NOT_CONFIGURED', 1],
    ['HTTP 429', () => answers.rateLimited('0.01'), 'RATE_LIMITED', 2],
    [
      'an account without quota',
      () => answers.status(429, { code: 'insufficient_quota', message: 'pay' }),
      'RATE_LIMITED',
      1,
    ],
    [
      'response.failed',
      () => answers.json(samplePlanner, { ending: 'failed' }),
      'UPSTREAM_ERROR',
      2,
    ],
    [
      'response.failed for a prompt it does not take',
      () => answers.json(samplePlanner, { ending: 'failed', code: 'invalid_prompt' }),
      'UPSTREAM_ERROR',
      1,
    ],
    ['an error event', () => answers.json(samplePlanner, { ending: 'error' }), 'UPSTREAM_ERROR', 2],
    [
      'an answer cut at its length limit',
      () => answers.json(samplePlanner, { ending: 'incomplete', endAfter: 5 }),
      'SCHEMA_VALIDATION_FAILED',
      2,
    ],
    [
      'truncated JSON that claims to be complete',
      () => answers.json(samplePlanner, { endAfter: 6 }),
      'SCHEMA_VALIDATION_FAILED',
      2,
    ],
    ['prose', () => answers.text('물론이죠! 도와드릴게요.'), 'SCHEMA_VALIDATION_FAILED', 2],
    ['nothing at all', () => answers.text(''), 'SCHEMA_VALIDATION_FAILED', 2],
    [
      'another schema',
      () => answers.json({ ...samplePlanner, agent: 'critic' }),
      'SCHEMA_VALIDATION_FAILED',
      2,
    ],
    [
      'a key beyond the schema',
      () => answers.json({ ...samplePlanner, mood: 'happy' }),
      'SCHEMA_VALIDATION_FAILED',
      2,
    ],
    [
      'JSON with something behind it',
      () => answers.text(`${JSON.stringify(samplePlanner)} Done!`),
      'SCHEMA_VALIDATION_FAILED',
      2,
    ],
    [
      'a key that comes twice',
      () =>
        answers.text(JSON.stringify(samplePlanner).replace(/}$/, ',"response_text":"다른 말"}')),
      'SCHEMA_VALIDATION_FAILED',
      2,
    ],
  ]

  test.each(faults)(
    '%s ends in its code, after as many calls as make sense',
    async (_, fault, code, calls) => {
      server.respond(fault)
      const { agents, reply } = turn()
      const error = await failureOf(reply)
      expect(error.code).toBe(code)
      expect(server.calls).toHaveLength(calls)
      expect(agents.counted).toHaveLength(calls)
    },
  )

  const passing = faults.filter(([, , , calls]) => calls === 2)

  test.each(passing)('%s on the first try leaves a good second one', async (_, fault) => {
    server.script('planner', fault(), answers.json(samplePlanner))
    const { listener, reply } = turn()
    expect((await reply).value).toEqual(samplePlanner)
    expect(listener.texts[2].join('')).toBe(replyText(samplePlanner))
  })

  test('names no key and no prompt', async () => {
    const words = 'sk-test-secret 동백 핸드크림을 팔고 있어요'
    for (const status of [400, 401, 403, 404, 429, 500]) {
      server.reset()
      server.respond(() =>
        answers.status(
          status,
          { message: words, code: words, type: words },
          { 'retry-after': '0' },
        ),
      )
      const error = await failureOf(turn().reply)
      expect(`${error.message} ${String(error.cause)}`).not.toMatch(/sk-test|동백/)
    }
  })

  test('of a server that is not there can be tried again', async () => {
    vi.stubEnv('PLANNER_DEADLINE_MS', `${deadline(500)}`)
    const agents = agentsOn({ ...server, url: 'http://127.0.0.1:9/v1' })
    const error = await failureOf(plan(agents, plannerInput(), plannerListener()))
    expect(error).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    expect(agents.counted).toHaveLength(2)
  })
})

describe('the client of the model', () => {
  test('ends a stream with the reason of the signal that aborted it', async () => {
    server.respond(() => answers.json(samplePlanner, { ending: 'stall' }))
    const stop = new AbortController()
    const { model } = agentsOn(server)
    const format = { name: 'planner_v1', schema: {} }
    const messages = [{ role: 'user' as const, content: 'x' }]
    const request = { model: 'm', instructions: '', messages, format }
    const events = await model.stream(request, stop.signal)
    const reason = new Error('enough')
    const reading = (async () => {
      for await (const event of events) {
        if (event.type === 'text') stop.abort(reason)
      }
    })()
    await expect(reading).rejects.toBe(reason)
  })
})
