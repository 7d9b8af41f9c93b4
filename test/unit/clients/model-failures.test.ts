import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openModel } from '../../../shared/clients/openai/model.ts'
import { openaiSpeaker } from '../../../shared/clients/speech/openai-speaker.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { log } from '../../../shared/platform/telemetry.ts'
import { responsesEvents } from '../../support/model-server/dialect-events.ts'
import {
  asStream,
  jsonAnswer,
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
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})
afterAll(() => server.stop())

const secret = 'sk-test-secret-0123456789'
const request = {
  model: 'm',
  instructions: 'You plan launches and nothing else at all.',
  messages: [
    { role: 'user' as const, content: '동백 핸드크림을 팔고 있어요, my brand is Camellia House' },
  ],
  format: { name: 'planner_v1', schema: { type: 'object' } },
}

const failureOf = async (answer: RawAnswer): Promise<StudioError> => {
  server.respond(() => answer)
  const model = openModel({ apiKey: async () => secret, baseUrl: server.url })
  try {
    const events = await model.stream(request, new AbortController().signal)
    for await (const event of events) void event
  } catch (error) {
    if (error instanceof StudioError) return error
    throw error
  }
  throw new Error('Nothing failed.')
}

const begun = responsesEvents({ text: '{"a":1}' }).slice(0, 4)
/** The same error as every kind of server words it, after a stream with status 200 has begun. */
const inStream = (error: Json): [string, RawAnswer][] => [
  [
    'nested, in an error event',
    streamAnswer([...begun, { type: 'error', error }], { names: true }),
  ],
  ['nested, without a type', streamAnswer([...begun, { error }])],
  ['flat', streamAnswer([...begun, { ...error, type: 'error', code: error.code ?? error.type }])],
  [
    'under an event name alone',
    { chunks: [asStream(begun), `event: error\ndata: ${JSON.stringify({ error })}\n\n`] },
  ],
  [
    'in response.failed',
    streamAnswer([...begun, { type: 'response.failed', response: { status: 'failed', error } }]),
  ],
  [
    'in response.completed',
    streamAnswer([
      ...begun,
      { type: 'response.completed', response: { status: 'failed', error, output: [] } },
    ]),
  ],
  [
    'in a chat chunk',
    streamAnswer([{ choices: [{ index: 0, delta: { content: '{' } }] }, { error, choices: [] }]),
  ],
  [
    'in a chat choice',
    streamAnswer([{ choices: [{ index: 0, delta: {}, error, finish_reason: 'error' }] }]),
  ],
  ['as a JSON body', jsonAnswer({ error })],
  ['as JSON in a list', jsonAnswer([{ error }])],
  ['as a line without its prefix', { chunks: [asStream(begun), `${JSON.stringify({ error })}\n`] }],
]

type Expected = [Json, string, boolean]
const told: Expected[] = [
  [{ type: 'too_many_requests', message: 'busy' }, 'RATE_LIMITED', true],
  [{ code: 'rate_limit_exceeded' }, 'RATE_LIMITED', true],
  [{ type: 'rate_limit_error' }, 'RATE_LIMITED', true],
  [{ code: 429, message: 'slow' }, 'RATE_LIMITED', true],
  [{ code: '429', message: 'slow' }, 'RATE_LIMITED', true],
  [{ code: 429, status: 'RESOURCE_EXHAUSTED' }, 'RATE_LIMITED', true],
  [{ code: 'insufficient_quota' }, 'RATE_LIMITED', false],
  [{ code: 'server_overloaded' }, 'UPSTREAM_ERROR', true],
  [{ type: 'overloaded_error' }, 'UPSTREAM_ERROR', true],
  [{ type: 'service_unavailable_error' }, 'UPSTREAM_ERROR', true],
  [{ code: 503 }, 'UPSTREAM_ERROR', true],
  [{ code: 529, message: 'full' }, 'UPSTREAM_ERROR', true],
  [{ code: 'server_error' }, 'UPSTREAM_ERROR', true],
  [{ message: 'something broke' }, 'UPSTREAM_ERROR', true],
  [{ code: 'a_hiccup' }, 'UPSTREAM_ERROR', true],
  [{ type: 'authentication_error' }, 'CAPABILITY_NOT_CONFIGURED', false],
  [{ code: 'invalid_api_key' }, 'CAPABILITY_NOT_CONFIGURED', false],
  [{ code: 'context_length_exceeded' }, 'UPSTREAM_ERROR', false],
  [{ code: 400, message: 'This exceeds the available context size' }, 'UPSTREAM_ERROR', false],
  [{ code: 'unsupported_parameter' }, 'UPSTREAM_ERROR', false],
  [{ code: 'invalid_json_schema' }, 'UPSTREAM_ERROR', false],
  [{ code: 'invalid_prompt' }, 'UPSTREAM_ERROR', false],
  [{ code: 'content_filter' }, 'MODEL_REFUSED', false],
]

describe.each(told)('an error in a stream: %j', (error, code, retryable) => {
  test.each(inStream(error))(`${code} %s`, async (_, answer) => {
    expect(await failureOf(answer)).toMatchObject({ code, retryable })
  })
})

test.each<[number, unknown, string, boolean, string]>([
  [400, { error: { message: 'prompt is too long' } }, 'UPSTREAM_ERROR', false, 'context'],
  [400, { error: { code: 'content_filter' } }, 'MODEL_REFUSED', false, 'filtered'],
  [500, { error: { message: 'failed to parse grammar' } }, 'UPSTREAM_ERROR', false, 'schema'],
  [404, { error: { code: 'model_not_found' } }, 'UPSTREAM_ERROR', false, 'no model'],
  [401, { detail: 'Unauthorized' }, 'CAPABILITY_NOT_CONFIGURED', false, 'OPENAI_API_KEY'],
  [429, '<html>busy</html>', 'RATE_LIMITED', true, 'too often'],
  [529, 'full', 'UPSTREAM_ERROR', true, 'HTTP 529'],
])('HTTP %i with %j says what it means', async (status, body, code, retryable, words) => {
  const failure = await failureOf({ ...jsonAnswer(body), status })
  expect(failure).toMatchObject({ code, retryable, vendor: { status } })
  expect(failure.message).toContain(words)
})

describe('a redirect', () => {
  test.each([301, 302, 307, 308])('of status %i is not followed', async (status) => {
    const failure = await failureOf({ status, headers: { location: '/elsewhere' }, chunks: [''] })
    expect(server.calls).toHaveLength(1)
    expect(failure).toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: false,
      message: expect.stringContaining('OPENAI_BASE_URL'),
    })
  })
})

test('a refusal whose detail nests deeper than can be written keeps its status', async () => {
  const detail = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const failure = await failureOf({ status: 400, chunks: [`{"detail":${detail}}`] })
  expect(failure).toMatchObject({ retryable: false, vendor: { status: 400, message: null } })
})

describe('a wait', () => {
  const waitAfter = async (headers: Record<string, string>, message = 'Slow down.') =>
    (await failureOf(jsonAnswer({ error: { code: 'rate_limit_exceeded', message } }, 429, headers)))
      .retryAfter

  test.each<[string, number | undefined]>([
    ['7', 7],
    ['0.493', 0.493],
    ['0', 0],
    ['1000000000000', 3600],
    ['-43', undefined],
    ['-0.5', undefined],
    ['soon', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 3600],
    ['Fri, 01 Jan 2021 00:00:00 GMT', undefined],
    ['2043', 2043],
    ['70, 70', 70],
    ['70s', 70],
  ])('of %j is %d s', async (header, seconds) => {
    expect(await waitAfter({ 'retry-after': header })).toBe(seconds)
  })

  test('in milliseconds goes first', async () => {
    expect(await waitAfter({ 'retry-after-ms': '250', 'retry-after': '9' })).toBe(0.25)
    expect(await waitAfter({ 'retry-after-ms': '-1', 'retry-after': '9' })).toBe(9)
  })

  test('is taken from the words where no header says it', async () => {
    expect(await waitAfter({}, 'Please try again in 1.5s.')).toBe(1.5)
    expect(await waitAfter({}, 'Try again in 20ms')).toBe(0.02)
    expect(await waitAfter({}, 'Please try again in 1m26.4s.')).toBe(86.4)
    expect(await waitAfter({}, 'Please try again in 1h2m3s.')).toBe(3600)
    expect(await waitAfter({}, 'Retry after 500 milliseconds.')).toBe(0.5)
    expect(await waitAfter({}, 'Retry in 2 minutes.')).toBe(120)
    expect(await waitAfter({}, 'Slow down.')).toBeUndefined()
    const failure = await failureOf(
      streamAnswer([{ error: { code: 429, details: [{ retryDelay: '34s' }] } }]),
    )
    expect(failure.retryAfter).toBe(34)
  })

  test('of a server that speaks is read in the same way', async () => {
    vi.stubEnv('OPENAI_BASE_URL', server.url)
    vi.stubEnv('TTS_MODEL', 'm')
    server.respond(() => jsonAnswer({}, 503, { 'retry-after': '-43' }))
    const speech = openaiSpeaker().speak(
      { text: 'x', preset: 'calm_ko', format: 'mp3' },
      new AbortController().signal,
    )
    const failure: unknown = await speech.catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: true,
      retryAfter: undefined,
    })
  })
})

test.each([
  { message: 'Insufficient account balance', code: 'invalid_request_error' },
  { message: 'Access denied.', code: 'Arrearage' },
])('an empty account is no mistake of the request: %o', async (error) => {
  expect(await failureOf(jsonAnswer({ error }, 400))).toMatchObject({
    code: 'RATE_LIMITED',
    retryable: false,
  })
})

test('a server that speaks without an end is given up', async () => {
  vi.stubEnv('OPENAI_BASE_URL', server.url)
  vi.stubEnv('TTS_MODEL', 'm')
  const megabyte = new Uint8Array(1_000_000)
  server.respond(() => ({ chunks: Array.from({ length: 30 }, () => megabyte) }))
  const speech = openaiSpeaker().speak(
    { text: 'x', preset: 'calm_ko', format: 'mp3' },
    new AbortController().signal,
  )
  await expect(speech).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' })
})

describe('the vendor’s own reason', () => {
  const refusal = (message: string) =>
    jsonAnswer({ error: { message, code: 'unsupported_value', param: 'x' } }, 400, {
      'x-request-id': 'req_42',
    })

  test('is kept beside the error and in the log: status, code, message, request id', async () => {
    const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})
    const { vendor } = await failureOf(refusal('Temperature does not work with this model.'))
    const reason = {
      status: 400,
      code: 'unsupported_value',
      message: 'Temperature does not work with this model.',
      request_id: 'req_42',
    }
    expect(vendor).toEqual(reason)
    expect(warn).toHaveBeenCalledWith(
      'model call failed',
      expect.objectContaining({ vendor: reason }),
    )
  })

  test.each([
    `Incorrect API key provided: ${secret}.`,
    'Incorrect API key provided: sk-proj-****abcd.',
    'Bad header: Bearer abcdef.ghij',
    'Invalid value: "동백 핸드크림을 팔고 있어요"',
    'Got 핸드크림을 instead',
    'Cannot parse: You plan launches and nothing else',
    "Unexpected value 'Camellia House' at 3",
    `${'x'.repeat(2000)} my brand is Camellia`,
  ])('quotes neither key nor request: %s', async (message) => {
    vi.spyOn(log, 'warn').mockImplementation(() => {})
    const { vendor, message: own, cause } = await failureOf(refusal(message))
    const all = `${vendor?.message} ${own} ${String(cause)}`
    expect(all).not.toMatch(/sk-|abcdef|동백|핸드크림|plan launches|Camellia/)
    expect(vendor?.message?.length).toBeLessThanOrEqual(300)
  })
})
