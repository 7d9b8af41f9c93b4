import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ModelOptions, openModel } from '../../../shared/clients/openai/model.ts'
import type { ModelRequest } from '../../../shared/clients/openai/model-client.ts'
import { probeMs } from '../../../shared/rules/time-budgets.ts'
import { chatEvents, responsesEvents } from '../../support/model-server/dialect-events.ts'
import {
  jsonAnswer,
  type RawAnswer,
  type RawCall,
  type RawServer,
  startRawServer,
  streamAnswer,
} from '../../support/model-server/raw-server.ts'

let server: RawServer
beforeAll(async () => {
  server = await startRawServer()
})
afterAll(() => server.stop())

const schema = { type: 'object', properties: { a: { type: 'number' } } }
const request: ModelRequest = {
  model: 'm',
  instructions: 'Be brief.',
  messages: [
    { role: 'assistant', content: 'Hello!' },
    { role: 'user', content: 'one' },
    { role: 'user', content: 'two' },
  ],
  format: { name: 'planner_v1', schema },
  effort: 'low',
}
const text = '{"a":1}'
const isProbe = ({ body }: RawCall): boolean => JSON.stringify(body).includes('probe_v1')
const isChat = ({ path }: RawCall): boolean => path === '/v1/chat/completions'
const good = (call: RawCall, answer = text): RawAnswer =>
  streamAnswer(isChat(call) ? chatEvents(answer) : responsesEvents({ text: answer }))
const kept = '{"pelican":"teal"}'
const refused = (message: string, param?: string): RawAnswer =>
  jsonAnswer({ error: { message, ...(param === undefined ? {} : { param }) } }, 400)

const open = (more: Partial<ModelOptions> = {}) =>
  openModel({ apiKey: async () => 'k', baseUrl: server.url, ...more })
const ask = async (model: ReturnType<typeof open>, asked: ModelRequest = request) => {
  let answer = ''
  for await (const event of await model.stream(asked, new AbortController().signal)) {
    if (event.type === 'text') answer += event.text
  }
  return answer
}

describe('a request', () => {
  test('of Responses names the type of every item and stores nothing', async () => {
    server.respond((call) => good(call))
    await ask(open())
    expect(server.calls[0]).toMatchObject({
      path: '/v1/responses',
      body: {
        input: [
          { type: 'message', role: 'assistant', content: 'Hello!' },
          { type: 'message', role: 'user', content: 'one' },
          { type: 'message', role: 'user', content: 'two' },
        ],
        store: false,
        stream: true,
        reasoning: { effort: 'low' },
        text: { format: { type: 'json_schema', name: 'planner_v1', strict: true, schema } },
      },
    })
  })

  test('of chat has the same in its own form, with roles that alternate', async () => {
    server.respond((call) => good(call))
    expect(await ask(open({ api: 'chat' }))).toBe(text)
    expect(server.calls[0]).toMatchObject({
      path: '/v1/chat/completions',
      body: {
        messages: [
          { role: 'system', content: expect.stringMatching(/^Be brief\./) },
          { role: 'assistant', content: 'Hello!' },
          { role: 'user', content: 'one\n\ntwo' },
        ],
        stream: true,
        stream_options: { include_usage: true },
        reasoning_effort: 'low',
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'planner_v1', strict: true, schema },
        },
      },
    })
    expect(server.calls[0]?.body).not.toHaveProperty('store')
  })

  test('holds the schema behind the instructions too, the same in every call', async () => {
    server.respond((call) => good(call))
    const model = open()
    await ask(model)
    await ask(model, { ...request, messages: [{ role: 'user', content: 'other' }] })
    const [first, second] = server.calls.map(({ body }) => body.instructions)
    expect(first).toContain(JSON.stringify(schema))
    expect(first).toMatch(/^Be brief\./)
    expect(second).toBe(first)
  })

  test('holds the schema behind the last message where calls with other schemas begin alike', async () => {
    server.respond((call) => good(call))
    const model = open()
    await ask(model, { ...request, sharesPrefix: true })
    const [call] = server.calls
    expect(call?.body.instructions).toBe(request.instructions)
    expect(JSON.stringify(call?.body.input)).toContain(
      JSON.stringify(JSON.stringify(schema)).slice(1, -1),
    )
  })
})

describe('what a server refuses is left out, once and from then on:', () => {
  test.each<[string, string, string | undefined, 'responses' | 'chat', string]>([
    ['store', "Unknown parameter: 'store'.", 'store', 'responses', 'store'],
    ['store', 'json: unknown field "store"', undefined, 'responses', 'store'],
    ['store', 'Unknown name "store": Cannot find field.', undefined, 'responses', 'store'],
    ['store', 'store: Extra inputs are not permitted', undefined, 'responses', 'store'],
    ['effort', '"m" does not support thinking', undefined, 'responses', 'reasoning'],
    ['effort', 'invalid reasoning value: "low"', undefined, 'chat', 'reasoning_effort'],
    [
      'usage',
      'Unrecognized request argument supplied: stream_options',
      undefined,
      'chat',
      'stream_options',
    ],
  ])('%s (%s)', async (_, message, param, api, field) => {
    server.respond((call) => (field in call.body ? refused(message, param) : good(call)))
    const model = open({ api })
    expect(await ask(model)).toBe(text)
    expect(await ask(model)).toBe(text)
    expect(server.calls.map(({ body }) => field in body)).toEqual([true, false, false])
  })

  test('several fields one after another', async () => {
    server.respond((call) => {
      for (const field of ['store', 'reasoning']) {
        if (field in call.body) return refused(`Unsupported parameter: ${field}`)
      }
      return good(call)
    })
    expect(await ask(open())).toBe(text)
    expect(server.calls).toHaveLength(3)
  })

  test.each(['responses', 'chat'] as const)('a schema, then any format (%s)', async (api) => {
    const typeOf = ({ body }: RawCall): unknown => {
      const { text: asked, response_format } = body as {
        text?: { format: { type: string } }
        response_format?: { type: string }
      }
      return asked?.format.type ?? response_format?.type
    }
    server.respond((call) =>
      typeOf(call) === undefined ? good(call) : refused('This format is not supported: grammar'),
    )
    const model = open({ api })
    expect(await ask(model)).toBe(text)
    await ask(model)
    expect(server.calls.map(typeOf)).toEqual(['json_schema', 'json_object', undefined, undefined])
  })

  test('an opening of the assistant, which then stands in the instructions', async () => {
    server.respond((call) =>
      JSON.stringify(call.body).includes('"assistant"')
        ? jsonAnswer(
            { error: { message: 'Conversation roles must alternate user/assistant' } },
            500,
          )
        : good(call),
    )
    expect(await ask(open({ api: 'chat' }))).toBe(text)
    expect(JSON.stringify(server.calls[1]?.body.messages)).toContain('Hello!')
  })

  test.each([
    'Conversation roles must alternate user/assistant/user/assistant/...',
    'Only user and assistant roles are supported!',
    'Developer instruction is not enabled for models/gemma-3-27b-it',
  ])('a place for instructions, which then begin the first message: %s', async (message) => {
    const rolesOf = ({ body }: RawCall) =>
      (body.messages as { role: string }[]).map(({ role }) => role)
    const alternates = message.includes('alternate')
    server.respond((call) => {
      const roles = rolesOf(call)
      const isGood = !roles.includes('system') && (!alternates || roles[0] === 'user')
      return isGood ? good(call) : refused(message)
    })
    const model = open({ api: 'chat' })
    expect(await ask(model)).toBe(text)
    expect(server.calls).toHaveLength(alternates ? 3 : 2)
    expect(JSON.stringify(server.calls.at(-1)?.body.messages)).toContain('Be brief.')
    expect(await ask(model)).toBe(text)
    expect(server.calls).toHaveLength(alternates ? 4 : 3)
  })

  test('but not the schema, when it was an answer that did not keep to it', async () => {
    const error = {
      message: 'Generated JSON does not match the expected schema: it does not validate',
      type: 'invalid_request_error',
      code: 'json_validate_failed',
    }
    server.respond((call, number) => (number === 1 ? jsonAnswer({ error }, 400) : good(call)))
    const model = open({ api: 'chat' })
    await expect(ask(model)).rejects.toMatchObject({ code: 'SCHEMA_VALIDATION_FAILED' })
    expect(await ask(model)).toBe(text)
    expect(server.calls.map(({ body }) => body.response_format)).toMatchObject([
      { type: 'json_schema' },
      { type: 'json_schema' },
    ])
  })

  test('but a refusal that names nothing ends the call', async () => {
    server.respond(() => refused('The model is unwell.'))
    await expect(ask(open())).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', retryable: false })
    expect(server.calls).toHaveLength(1)
  })

  test('and what goes on being refused does not go on for ever', async () => {
    server.respond(() => refused("Unknown parameter: 'store', 'reasoning', 'text.format'"))
    await expect(ask(open())).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', retryable: false })
    expect(server.calls.length).toBeLessThan(8)
  })
})

describe('auto', () => {
  const auto = () => open({ api: 'auto' })

  test('probes once for all that call at the same time, and remembers', async () => {
    server.respond((call) => good(call, isProbe(call) ? kept : text))
    const model = auto()
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(model)))
    expect(new Set([...answers, await ask(model)])).toEqual(new Set([text]))
    expect(server.calls.filter(isProbe)).toHaveLength(1)
    await ask(model, { ...request, model: 'another' })
    expect(server.calls.filter(isProbe)).toHaveLength(2)
  })

  test('mentions nothing of the schema in the prompt of its probe', async () => {
    server.respond((call) => good(call, isProbe(call) ? kept : text))
    await ask(auto())
    const { text: format, ...rest } = server.calls.find(isProbe)?.body ?? {}
    expect(JSON.stringify(format)).toContain('pelican')
    expect(JSON.stringify(rest)).not.toContain('pelican')
  })

  test('takes chat where Responses does not keep the schema and chat does', async () => {
    server.respond((call) =>
      good(call, isProbe(call) ? (isChat(call) ? kept : '{"hello":"there"}') : text),
    )
    expect(await ask(auto())).toBe(text)
    expect(server.calls.filter((call) => !isProbe(call)).every(isChat)).toBe(true)
  })

  test('stays with Responses where neither keeps it', async () => {
    server.respond((call) => good(call, isProbe(call) ? 'Hello there!' : text))
    expect(await ask(auto())).toBe(text)
    expect(server.calls.at(-1)?.path).toBe('/v1/responses')
  })

  test('stays with Responses where the server itself threw its probe away', async () => {
    const unkept = jsonAnswer({ error: { code: 'json_validate_failed' } }, 400)
    server.respond((call) => {
      if (isProbe(call)) return isChat(call) ? good(call, 'Hello there!') : unkept
      return good(call)
    })
    expect(await ask(auto())).toBe(text)
    expect(server.calls.at(-1)?.path).toBe('/v1/responses')
  })

  test.each([404, 405, 501])('takes chat where Responses is missing (%i)', async (status) => {
    server.respond((call) =>
      isChat(call)
        ? good(call, isProbe(call) ? kept : text)
        : jsonAnswer({ detail: 'Not Found' }, status),
    )
    const model = auto()
    expect(await ask(model)).toBe(text)
    expect(await ask(model)).toBe(text)
    expect(server.calls.filter((call) => !isChat(call))).toHaveLength(1)
  })

  test('finds the route with the request itself when the probe told nothing', async () => {
    server.respond((call) => {
      if (isProbe(call)) return jsonAnswer({ error: { code: 'server_overloaded' } }, 503)
      return isChat(call) ? good(call) : jsonAnswer({ detail: 'Not Found' }, 404)
    })
    const model = auto()
    expect(await ask(model)).toBe(text)
    expect(await ask(model)).toBe(text)
    // One of each API, once.
    expect(server.calls.filter(isProbe).map(isChat)).toEqual([false, true])
  })

  test.each<[string, RawAnswer]>([
    [
      'with a 200',
      jsonAnswer({
        error: 'Unexpected endpoint or method. (POST /v1/responses). Returning 200 anyway',
      }),
    ],
    ['with a 400', refused('The responses operation does not work with the specified model.')],
    ['as a gateway does, with a 403', jsonAnswer({ message: 'Missing Authentication Token' }, 403)],
    ['with a 500', jsonAnswer({ error: { message: 'NotImplementedError' } }, 500)],
    [
      'with a page',
      { headers: { 'content-type': 'text/html' }, chunks: ['<!doctype html><html>'] },
    ],
  ])('takes chat where Responses is refused %s', async (_, refusal) => {
    server.respond((call) => (isChat(call) ? good(call, isProbe(call) ? kept : text) : refusal))
    const model = auto()
    expect(await ask(model)).toBe(text)
    expect(await ask(model)).toBe(text)
    expect(server.calls.filter((call) => !isChat(call))).toHaveLength(1)
  })

  test('does not give a hosted search up because Responses failed its probe by chance', async () => {
    server.respond((call) =>
      isProbe(call) && !isChat(call)
        ? jsonAnswer({ error: { code: 'server_error' } }, 500)
        : good(call, isProbe(call) ? kept : text),
    )
    const webSearch = { country: 'KR', timezone: 'Asia/Seoul' }
    expect(await ask(auto(), { ...request, webSearch })).toBe(text)
    expect(server.calls.at(-1)).toMatchObject({ path: '/v1/responses', body: { tools: [{}] } })
  })

  test('asks a server anew that was down, or only failed, at the first probe', async () => {
    let isUp = false
    server.respond((call) => {
      if (!isUp) return jsonAnswer({ error: { code: 'service_unavailable' } }, 503)
      return good(call, isProbe(call) ? (isChat(call) ? kept : '{}') : text)
    })
    const model = auto()
    await expect(ask(model)).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    isUp = true
    const now = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(now + probeMs.again)
    expect(await ask(model)).toBe(text)
    vi.restoreAllMocks()
    expect(server.calls.at(-1)?.path).toBe('/v1/chat/completions')
  })

  test.each(['responses', 'chat'] as const)(
    'finds the other route when %s has gone',
    async (api) => {
      let gone: 'responses' | 'chat' = api === 'chat' ? 'responses' : 'chat'
      server.respond((call) =>
        (gone === 'chat') === isChat(call)
          ? jsonAnswer({ detail: 'Not Found' }, 404)
          : good(call, isProbe(call) ? kept : text),
      )
      const model = auto()
      expect(await ask(model)).toBe(text)
      gone = api
      expect(await ask(model)).toBe(text)
      expect(isChat(server.calls.at(-1) as RawCall)).toBe(api !== 'chat')
    },
  )

  test('learns from the probe which fields to leave out', async () => {
    server.respond((call) =>
      'store' in call.body
        ? refused('unknown field "store"')
        : good(call, isProbe(call) ? kept : text),
    )
    await ask(auto())
    expect(server.calls.map(({ body }) => 'store' in body)).toEqual([true, false, false])
  })

  test('lets a failure of the server reach the caller', async () => {
    server.respond(() => jsonAnswer({ error: { code: 'invalid_api_key' } }, 401))
    await expect(ask(auto())).rejects.toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED' })
  })
})

describe('the length of an answer', () => {
  const limited: ModelRequest = { ...request, maxOutputTokens: 48_000 }
  const limits = ({ body }: RawCall) => {
    const { max_tokens, max_completion_tokens, max_output_tokens } = body as Record<string, unknown>
    return { max_tokens, max_completion_tokens, max_output_tokens }
  }
  const none = {
    max_tokens: undefined,
    max_completion_tokens: undefined,
    max_output_tokens: undefined,
  }

  test('is asked for in either dialect', async () => {
    for (const [api, name] of [
      ['responses', 'max_output_tokens'],
      ['chat', 'max_tokens'],
    ] as const) {
      server.calls.length = 0
      server.respond((call) => good(call))
      await ask(open({ api }), limited)
      expect(server.calls.map(limits)).toEqual([{ ...none, [name]: 48_000 }])
    }
  })

  test('has another name where the older one is refused', async () => {
    server.calls.length = 0
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    server.respond((call) =>
      limits(call).max_tokens ? refused(message, 'max_tokens') : good(call),
    )
    const model = open({ api: 'chat' })
    await ask(model, limited)
    await ask(model, limited)
    expect(server.calls.map(limits)).toEqual([
      { ...none, max_tokens: 48_000 },
      { ...none, max_completion_tokens: 48_000 },
      { ...none, max_completion_tokens: 48_000 },
    ])
  })

  test.each([
    "'max_tokens' or 'max_completion_tokens' is too large: 48000. This model's maximum context length is 32768 tokens and your request has 900 input tokens (48000 > 32768 - 900).",
    "This model's maximum context length is 16384 tokens. However, you requested 48900 tokens (900 in the messages, 48000 in the completion). Please reduce the length of the messages or completion.",
    "This model's maximum context length is 2048 tokens. However, your request has 8 input tokens plus 2045 'max_tokens'. Please reduce one or the other.",
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 1800 `inputs` tokens and 16000 `max_new_tokens`',
    'max_tokens: 48000 > 32000, which is the maximum allowed number of output tokens for claude-sonnet-4',
    'The maximum tokens you requested exceeds the model limit of 8192. Try again with a maximum tokens value that is lower than 8192.',
  ])('is left to a server whose context it does not fit: %s', async (message) => {
    for (const api of ['chat', 'responses'] as const) {
      server.calls.length = 0
      server.respond((call) =>
        Object.values(limits(call)).some(Boolean) ? refused(message) : good(call),
      )
      expect(await ask(open({ api }), limited)).toBe(text)
      expect(limits(server.calls.at(-1) as RawCall)).toEqual(none)
    }
  })

  test('is no reason for a request that is too long by itself', async () => {
    server.calls.length = 0
    server.respond(() =>
      refused(
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
      ),
    )
    await expect(ask(open({ api: 'chat' }), limited)).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
      unserved: true,
    })
    expect(server.calls).toHaveLength(1)
  })

  test('goes with the number of searches, until that is refused', async () => {
    server.calls.length = 0
    const searching: ModelRequest = {
      ...limited,
      webSearch: { country: 'KR', timezone: 'Asia/Seoul' },
      maxSearches: 10,
    }
    const searches = ({ body }: RawCall) => (body as Record<string, unknown>).max_tool_calls
    server.respond((call) =>
      searches(call)
        ? refused("Unknown parameter: 'max_tool_calls'.", 'max_tool_calls')
        : good(call),
    )
    await ask(open(), searching)
    expect(server.calls.map(searches)).toEqual([10, undefined])
    expect(limits(server.calls[1] as RawCall).max_output_tokens).toBe(48_000)
  })
})
