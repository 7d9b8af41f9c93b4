import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { hostedSearch, modelCapabilities } from '../../../ops/checkup/model-capabilities.ts'
import { type Finding, severityOf } from '../../../shared/rules/checkup/findings.ts'
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

const report = async (): Promise<Finding[]> => {
  const findings = await modelCapabilities()
  expect(JSON.stringify(findings)).not.toContain('hidden')
  return findings
}
const failures = (findings: readonly Finding[]): Finding[] =>
  findings.filter((finding) => severityOf(finding) === 'failure')
const agents = 'planner, picture, research, strategy, creative, voice'
const kept = '{"pelican":"teal"}'

test('the doctor says what a server can do', async () => {
  server.respond(() => streamAnswer(responsesEvents({ text: kept })))
  expect(await report()).toEqual([
    {
      code: 'CAPABILITY_READY',
      subject: 'model server',
      found: `${server.url} (openai-compatible), MODEL_API auto`,
    },
    {
      code: 'CAPABILITY_READY',
      subject: 'one-model',
      found: `${agents}: responses API; keeps the schema; streams`,
    },
  ])
})

test('the doctor says that chat alone is there, and what is left out', async () => {
  server.respond(({ path, body }) => {
    if (path !== '/v1/chat/completions') return jsonAnswer({ detail: 'Not Found' }, 404)
    return 'stream_options' in body
      ? jsonAnswer({ error: { message: 'unknown field "stream_options"' } }, 400)
      : streamAnswer(chatEvents('Hello'))
  })
  const findings = await report()
  expect(findings.at(1)?.found).toBe(
    `${agents}: chat API; left out because it refuses them: stream_options; streams`,
  )
  expect(failures(findings)).toEqual([
    expect.objectContaining({ code: 'SCHEMA_IGNORED', subject: 'one-model' }),
  ])
})

test('the doctor says where the server searches, and where research cannot search', async () => {
  server.respond(() => streamAnswer(responsesEvents({ text: kept })))
  const found = 'no hosted web_search (the server ran none)'
  expect(await hostedSearch(false)).toEqual({
    code: 'SEARCH_MISSING',
    subject: 'openai',
    found: `${found}, and research has no other`,
  })
  expect(await hostedSearch(true)).toEqual({ code: 'SEARCH_FAILED', subject: 'openai', found })
})

test('the doctor has a line for each failure, without a secret', async () => {
  server.respond(() =>
    jsonAnswer({ error: { message: 'No: sk-hidden-key', code: 'invalid_api_key' } }, 401),
  )
  const broken = failures(await report())
  expect(broken.map(({ code }) => code)).toEqual(['CAPABILITY_BROKEN', 'CAPABILITY_BROKEN'])
  expect(broken[0]?.found).toMatch(
    /^responses API: CAPABILITY_NOT_CONFIGURED: .*OPENAI_API_KEY.*The server said: No: …/,
  )
})

test('the doctor names a setting that is wrong', async () => {
  vi.stubEnv('MODEL_API', 'telepathy')
  expect((await report()).at(-1)).toMatchObject({
    code: 'CAPABILITY_BROKEN',
    found: expect.stringContaining('MODEL_API must be'),
  })
})

test('the doctor shows no password of an address, and says that it cannot work', async () => {
  vi.stubEnv('OPENAI_BASE_URL', `${server.url.replace('http://', 'http://user:hidden@')}?hidden=1`)
  expect(await report()).toEqual([
    {
      code: 'SETTING_INVALID',
      subject: 'OPENAI_BASE_URL',
      found: expect.stringContaining(server.url),
    },
  ])
})
