import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openaiSpeaker } from '../../../shared/clients/speech/openai-speaker.ts'
import { log } from '../../../shared/platform/telemetry.ts'
import { chatEvents, responsesEvents } from '../../support/model-server/dialect-events.ts'
import { failureOf as failedCall, secret } from '../../support/model-server/failed-call.ts'
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

const failureOf = (answer: RawAnswer) => failedCall(server, answer)

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
  ['in a field of its own', { chunks: [asStream(begun), `error: ${JSON.stringify(error)}\n\n`] }],
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
  [{ code: 'insufficient_quota', type: 'rate_limit_error' }, 'RATE_LIMITED', false],
  [{ code: 'request_quota_exceeded', type: 'too_many_requests_error' }, 'RATE_LIMITED', true],
  [{ code: 'token_quota_exceeded', type: 'too_many_requests_error' }, 'RATE_LIMITED', true],
  [{ code: 'Throttling.RateQuota' }, 'RATE_LIMITED', true],
  [{ code: 'Throttling.AllocationQuota' }, 'RATE_LIMITED', true],
  [{ code: 'quota_exceeded' }, 'RATE_LIMITED', false],
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
  [{ code: 'data_inspection_failed' }, 'MODEL_REFUSED', false],
  [{ code: 403, message: 'Content violates usage guidelines.' }, 'MODEL_REFUSED', false],
  [{ code: 'json_validate_failed' }, 'SCHEMA_VALIDATION_FAILED', true],
  [{ code: 'tool_use_failed', type: 'invalid_request_error' }, 'SCHEMA_VALIDATION_FAILED', true],
]

describe.each(told)('an error in a stream: %j', (error, code, retryable) => {
  test.each(inStream(error))(`${code} %s`, async (_, answer) => {
    expect(await failureOf(answer)).toMatchObject({ code, retryable })
  })
})

const filtered = ['MODEL_REFUSED', false, 'filtered'] as const
const flagged = (message: string, code: string | number = 403): Json => ({
  error: { code, message },
})

test.each<[number, unknown, string, boolean, string]>([
  [400, { error: { message: 'prompt is too long' } }, 'UPSTREAM_ERROR', false, 'context'],
  [400, { error: { code: 'content_filter' } }, 'MODEL_REFUSED', false, 'filtered'],
  [403, flagged('Your chosen model requires moderation and your input was flagged'), ...filtered],
  [
    403,
    { code: 'The caller has no permission', error: 'Content violates usage guidelines.' },
    ...filtered,
  ],
  [403, { error: { code: 'forbidden', message: 'Your input was flagged.' } }, ...filtered],
  [400, flagged('Content Exists Risk', 'invalid_request_error'), ...filtered],
  [
    400,
    flagged('Input data may contain inappropriate content.', 'data_inspection_failed'),
    ...filtered,
  ],
  [
    403,
    flagged('This key may not use the model.'),
    'CAPABILITY_NOT_CONFIGURED',
    false,
    'OPENAI_API_KEY',
  ],
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

test('a refusal that came compressed is read', async () => {
  const body = JSON.stringify({ error: { code: 'model_not_found' } })
  const headers = { 'content-encoding': 'gzip' }
  const failure = await failureOf({ status: 404, headers, chunks: [gzipSync(body)] })
  expect(failure).toMatchObject({ vendor: { status: 404, code: 'model_not_found' } })
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

test('an answer that the server found not to keep its schema was served, and its model is told', async () => {
  const message = "Failed to generate JSON. See 'failed_generation' for more details."
  const error = { message, type: 'invalid_request_error', code: 'json_validate_failed' }
  expect(await failureOf(jsonAnswer({ error }, 400))).toMatchObject({
    code: 'SCHEMA_VALIDATION_FAILED',
    retryable: true,
    unserved: false,
    errors: [{ path: 'answer' }],
  })
})

test.each(['insufficient_system_resource', 'network_error', 'abort'])(
  'an answer that ends with %s was not cut at its limit',
  async (finish) => {
    const answer = streamAnswer(chatEvents('{"a":', { finish }))
    expect(await failureOf(answer)).toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: true,
      vendor: { code: finish },
    })
  },
)
