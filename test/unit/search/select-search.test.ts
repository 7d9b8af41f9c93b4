import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type SearchRoute, searchRoutes } from '../../../shared/clients/search/select-search.ts'
import { startParameterServer } from '../../support/aws/parameter-server.ts'
import { failureOf } from '../../support/model-server/agents.ts'

/** Every variable that has a say. */
const variables = [
  'SEARCH_PROVIDERS',
  'SEARCH_KEYS_PARAMETER',
  'OPENAI_BASE_URL',
  'SEARXNG_URL',
  'LITELLM_SEARCH_URL',
  'NAVER_API_HUB_KEY_ID',
  'NAVER_API_HUB_KEY',
  'NAVER_CLIENT_ID',
  'NAVER_CLIENT_SECRET',
  'KAKAO_REST_API_KEY',
  'BRAVE_API_KEY',
  'TAVILY_API_KEY',
  'LITELLM_SEARCH_API_KEY',
]
beforeEach(() => {
  for (const name of variables) vi.stubEnv(name, '')
})
afterEach(() => vi.unstubAllEnvs())

const set = (values: Record<string, string>): void => {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value)
}
const namesOf = (routes: SearchRoute[]): string[] =>
  routes.map((route) =>
    route.kind === 'hosted' ? 'openai' : route.providers.map(({ name }) => name).join('+'),
  )

const naverKeys = { NAVER_CLIENT_ID: 'id', NAVER_CLIENT_SECRET: 'secret' }
const brave = { BRAVE_API_KEY: 'key' }

describe('without an order of one’s own', () => {
  test.each([
    ['OpenAI alone', {}, ['openai']],
    ['a compatible server alone, which may search', { OPENAI_BASE_URL: 'http://m' }, ['openai']],
    ['Naver and OpenAI', naverKeys, ['naver', 'openai']],
    ['Naver and a compatible server', { ...naverKeys, OPENAI_BASE_URL: 'http://m' }, ['naver']],
    [
      'all',
      {
        ...brave,
        ...naverKeys,
        KAKAO_REST_API_KEY: 'k',
        TAVILY_API_KEY: 'k',
        SEARXNG_URL: 'http://s',
        LITELLM_SEARCH_URL: 'http://l',
      },
      ['naver+kakao+brave+tavily+searxng+litellm', 'openai'],
    ],
  ])('%s', async (_, environment, expected) => {
    set(environment)
    expect(namesOf(await searchRoutes())).toEqual(expected)
  })
})

describe('an order of one’s own', () => {
  test('is kept, each name once, whatever its case', async () => {
    set({ ...naverKeys, ...brave, SEARCH_PROVIDERS: ' Brave, naver,brave , OpenAI' })
    expect(namesOf(await searchRoutes())).toEqual(['brave+naver', 'openai'])
  })

  test('may put the model’s own server between others', async () => {
    set({ ...naverKeys, ...brave, SEARCH_PROVIDERS: 'naver,openai,brave' })
    expect(namesOf(await searchRoutes())).toEqual(['naver', 'openai', 'brave'])
  })

  test('that names an unknown provider is refused with the list', async () => {
    set({ ...brave, SEARCH_PROVIDERS: 'brave,gogle' })
    const error = await failureOf(searchRoutes())
    expect(error).toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED', retryable: false })
    expect(error.message).toBe(
      'SEARCH_PROVIDERS names gogle; there are naver, kakao, brave, tavily, searxng, litellm, openai.',
    )
  })

  test.each([
    [
      'naver',
      /NAVER_API_HUB_KEY_ID and NAVER_API_HUB_KEY \(or NAVER_CLIENT_ID and NAVER_CLIENT_SECRET\)/,
    ],
    ['kakao', /KAKAO_REST_API_KEY/],
    ['brave', /BRAVE_API_KEY/],
    ['tavily', /TAVILY_API_KEY/],
    ['searxng', /SEARXNG_URL/],
    ['litellm', /LITELLM_SEARCH_URL/],
  ])('that names %s without its settings is refused by their names', async (name, message) => {
    set({ SEARCH_PROVIDERS: `${name},openai` })
    const error = await failureOf(searchRoutes())
    expect(error.code).toBe('CAPABILITY_NOT_CONFIGURED')
    expect(error.message).toMatch(message)
  })
})

test.each([
  ['NAVER_API_HUB_KEY_ID', 'NAVER_API_HUB_KEY'],
  ['NAVER_API_HUB_KEY', 'NAVER_API_HUB_KEY_ID'],
  ['NAVER_CLIENT_ID', 'NAVER_CLIENT_SECRET'],
  ['NAVER_CLIENT_SECRET', 'NAVER_CLIENT_ID'],
])('half a pair of keys, %s, is named, and so is the other half', async (half, other) => {
  set({ ...brave, [half]: 'value' })
  const error = await failureOf(searchRoutes())
  expect(error.code).toBe('CAPABILITY_NOT_CONFIGURED')
  expect(error.message).toBe(`${half} is set, but ${other} is not: the two belong together.`)
})

test.each([
  ['SEARXNG_URL', 'searx.example:8080', /SEARXNG_URL is no address/],
  ['SEARXNG_URL', 'searx.example', /SEARXNG_URL is no address/],
  ['SEARXNG_URL', 'https://me:secret@searx.example', /SEARXNG_URL must hold neither/],
  ['BRAVE_URL', '/v1', /BRAVE_URL is no address/],
])('%s=%s is refused by its name before anything is asked', async (name, value, message) => {
  set({ ...brave, [name]: value })
  const error = await failureOf(searchRoutes())
  expect(error.code).toBe('CAPABILITY_NOT_CONFIGURED')
  expect(error.message).toMatch(message)
  expect(error.message).not.toContain(value)
})

describe('keys of a deployment', () => {
  const withParameter = async (value: string, work: () => Promise<void>): Promise<void> => {
    const server = await startParameterServer(() => ({ value }))
    set({
      ...server.environment,
      SEARCH_KEYS_PARAMETER: `/launch-studio/${Math.random()}/search-keys`,
    })
    try {
      await work()
    } finally {
      await server.stop()
    }
  }

  test('are fields of one parameter, read when a provider is named that needs one', async () => {
    set({ SEARCH_PROVIDERS: 'naver,brave' })
    await withParameter(JSON.stringify({ ...naverKeys, ...brave }), async () => {
      expect(namesOf(await searchRoutes())).toEqual(['naver+brave'])
    })
  })

  test('are not read when the environment has what is named', async () => {
    set({ SEARCH_PROVIDERS: 'brave', ...brave, SEARCH_KEYS_PARAMETER: '/no/such/parameter' })
    expect(namesOf(await searchRoutes())).toEqual(['brave'])
  })

  test('that cannot be read are named beside what is not set', async () => {
    set({
      SEARCH_PROVIDERS: 'brave',
      SEARCH_KEYS_PARAMETER: '/no/such/parameter',
    })
    const error = await failureOf(searchRoutes())
    expect(error.message).toMatch(/BRAVE_API_KEY.*\/no\/such\/parameter/)
  })

  test('that are no JSON object are refused without a word of them', async () => {
    set({ SEARCH_PROVIDERS: 'brave' })
    await withParameter('sk-secret-and-not-json', async () => {
      const error = await failureOf(searchRoutes())
      expect(error.message).toContain('SEARCH_KEYS_PARAMETER')
      expect(`${error.message} ${error.cause}`).not.toContain('sk-secret')
    })
  })
})
