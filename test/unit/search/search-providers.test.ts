import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { brave } from '../../../shared/clients/search/brave.ts'
import { kakao } from '../../../shared/clients/search/kakao.ts'
import { litellm } from '../../../shared/clients/search/litellm.ts'
import { naver, naverDevelopers, naverHub } from '../../../shared/clients/search/naver.ts'
import type { SearchProvider } from '../../../shared/clients/search/search-provider.ts'
import { searxng } from '../../../shared/clients/search/searxng.ts'
import { tavily } from '../../../shared/clients/search/tavily.ts'
import { searchLimits } from '../../../shared/rules/search-limits.ts'
import { failureOf } from '../../support/model-server/agents.ts'
import { type SearchServer, startSearchServer } from '../../support/search-server/search-server.ts'

let server: SearchServer
beforeAll(async () => {
  server = await startSearchServer()
})
afterEach(() => {
  server.reset()
  vi.restoreAllMocks()
})
afterAll(() => server.stop())

const { signal } = new AbortController()
const query = { query: '핸드크림 시장', count: 3, locale: 'ko-KR' } as const

const page = (url: string) => ({
  title: '동백 <b>핸드크림</b> &amp; 로션',
  snippet: '검색량이 <b>38%</b> 늘었다.\n&quot;작년보다&quot;',
  url,
})
const cleaned = (url: string, publishedAt: string | null = null) => ({
  title: '동백 핸드크림 & 로션',
  snippet: '검색량이 38% 늘었다. "작년보다"',
  url,
  publishedAt,
})

/** Each provider, and an answer of its own with these pages and their dates. */
const providers = {
  'naver (API HUB)': {
    open: () => naver(naverHub(server.url, 'hub-id', 'hub-key')),
    answer: (pages: ReturnType<typeof page>[]) => ({
      items: pages.map(({ title, url, snippet }) => ({ title, link: url, description: snippet })),
    }),
    key: 'hub-key',
  },
  'naver (older keys)': {
    open: () => naver(naverDevelopers(server.url, 'client-id', 'client-secret')),
    answer: (pages: ReturnType<typeof page>[]) => ({
      items: pages.map(({ title, url, snippet }) => ({ title, link: url, description: snippet })),
    }),
    key: 'client-secret',
  },
  kakao: {
    open: () => kakao(server.url, 'kakao-key'),
    answer: (pages: ReturnType<typeof page>[]) => ({
      meta: { is_end: true },
      documents: pages.map(({ title, url, snippet }) => ({ title, url, contents: snippet })),
    }),
    key: 'kakao-key',
  },
  brave: {
    open: () => brave(server.url, 'brave-key'),
    answer: (pages: ReturnType<typeof page>[]) => ({
      type: 'search',
      query: { original: query.query },
      web: {
        results: pages.map(({ title, url, snippet }) => ({ title, url, description: snippet })),
      },
    }),
    key: 'brave-key',
  },
  tavily: {
    open: () => tavily(server.url, 'tavily-key'),
    answer: (pages: ReturnType<typeof page>[]) => ({
      results: pages.map(({ title, url, snippet }) => ({ title, url, content: snippet, score: 1 })),
    }),
    key: 'tavily-key',
  },
  searxng: {
    open: () => searxng(server.url),
    answer: (pages: ReturnType<typeof page>[]) => ({
      results: pages.map(({ title, url, snippet }) => ({ title, url, content: snippet })),
      unresponsive_engines: [['bing', 'timeout']],
    }),
    key: '',
  },
  litellm: {
    open: () => litellm(`${server.url}/v1/search/any`, 'litellm-key'),
    answer: (pages: ReturnType<typeof page>[]) => ({ object: 'search', results: pages }),
    key: 'litellm-key',
  },
} as const satisfies Record<
  string,
  { open(): SearchProvider; answer(pages: ReturnType<typeof page>[]): unknown; key: string }
>
type Name = keyof typeof providers
const names = Object.keys(providers) as Name[]

describe('a request', () => {
  const sent = async (name: Name) => {
    server.respond(() => ({ body: providers[name].answer([page('https://a.kr/')]) }))
    await providers[name].open().search(query, signal)
    return server.calls
  }

  test('to Naver asks for documents and news, with either kind of keys', async () => {
    const calls = await sent('naver (API HUB)')
    expect(calls.map(({ path }) => path).sort()).toEqual(['/search/v1/news', '/search/v1/webkr'])
    for (const { headers, query: parameters } of calls) {
      expect(headers).toMatchObject({
        'x-ncp-apigw-api-key-id': 'hub-id',
        'x-ncp-apigw-api-key': 'hub-key',
      })
      expect(parameters).toMatchObject({ query: '핸드크림 시장', display: '3' })
    }
    server.reset()
    const older = await sent('naver (older keys)')
    expect(older.map(({ path }) => path).sort()).toEqual([
      '/v1/search/news.json',
      '/v1/search/webkr.json',
    ])
    expect(older[0]?.headers).toMatchObject({
      'x-naver-client-id': 'client-id',
      'x-naver-client-secret': 'client-secret',
    })
  })

  test('to Kakao', async () => {
    expect(await sent('kakao')).toMatchObject([
      {
        path: '/v2/search/web',
        query: { query: '핸드크림 시장', size: '3' },
        headers: { authorization: 'KakaoAK kakao-key' },
      },
    ])
  })

  test('to Brave says country and language', async () => {
    expect(await sent('brave')).toMatchObject([
      {
        path: '/res/v1/web/search',
        query: { q: '핸드크림 시장', count: '3', country: 'KR', search_lang: 'ko' },
        headers: { 'x-subscription-token': 'brave-key' },
      },
    ])
  })

  test('to Tavily, SearXNG and a server of the LiteLLM form', async () => {
    await sent('tavily')
    await sent('searxng')
    expect(await sent('litellm')).toMatchObject([
      {
        method: 'POST',
        path: '/search',
        headers: { authorization: 'Bearer tavily-key' },
        body: { query: '핸드크림 시장', max_results: 3, country: 'south korea' },
      },
      { method: 'GET', path: '/search', query: { format: 'json', language: 'ko-KR' } },
      {
        method: 'POST',
        path: '/v1/search/any',
        headers: { authorization: 'Bearer litellm-key' },
        body: { query: '핸드크림 시장', max_results: 3, country: 'KR' },
      },
    ])
  })
})

describe.each(names)('%s', (name) => {
  const { open, answer, key } = providers[name]
  const search = () => open().search(query, signal)

  test('gives plain titles and snippets, without markup and entities', async () => {
    server.respond(() => ({ body: answer([page('https://a.kr/1')]) }))
    expect((await search())[0]).toEqual(cleaned('https://a.kr/1'))
  })

  test('gives no more than was wanted, and passes over what is no page', async () => {
    const pages = ['javascript:alert(1)', '', 'https://a.kr/1', 'ftp://a.kr', 'https://a.kr/2']
    server.respond(() => ({
      body: answer([...pages, 'https://a.kr/3', 'https://a.kr/4'].map(page)),
    }))
    const found = await search()
    expect(found.length).toBeLessThanOrEqual(3)
    expect(found.every(({ url }) => url.startsWith('https://a.kr/'))).toBe(true)
  })

  test('finds nothing', async () => {
    server.respond(() => ({
      body: name === 'searxng' ? { results: [], unresponsive_engines: [] } : answer([]),
    }))
    expect(await search()).toEqual([])
  })

  test.each([
    [401, 'CAPABILITY_NOT_CONFIGURED', false],
    [403, 'CAPABILITY_NOT_CONFIGURED', false],
    [429, 'RATE_LIMITED', true],
    [400, 'UPSTREAM_ERROR', false],
    [500, 'UPSTREAM_ERROR', true],
    [503, 'UPSTREAM_ERROR', true],
  ] as const)('refused with %s is %s, retryable %s', async (status, code, retryable) => {
    const message = `Not for ${key || 'you'}: ${query.query}`
    const body = { errorCode: '024', errorMessage: message }
    server.respond(() => ({ status, headers: { 'retry-after': '7' }, body }))
    const error = await failureOf(search())
    expect(error).toMatchObject({ code, retryable })
    expect(error.message).toMatch(new RegExp(`${status}.*024, Not for`))
    expect(error.message).not.toContain(query.query)
    if (key !== '') expect(error.message).not.toContain(key)
    if (status === 429) expect(error.retryAfter).toBe(7)
  })

  test.each([
    ['a page of HTML', '<html><body>한도 초과</body></html>'],
    ['a JSON of another form', { ok: true }],
    ['a list where none belongs', []],
    ['half of its JSON', '{"items":[{"title":'],
    ['null', 'null'],
  ])('with %s fails, and may be asked again', async (_, body) => {
    server.respond(() => ({ body }))
    expect(await failureOf(search())).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
  })

  test('that takes too long or sends too much fails', async () => {
    const deadline = new AbortController()
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal)
    server.respond(() => {
      deadline.abort()
      return 'silence'
    })
    const late = await failureOf(search())
    expect(late).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    expect(late.message).toContain('did not answer within 8 s')
    vi.restoreAllMocks()
    server.respond(() => ({ body: ' '.repeat(searchLimits.answerBytes + 1) }))
    expect((await failureOf(search())).message).toContain('bytes')
  })

  test('is given up at once when the run is', async () => {
    const stop = new AbortController()
    const reason = new Error('cancelled')
    server.respond(() => {
      stop.abort(reason)
      return 'silence'
    })
    await expect(open().search(query, stop.signal)).rejects.toBe(reason)
  })

  test('does not carry its key to another address', async () => {
    server.respond(({ path }) =>
      path === '/elsewhere'
        ? { body: answer([]) }
        : { status: 302, headers: { location: `${server.url}/elsewhere` }, body: '' },
    )
    expect(await failureOf(search())).toMatchObject({ code: 'UPSTREAM_ERROR' })
    expect(server.calls.map(({ path }) => path)).not.toContain('/elsewhere')
  })
})

test('a server that cannot be reached fails with the reason', async () => {
  const error = await failureOf(kakao('http://127.0.0.1:1', 'k').search(query, signal))
  expect(error).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
  expect(error.message).toContain('kakao could not be reached')
})

describe('Naver', () => {
  const search = () => providers['naver (API HUB)'].open().search(query, signal)
  const news = {
    title: '뉴스',
    link: 'https://n.news.naver.com/1',
    originallink: 'https://press.kr/1',
    description: '',
    pubDate: 'Mon, 09 Nov 2026 07:50:00 +0900',
  }

  test('mixes documents and news, these with their original address and date', async () => {
    server.respond(({ path }) =>
      path.endsWith('news')
        ? { body: { items: [news] } }
        : { body: { items: [{ title: '문서', link: 'https://a.kr/' }] } },
    )
    expect(await search()).toEqual([
      { title: '문서', url: 'https://a.kr/', snippet: '', publishedAt: null },
      {
        title: '뉴스',
        url: 'https://press.kr/1',
        snippet: '',
        publishedAt: '2026-11-08T22:50:00.000Z',
      },
    ])
  })

  test('fails when one half fails and the other finds nothing', async () => {
    server.respond(({ path }) =>
      path.endsWith('news') ? { status: 429, body: {} } : { body: { items: [] } },
    )
    expect(await failureOf(search())).toMatchObject({ code: 'RATE_LIMITED' })
  })

  test('is content when one of the two answers', async () => {
    server.respond(({ path }) =>
      path.endsWith('news') ? { body: { items: [news] } } : { status: 500, body: {} },
    )
    expect(await search()).toHaveLength(1)
  })
})

describe('dates', () => {
  const dateOf = async (date: unknown) => {
    server.respond(() => ({
      body: { results: [{ title: 't', url: 'https://a.kr/', snippet: 's', date }] },
    }))
    return (await providers.litellm.open().search(query, signal))[0]?.publishedAt
  }

  test.each([
    ['2026-11-01', '2026-11-01'],
    ['2026-11-01T10:00:00', '2026-11-01'],
    ['Page 5', null],
    ['Vol. 12', null],
    ['2026-11-01T10:00:00.000+09:00', '2026-11-01T01:00:00.000Z'],
    ['3 days ago', null],
    ['9999-01-01', null],
    ['0001-01-01', null],
    [1762000000, null],
    [undefined, null],
  ])('%j is %j', async (date, expected) => {
    expect(await dateOf(date)).toBe(expected)
  })
})

test('SearXNG whose engines are all blocked is an outage, not an empty web', async () => {
  server.respond(() => ({
    body: {
      results: [],
      unresponsive_engines: [
        ['google', 'CAPTCHA'],
        ['naver', 'timeout'],
      ],
    },
  }))
  const error = await failureOf(searxng(server.url).search(query, signal))
  expect(error).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
  expect(error.message).toContain('2 of its engines')
})

test.each([
  [400, { errorType: 'RequestThrottled', message: 'API limit has been exceeded.' }, 'RATE_LIMITED'],
  [200, { error: { message: 'Rate limit reached for this tool' } }, 'RATE_LIMITED'],
  [422, { error: { code: 'SUBSCRIPTION_TOKEN_INVALID' } }, 'CAPABILITY_NOT_CONFIGURED'],
  [200, { errorCode: '024', errorMessage: 'Not Exist Client ID' }, 'CAPABILITY_NOT_CONFIGURED'],
  [400, { error: 'Invalid API key' }, 'CAPABILITY_NOT_CONFIGURED'],
  [200, { error: { message: 'No healthy deployments' } }, 'UPSTREAM_ERROR'],
  [200, { documents: [], error: { message: 'No healthy deployments' } }, 'UPSTREAM_ERROR'],
  [200, { documents: [], error: 'Too many requests, slow down' }, 'RATE_LIMITED'],
  [422, { error: { detail: 'q: must have at most 400 characters' } }, 'UPSTREAM_ERROR'],
])('HTTP %s with %j is %s, and tells its reason', async (status, body, code) => {
  server.respond(() => ({ status, body }))
  const error = await failureOf(kakao(server.url, 'key-1').search(query, signal))
  expect(error).toMatchObject({ code })
  expect(error.message).toMatch(new RegExp(`HTTP ${status}, .{10}`))
})

test.each([{ error: null }, { error: '' }, { error: {} }, { errorCode: 0, errorMessage: '' }])(
  'an empty list beside %j is an empty web',
  async (nothing) => {
    server.respond(() => ({ body: { documents: [], ...nothing } }))
    expect(await kakao(server.url, 'key-1').search(query, signal)).toEqual([])
  },
)

test('a list of pages beside an error is an answer', async () => {
  const body = { documents: [{ url: 'https://a.kr/' }], error: 'one engine is down' }
  server.respond(() => ({ body }))
  expect(await kakao(server.url, 'key-1').search(query, signal)).toHaveLength(1)
})

test('a query that comes back as part of an address is left out, too', async () => {
  const [escaped] = [encodeURIComponent(query.query)]
  const message = `GET /?q=${escaped} and ${new URLSearchParams({ q: query.query })}`
  server.respond(() => ({ status: 500, body: { message } }))
  const error = await failureOf(kakao(server.url, 'key-1').search(query, signal))
  expect(error.message).toContain('GET /?q=… and q=…')
})

test.each(['“key”', 'ke\ny'])('a key that no header takes is named: %j', async (key) => {
  const error = await failureOf(kakao(server.url, key).search(query, signal))
  expect(error).toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED' })
  expect(error.message).toContain('KAKAO_REST_API_KEY')
  expect(error.message).not.toContain(key)
  expect(server.calls).toEqual([])
})

test.each([432, 433, 402])('a plan that is used up (%s) is not asked again', async (status) => {
  server.respond(() => ({ status, body: { detail: { error: 'This request exceeds your plan.' } } }))
  const error = await failureOf(tavily(server.url, 'k').search(query, signal))
  expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: false })
  expect(error.message).toContain('exceeds your plan')
})
