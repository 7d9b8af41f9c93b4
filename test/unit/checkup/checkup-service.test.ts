import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest'
import { listModels } from '../../../shared/clients/openai/model-list.ts'
import { configuredModerator } from '../../../shared/clients/openai/moderation.ts'
import { searchRoutes } from '../../../shared/clients/search/select-search.ts'
import type { Finding } from '../../../shared/rules/checkup/findings.ts'
import {
  type CheckupDependencies,
  createCheckupService,
} from '../../../shared/services/checkup/checkup-service.ts'
import { untriedSearch } from '../../../shared/services/checkup/search-check.ts'
import { type ParameterAnswer, startParameterServer } from '../../support/aws/parameter-server.ts'
import { testSignerPem } from '../../support/credentials/test-signer.ts'
import {
  type SearchAnswer,
  type SearchServer,
  startSearchServer,
} from '../../support/search-server/search-server.ts'

const now = Date.parse('2026-11-26T18:00:00Z')
let server: SearchServer
beforeAll(async () => {
  server = await startSearchServer()
})
beforeEach(() => {
  vi.stubEnv('OPENAI_BASE_URL', `${server.url}/v1`)
  vi.stubEnv('OPENAI_API_KEY', 'sk-hidden-key')
  for (const agent of ['PLANNER', 'RESEARCH', 'STRATEGY', 'CREATIVE', 'VOICE']) {
    vi.stubEnv(`${agent}_MODEL`, 'one-model')
  }
})
afterEach(() => {
  vi.unstubAllEnvs()
  server.reset()
})
afterAll(() => server.stop())

const listOf = (models: Record<string, string | null>): SearchAnswer => ({
  body: {
    object: 'list',
    data: Object.entries(models).map(([id, shutdown_date]) => ({
      id,
      object: 'model',
      shutdown_date,
    })),
  },
})

const service = (other: Partial<CheckupDependencies> = {}) =>
  createCheckupService({
    clock: { now: () => now },
    listModels,
    retryPauseMs: 0,
    searchRoutes,
    hostedSearch: untriedSearch,
    moderator: () => undefined,
    ...other,
  })

const findings = async (other: Partial<CheckupDependencies> = {}): Promise<Finding[]> => {
  const all = await service(other).findings()
  expect(JSON.stringify(all)).not.toContain('hidden')
  return all
}
const codes = (all: readonly Finding[]): string[] => all.map(({ code }) => code)

test('names and dates come from the list of the server, asked once with the key', async () => {
  vi.stubEnv('STT_PROVIDER', 'openai')
  vi.stubEnv('STT_MODEL', 'hear-1')
  server.respond(() => listOf({ 'one-model': '2027-01-06', 'hear-2': null }))
  const all = await findings()
  expect(all).toContainEqual({
    code: 'MODEL_ENDS',
    subject: 'one-model',
    found:
      'shutdown on 2027-01-06 (in 41 days); used by planner, picture, research, strategy, creative, voice',
    daysLeft: 41,
  })
  expect(all).toContainEqual({
    code: 'MODEL_UNKNOWN',
    subject: 'hear-1',
    found: "not in the server's list; the nearest names are hear-2; used by transcription",
  })
  expect(codes(all)).toContain('CLOCK_READY')
  expect(
    server.calls.map(({ method, path, headers }) => [method, path, headers.authorization]),
  ).toEqual([['GET', '/v1/models', 'Bearer sk-hidden-key']])
})

test('a server of pictures is asked for its own list, with its own key', async () => {
  vi.stubEnv('IMAGE_BASE_URL', `${server.url}/pictures`)
  vi.stubEnv('IMAGE_MODEL', 'brush-1')
  vi.stubEnv('IMAGE_API_KEY', 'sk-hidden-brush')
  server.respond(({ path }) =>
    listOf(path === '/v1/models' ? { 'one-model': null } : { 'brush-1': null }),
  )
  const all = await findings()
  expect(all.filter(({ code }) => code === 'MODEL_LISTED').map(({ subject }) => subject)).toEqual([
    'one-model',
    'brush-1',
  ])
  const sent = server.calls.map(({ path, headers }) => [path, headers.authorization])
  expect(sent.sort()).toEqual([
    ['/pictures/models', 'Bearer sk-hidden-brush'],
    ['/v1/models', 'Bearer sk-hidden-key'],
  ])
})

test.each([
  ['no route', { status: 404, body: { detail: 'Not Found' } }, 'MODEL_LIST_UNKNOWN'],
  ['another form', { body: { models: ['one-model'] } }, 'MODEL_LIST_UNKNOWN'],
  ['an empty list', { body: { object: 'list', data: [] } }, 'MODEL_LIST_UNKNOWN'],
  ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'MODEL_LIST_UNKNOWN'],
  [
    'a refused key',
    { status: 401, body: { error: { message: 'Incorrect API key: sk-hidden-key' } } },
    'MODEL_SERVER_REFUSED',
  ],
  ['an overload', { status: 503, body: {} }, 'MODEL_SERVER_DOWN'],
])('%s is told as it is', async (_, answer: SearchAnswer, code) => {
  server.respond(() => answer)
  const all = await findings()
  expect(codes(all)).toContain(code)
  // Also an answer that says no says its time.
  expect(codes(all)).toContain('CLOCK_READY')
})

test('one hiccup of a server is no finding', async () => {
  let calls = 0
  server.respond(() => {
    calls += 1
    return calls === 1 ? { status: 503, body: {} } : listOf({ 'one-model': null })
  })
  expect(codes(await findings())).toEqual([
    'SECRET_READY',
    'MODEL_LISTED',
    'CLOCK_READY',
    'SEARCH_READY',
  ])
})

test('a server that is not there is down, and the clock cannot be compared', async () => {
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
  expect(await findings()).toEqual(
    expect.arrayContaining([
      {
        code: 'MODEL_SERVER_DOWN',
        subject: '127.0.0.1:9',
        found: expect.stringContaining('could not be reached'),
      },
      expect.objectContaining({ code: 'CLOCK_UNKNOWN' }),
    ]),
  )
})

test('a clock that is off is seen by the Date of an answer', async () => {
  server.respond(() => ({
    headers: { date: new Date(Date.now() - 90_000).toUTCString() },
    body: { data: [{ id: 'one-model' }] },
  }))
  expect(await findings()).toContainEqual({
    code: 'CLOCK_OFF',
    subject: 'clock',
    found: expect.stringMatching(/^\d\d s ahead of 127\.0\.0\.1/),
  })
})

test('each search provider is asked one query, and no query stands for the others', async () => {
  vi.stubEnv('SEARCH_PROVIDERS', 'tavily,brave,searxng,openai')
  vi.stubEnv('TAVILY_API_KEY', 'tv-hidden')
  vi.stubEnv('TAVILY_URL', `${server.url}/tavily`)
  vi.stubEnv('BRAVE_API_KEY', 'br-hidden')
  vi.stubEnv('BRAVE_URL', `${server.url}/brave`)
  vi.stubEnv('SEARXNG_URL', `${server.url}/searxng`)
  const page = { title: 'a', url: 'https://a.example/' }
  server.respond(({ path }) => {
    if (path.startsWith('/tavily')) return { body: { results: [page] } }
    if (path.startsWith('/brave')) return { status: 401, body: { message: 'wrong br-hidden' } }
    if (path.startsWith('/searxng')) return { status: 500, body: {} }
    return listOf({ 'one-model': null })
  })
  const search = (await findings()).filter(({ code }) => code.startsWith('SEARCH_'))
  expect(search.map(({ code, subject }) => [code, subject])).toEqual([
    ['SEARCH_READY', 'tavily'],
    ['SEARCH_REFUSED', 'brave'],
    ['SEARCH_FAILED', 'searxng'],
    ['SEARCH_READY', 'openai'],
  ])
  expect(server.calls.filter(({ path }) => path !== '/v1/models')).toHaveLength(3)
})

test('a used up plan is a limit, and a named provider without its key is refused', async () => {
  vi.stubEnv('SEARCH_PROVIDERS', 'tavily')
  vi.stubEnv('TAVILY_URL', server.url)
  expect(await findings()).toContainEqual({
    code: 'SEARCH_REFUSED',
    subject: 'SEARCH_PROVIDERS',
    found: expect.stringContaining('TAVILY_API_KEY'),
  })
  vi.stubEnv('TAVILY_API_KEY', 'tv-hidden')
  server.respond(() => ({ status: 432, body: { detail: { error: 'plan limit' } } }))
  expect(codes(await findings())).toContain('SEARCH_LIMITED')
})

test('secrets are there and have their form; those of nobody are not missed', async () => {
  server.respond(() => listOf({ 'one-model': null }))
  const secrets = async () =>
    (await findings()).filter(({ code }) => /^(?:SECRET|CERTIFICATE)_/.test(code))
  expect(await secrets()).toEqual([
    { code: 'SECRET_READY', subject: 'OPENAI_API_KEY', found: 'present' },
  ])
  vi.stubEnv('TOKEN_SIGNING_KEY', 'hidden-and-short')
  vi.stubEnv('CONTENT_CREDENTIALS', 'on')
  expect(codes(await secrets())).toEqual(['SECRET_READY', 'SECRET_SHORT', 'SECRET_MISSING'])
  vi.stubEnv('C2PA_SIGNING_KEY', testSignerPem.replaceAll('\n', '\\n'))
  expect(codes(await secrets())).toContain('CERTIFICATE_VALID')
  vi.stubEnv('C2PA_SIGNING_KEY', 'hidden')
  expect(codes(await secrets())).toContain('SECRET_MALFORMED')
  vi.stubEnv('OPENAI_BASE_URL', '')
  vi.stubEnv('OPENAI_API_KEY', '')
  expect((await secrets())[0]?.code).toBe('SECRET_MISSING')
})

test('the key of webhooks is judged as those of tokens; without its parameter webhooks are off', async () => {
  server.respond(() => listOf({ 'one-model': null }))
  const about = async () =>
    (await findings()).flatMap(({ code, subject, found }) =>
      /webhook/i.test(subject) ? [[code, subject, found]] : [],
    )
  expect(await about()).toEqual([])
  vi.stubEnv('WEBHOOK_SIGNING_KEY', 'hidden-and-short')
  expect(await about()).toEqual([
    ['SECRET_SHORT', 'WEBHOOK_SIGNING_KEY', '16 bytes, of at least 32'],
  ])
  vi.stubEnv('WEBHOOK_SIGNING_KEY', '')

  let answer: ParameterAnswer = { refused: 'ParameterNotFound' }
  const parameters = await startParameterServer(() => answer)
  onTestFinished(() => parameters.stop())
  for (const [name, value] of Object.entries(parameters.environment)) vi.stubEnv(name, value)
  const parameter = '/launch-studio/dev/webhook-signing-key'
  vi.stubEnv('WEBHOOK_SIGNING_KEY_PARAMETER', parameter)
  expect(await about()).toEqual([
    ['CAPABILITY_MISSING', 'webhooks', `off: there is no parameter ${parameter}`],
  ])
  answer = { refused: 'AccessDeniedException' }
  expect(await about()).toEqual([
    ['SECRET_MISSING', 'WEBHOOK_SIGNING_KEY', expect.stringContaining('could not be read')],
  ])
  answer = { value: 'hidden-and-of-more-than-32-bytes-of-text' }
  expect(await about()).toEqual([['SECRET_READY', 'WEBHOOK_SIGNING_KEY', 'one key']])
})

test('the parameter of every other secret is missed', async () => {
  server.respond(() => listOf({ 'one-model': null }))
  const parameters = await startParameterServer(() => ({ refused: 'ParameterNotFound' }))
  onTestFinished(() => parameters.stop())
  for (const [name, value] of Object.entries(parameters.environment)) vi.stubEnv(name, value)
  vi.stubEnv('TOKEN_SIGNING_KEY_PARAMETER', '/launch-studio/dev/token-signing-key')
  expect(await findings()).toContainEqual(
    expect.objectContaining({ code: 'SECRET_MISSING', subject: 'TOKEN_SIGNING_KEY' }),
  )
})

test('a certificate is judged on the day of the check', async () => {
  vi.stubEnv('CONTENT_CREDENTIALS', 'on')
  vi.stubEnv('C2PA_SIGNING_KEY', testSignerPem)
  server.respond(() => listOf({ 'one-model': null }))
  const on = async (date: string) => {
    const all = await findings({ clock: { now: () => Date.parse(date) } })
    return codes(all).filter((code) => code.startsWith('CERTIFICATE_'))
  }
  expect(await on('2126-09-15')).toEqual(['CERTIFICATE_ENDS'])
  expect(await on('2126-10-25')).toEqual(['CERTIFICATE_ENDS_SOON'])
  expect(await on('2126-11-02')).toEqual(['CERTIFICATE_INVALID'])
})

test('moderation judges one text, or is broken', async () => {
  vi.stubEnv('MODERATION_MODEL', 'judge-1')
  const answers = (judged: SearchAnswer) =>
    server.respond(({ path }) =>
      path === '/v1/moderations' ? judged : listOf({ 'one-model': null, 'judge-1': null }),
    )
  const moderation = async () =>
    (await findings({ moderator: configuredModerator })).filter(
      ({ subject }) => subject === 'moderation',
    )
  answers({ body: { results: [{ flagged: false, categories: {} }] } })
  expect(codes(await moderation())).toEqual(['CAPABILITY_READY'])
  answers({ status: 400, body: { error: { message: 'no such model' } } })
  expect(codes(await moderation())).toEqual(['CAPABILITY_BROKEN'])
})

test('a check that breaks is a finding, and ends no other', async () => {
  server.respond(() => listOf({ 'one-model': null }))
  const all = await findings({
    listModels: () => Promise.reject(new TypeError('broken')),
  })
  expect(codes(all)).toEqual(['SECRET_READY', 'CHECK_FAILED', 'SEARCH_READY'])
})

test('a line for each finding, and metrics in which a shutdown counts once', async () => {
  vi.stubEnv('LOG_LEVEL', 'INFO')
  vi.stubEnv('SEARCH_PROVIDERS', 'tavily')
  server.respond(() => listOf({ 'one-model': '2026-12-01' }))
  const written: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line))
    return true
  })
  const told = await service().record()
  spy.mockRestore()
  const lines = written.map((line) => JSON.parse(line))
  expect(JSON.stringify(lines)).not.toContain('hidden')
  expect(
    lines.filter(({ message }) => message === 'checkup finding').map(({ code }) => code),
  ).toEqual(told.map(({ code }) => code))
  expect(lines.flatMap(({ days_left }) => days_left ?? [])).toEqual([5])
  expect(told.find(({ code }) => code === 'MODEL_ENDS_SOON')).toMatchObject({
    severity: 'failure',
    area: 'models',
    action: expect.stringContaining('another model'),
    daysLeft: 5,
  })
  expect(
    lines.flatMap(({ CheckupFinding, severity }) =>
      CheckupFinding === undefined ? [] : [[severity, CheckupFinding]],
    ),
  ).toEqual([
    ['failure', 1],
    ['warning', 0],
  ])
  expect(lines.flatMap(({ ModelDaysLeft }) => ModelDaysLeft ?? [])).toEqual([5])
})
