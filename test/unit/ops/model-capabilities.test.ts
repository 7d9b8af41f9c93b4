import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { modelReport, type ReportLine } from '../../../ops/checkup/model-capabilities.ts'
import { chatEvents, responsesEvents } from '../../support/model-server/dialect-events.ts'
import {
  jsonAnswer,
  type RawServer,
  startRawServer,
  streamAnswer,
} from '../../support/model-server/raw-server.ts'

let server: RawServer
beforeAll(async () => {
  server = await startRawServer()
})
beforeEach(() => {
  vi.stubEnv('OPENAI_BASE_URL', server.url)
  vi.stubEnv('OPENAI_API_KEY', 'sk-hidden-key')
  for (const agent of ['PLANNER', 'RESEARCH', 'STRATEGY', 'CREATIVE', 'VOICE']) {
    vi.stubEnv(`${agent}_MODEL`, 'one-model')
  }
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => server.stop())

const report = async (): Promise<ReportLine[]> => {
  const lines: ReportLine[] = []
  for await (const line of modelReport()) lines.push(line)
  expect(JSON.stringify(lines)).not.toContain('hidden')
  return lines
}
const found = (lines: ReportLine[]): Record<string, string> =>
  Object.fromEntries(lines.map((line) => [line.what, line.found]))
const kept = '{"pelican":"teal"}'

test('the doctor says what a server can do', async () => {
  vi.stubEnv('SEARXNG_URL', 'http://127.0.0.1:8080')
  server.respond(() => streamAnswer(responsesEvents({ text: kept })))
  const lines = await report()
  expect(found(lines)).toMatchObject({
    provider: 'openai-compatible',
    'base URL': server.url,
    MODEL_API: 'auto',
    model: 'one-model (planner, picture, research, strategy, creative, voice)',
    API: 'responses',
    schema: 'kept by the server',
    stream: 'yes',
    search: expect.stringContaining('no hosted web_search'),
  })
  expect(lines.filter(({ failed }) => failed)).toEqual([])
})

test('the doctor says that chat alone is there, and what is left out', async () => {
  server.respond(({ path, body }) => {
    if (path !== '/v1/chat/completions') return jsonAnswer({ detail: 'Not Found' }, 404)
    return 'stream_options' in body
      ? jsonAnswer({ error: { message: 'unknown field "stream_options"' } }, 400)
      : streamAnswer(chatEvents('Hello'))
  })
  const lines = await report()
  expect(found(lines)).toMatchObject({
    responses: 'not offered',
    API: 'chat; left out because it refuses them: stream_options',
    schema: expect.stringContaining('ignored'),
  })
  expect(lines.filter(({ failed }) => failed).map(({ what }) => what)).toEqual(['schema', 'search'])
})

test('the doctor says where research cannot search', async () => {
  server.respond(() => streamAnswer(responsesEvents({ text: kept })))
  expect((await report()).find(({ what }) => what === 'search')).toEqual({
    what: 'search',
    found:
      'no hosted web_search (the server ran none), and research has no other: set one up, see docs/search.md',
    failed: true,
  })
})

test('the doctor has a line for each failure, without a secret', async () => {
  server.respond(() =>
    jsonAnswer({ error: { message: 'No: sk-hidden-key', code: 'invalid_api_key' } }, 401),
  )
  const lines = await report()
  const { responses } = found(lines.filter(({ failed }) => failed))
  expect(responses).toMatch(/^CAPABILITY_NOT_CONFIGURED: .*OPENAI_API_KEY.*The server said: No: …/)
})

test('the doctor names a setting that is wrong', async () => {
  vi.stubEnv('MODEL_API', 'telepathy')
  expect((await report()).at(-1)).toMatchObject({
    failed: true,
    found: expect.stringContaining('MODEL_API must be'),
  })
})

test('the doctor shows no password of an address, and says that it cannot work', async () => {
  vi.stubEnv('OPENAI_BASE_URL', `${server.url.replace('http://', 'http://user:hidden@')}?hidden=1`)
  const line = (await report()).find(({ what }) => what === 'base URL')
  expect(line).toMatchObject({ failed: true, found: expect.stringContaining(server.url) })
})
