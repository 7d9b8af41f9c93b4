import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type ResearchDependencies,
  type ResearchInput,
  research,
} from '../../../shared/agents/research-agent.ts'
import type {
  SearchProvider,
  SearchResult,
} from '../../../shared/clients/search/search-provider.ts'
import type { SearchRoute } from '../../../shared/clients/search/select-search.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { elementListener } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import { providerOf, readerOf, researchOn } from '../../support/model-server/research.ts'
import {
  sampleBrief,
  sampleFindings,
  sampleQueries,
  sampleResearch,
} from '../../support/model-server/samples.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => server.reset())
afterAll(() => server.stop())

const [e1, e2, e3] = sampleResearch.evidence
/** One page for each query, whose snippet is the sentence that evidence rests on. */
const results = new Map<string, SearchResult[]>(
  [e1, e2, e3].map((cited, index) => [
    sampleQueries.queries[index] ?? '',
    [
      {
        title: cited?.title ?? '',
        url: cited?.url ?? '',
        snippet: cited?.quote ?? '',
        publishedAt: '2026-11-10T00:00:00.000Z',
      },
    ],
  ]),
)
const finding = () => providerOf((query) => results.get(query) ?? [])
const failing = (error: StudioError) => providerOf(() => Promise.reject(error))
const queriesBy = (...providers: SearchProvider[]): SearchRoute => ({ kind: 'queries', providers })
const hosted: SearchRoute = { kind: 'hosted' }

const work = async (
  routes: SearchRoute[],
  more: Partial<ResearchDependencies> = {},
  input: ResearchInput = { locale: 'ko-KR', brief: sampleBrief },
) => {
  const agents = researchOn(server, { searchRoutes: async () => routes, ...more })
  const researched = await research(agents, input, elementListener())
  return { ...researched, counted: agents.counted }
}
const askers = () => server.calls.map(({ asker }) => asker)

describe('research by queries', () => {
  test('searches what the model asks for, and shapes what was found', async () => {
    server.script('research_queries', answers.json(sampleQueries))
    server.script('research', answers.json(sampleResearch))
    const provider = finding()
    const pages = readerOf({ [e1?.url ?? '']: `${e1?.quote} 더 긴 글이다.` })
    const { output, counted } = await work([queriesBy(provider)], { pages })
    expect(provider.asked).toEqual(sampleQueries.queries)
    expect(counted).toEqual(['research', 'research'])
    const [asking, shaping] = server.calls
    expect(asking?.data('brief')).toEqual(sampleBrief)
    expect(shaping?.data('findings')).toBeUndefined()
    expect(shaping?.data('sources')).toMatchObject([
      { number: 1, from: 'page', url: e1?.url },
      { number: 2, from: 'search', url: e2?.url, text: e2?.quote },
      { number: 3, from: 'search', published_at: '2026-11-10T00:00:00.000Z' },
    ])
    expect(output.value.evidence.map(({ verified }) => verified)).toEqual([true, false, false])
    expect(output.provenance).toMatchObject({
      prompt_version: 'research.v2',
      based_on: [expect.stringMatching(/^resp_/)],
      usage: { total_tokens: 300 },
    })
  })

  test('begins a search as soon as its query is written', async () => {
    const provider = finding()
    const whole = JSON.stringify(sampleQueries)
    const second = whole.indexOf(`"${sampleQueries.queries[1]}`)
    server.script('research_queries', {
      kind: 'stream',
      chunks: [whole.slice(0, second), whole.slice(second)],
      ending: 'stall',
      endAfter: 1,
    })
    const stop = new AbortController()
    const reason = new Error('enough')
    const asked = new Promise<void>((resolve) => {
      const { search } = provider
      provider.search = (query, signal) => {
        resolve()
        return search(query, signal)
      }
    })
    const working = work([queriesBy(provider)], { signal: stop.signal })
    await asked
    stop.abort(reason)
    await expect(working).rejects.toBe(reason)
    expect(provider.asked).toEqual(sampleQueries.queries.slice(0, 1))
  })

  test('asks no query twice, and eight at most', async () => {
    const many = Array.from({ length: 8 }, (_, index) => `검색어 ${index}`)
    const broken = { ...sampleQueries, queries: [...many.slice(0, 3), '검색어  0', ''] }
    server.script(
      'research_queries',
      answers.json(broken),
      answers.json({ ...broken, queries: many }),
    )
    server.script('research', answers.json(sampleResearch))
    const provider = providerOf(() => [...results.values()].flat())
    await work([queriesBy(provider)])
    expect(provider.asked).toEqual(many)
  })

  test('reads three pages of a query at most, and knows the others by their snippets', async () => {
    const page = (index: number): SearchResult => ({
      title: `${index}`,
      url: `https://p${index}.example/`,
      snippet: `소개 ${index}`,
      publishedAt: null,
    })
    server.script('research_queries', answers.json({ ...sampleQueries, queries: ['하나'] }))
    server.script('research', answers.json(sampleResearch), answers.json(sampleResearch))
    const pages = readerOf({})
    await work([queriesBy(providerOf(() => [1, 2, 3, 4, 5].map(page)))], { pages }).catch(() => {})
    expect(pages.asked).toHaveLength(3)
    expect(server.calls[1]?.data('sources')).toHaveLength(5)
  })

  test('goes on with the queries that found something', async () => {
    server.script('research_queries', answers.json(sampleQueries))
    server.script('research', answers.json(sampleResearch))
    const provider = providerOf((query) => {
      if (query === sampleQueries.queries[0]) throw new StudioError('UPSTREAM_ERROR', 'Down.')
      return [...results.values()].flat()
    })
    expect((await work([queriesBy(provider)])).output.value.evidence).toHaveLength(3)
  })

  test.each([
    [new StudioError('RATE_LIMITED', 'naver: too often', { retryAfter: 60 }), 'RATE_LIMITED', true],
    [new StudioError('UPSTREAM_ERROR', 'naver: down'), 'UPSTREAM_ERROR', true],
    [
      new StudioError('CAPABILITY_NOT_CONFIGURED', 'naver: key'),
      'CAPABILITY_NOT_CONFIGURED',
      false,
    ],
  ] as const)(
    'ends with the reason when every search fails: %s',
    async (error, code, retryable) => {
      server.script('research_queries', answers.json(sampleQueries))
      await expect(work([queriesBy(failing(error))])).rejects.toMatchObject({
        code,
        retryable,
        message: error.message,
      })
      expect(askers()).toEqual(['research_queries'])
    },
  )

  test('ends when no query finds a page', async () => {
    server.script('research_queries', answers.json(sampleQueries))
    await expect(work([queriesBy(providerOf(() => []))])).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: true,
    })
  })
})

describe('several ways to search', () => {
  const down = () => failing(new StudioError('UPSTREAM_ERROR', 'naver: down'))
  const { text, ...found } = sampleFindings

  test('the model’s server takes over from providers that fail', async () => {
    server.script('research_queries', answers.json(sampleQueries))
    server.script('search', answers.search(text, found))
    server.script('research', answers.json(sampleResearch))
    const { output } = await work([queriesBy(down()), hosted])
    expect(output.value.evidence).toHaveLength(3)
    expect(askers()).toEqual(['research_queries', 'search', 'research'])
  })

  test('providers take over from a server that does not search', async () => {
    server.script('search', answers.text(text))
    server.script('research_queries', answers.json(sampleQueries))
    server.script('research', answers.json(sampleResearch))
    const { output } = await work([hosted, queriesBy(finding())])
    expect(output.value.evidence).toHaveLength(3)
    expect(askers()).toEqual(['search', 'research_queries', 'research'])
  })

  test('queries are written once, however many ways try them', async () => {
    server.script('research_queries', answers.json(sampleQueries))
    server.script('search', answers.text(text))
    server.script('research', answers.json(sampleResearch))
    const last = finding()
    await work([queriesBy(down()), hosted, queriesBy(last)])
    expect(last.asked).toEqual(sampleQueries.queries)
    expect(askers()).toEqual(['research_queries', 'search', 'research'])
  })

  test('all of them failing tells all reasons, and whether another time may help', async () => {
    server.script('research_queries', answers.json(sampleQueries))
    server.script('search', answers.text(text))
    await expect(work([queriesBy(down()), hosted])).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: true,
      message: expect.stringMatching(/naver: down.*did not search the web/),
    })
  })

  test('none at all is said by the name of what to set', async () => {
    const error = new StudioError('CAPABILITY_NOT_CONFIGURED', 'SEARCH_PROVIDERS names gogle.')
    await expect(work([], { searchRoutes: () => Promise.reject(error) })).rejects.toBe(error)
    expect(server.calls).toHaveLength(0)
  })
})

describe('a stage that another worker takes over', () => {
  const memoryOf = () => {
    let kept: unknown
    return {
      recall: async () => (kept === undefined ? undefined : JSON.parse(JSON.stringify(kept))),
      keep: async (search: object) => {
        kept = search
      },
    }
  }

  test('does not pay for the searches again', async () => {
    const memory = memoryOf()
    server.script('research_queries', answers.json(sampleQueries))
    server.respond(() => answers.status(500))
    await expect(work([queriesBy(finding())], { memory })).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
    })
    server.reset()
    server.script('research', answers.json(sampleResearch))
    const provider = finding()
    const { output } = await work([queriesBy(provider)], { memory })
    expect(provider.asked).toEqual([])
    expect(askers()).toEqual(['research'])
    expect(output.value.evidence).toHaveLength(3)
    expect(output.provenance.based_on).toHaveLength(1)
  })

  test('searches anew for another brief, and after some hours', async () => {
    const memory = memoryOf()
    server.respond(({ asker }) =>
      answers.json(asker === 'research' ? sampleResearch : sampleQueries),
    )
    await work([queriesBy(finding())], { memory })
    const other = {
      locale: 'ko-KR',
      brief: { ...sampleBrief, 'product.name': '다른 제품' },
    } as const
    const provider = finding()
    await work([queriesBy(provider)], { memory }, other)
    expect(provider.asked).toEqual(sampleQueries.queries)
    const later = finding()
    const clock = { now: () => Date.now() + 7 * 60 * 60 * 1000 }
    await work([queriesBy(later)], { memory, clock }, other)
    expect(later.asked).toEqual(sampleQueries.queries)
  })

  test('is not stopped by a search that cannot be kept or recalled', async () => {
    const memory = {
      recall: async () => ({ searchedAt: 1, sources: 'broken' }),
      keep: () => Promise.reject(new Error('The table is away.')),
    }
    server.script('research_queries', answers.json(sampleQueries))
    server.script('research', answers.json(sampleResearch))
    expect((await work([queriesBy(finding())], { memory })).output.value.evidence).toHaveLength(3)
  })

  test('keeps a bounded search, whatever was found', async () => {
    const memory = memoryOf()
    server.script('research_queries', answers.json(sampleQueries))
    server.respond(() => answers.json(sampleResearch))
    const huge = (query: string): SearchResult[] =>
      Array.from({ length: 400 }, (_, index) => ({
        title: '가'.repeat(200),
        url: `https://p${index}.example/${encodeURIComponent(query)}`,
        snippet: '나'.repeat(500),
        publishedAt: null,
      }))
    await work([queriesBy(providerOf(huge))], { memory }).catch(() => {})
    const kept = JSON.stringify(await memory.recall())
    expect(Buffer.byteLength(kept)).toBeLessThan(64_000)
    expect(Buffer.byteLength(kept)).toBeGreaterThan(32_000)
  })
})
