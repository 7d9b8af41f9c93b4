import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type ResearchDependencies,
  type ResearchInput,
  research,
} from '../../../shared/agents/research-agent.ts'
import type { ResearchAnswer } from '../../../shared/contracts/agents.ts'
import { deadline } from '../../support/limits/machine-speed.ts'
import { elementListener } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import { readerOf, researchOn } from '../../support/model-server/research.ts'
import { sampleBrief, sampleFindings, sampleResearch } from '../../support/model-server/samples.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => {
  server.reset()
  vi.stubEnv('RESEARCH_DEADLINE_MS', `${deadline(1500)}`)
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => server.stop())

const { text, ...found } = sampleFindings
const searched = () => answers.search(text, found)

const work = async (
  more: Partial<ResearchDependencies> = {},
  input: ResearchInput = { locale: 'ko-KR', brief: sampleBrief },
) => {
  const listener = elementListener()
  const agents = researchOn(server, more)
  const { output, droppedEvidence } = await research(agents, input, listener)
  return { listener, output, droppedEvidence, counted: agents.counted }
}
const itemsOf = (elements: { kind: string; item: unknown }[], kind: string): unknown[] =>
  elements.filter((element) => element.kind === kind).map(({ item }) => item)

/** Every sample page, as it is read. */
const samplePages = readerOf(
  Object.fromEntries(
    sampleResearch.evidence.map(({ url, quote }) => [
      url.replace(/#.*|\/$/g, ''),
      `${quote} 그리고 다른 문장이 이어진다.`,
    ]),
  ),
)

/** The sample with one more piece of evidence, which the search never returned, and its followers. */
const invented = {
  id: 'e9',
  source: '지어낸 곳',
  title: '지어낸 글',
  url: 'https://made-up.example/',
  quote: '어디에도 없는 문장을 지어냈다.',
  confidence: 1,
}
const withInvention: ResearchAnswer = {
  ...sampleResearch,
  evidence: [...sampleResearch.evidence, invented],
  market_signals: [
    { signal: '지어낸 신호다.', impact: 'low', evidence_ids: ['e9'] },
    { signal: '반쯤 근거가 있다.', impact: 'low', evidence_ids: ['e9', 'e1', 'nowhere'] },
    ...sampleResearch.market_signals,
  ],
}

describe('the search of the model’s server', () => {
  test('stands in Korea, asks for its sources and for no schema', async () => {
    server.script('search', searched())
    server.script('research', answers.json(sampleResearch))
    await work()
    const [search] = server.calls
    expect(search?.body).toMatchObject({
      model: 'gpt-6.1-terra',
      include: ['web_search_call.action.sources'],
      tools: [
        {
          type: 'web_search',
          user_location: { type: 'approximate', country: 'KR', timezone: 'Asia/Seoul' },
        },
      ],
    })
    expect(search?.body.text).toBeUndefined()
    expect(search?.data('brief')).toEqual(sampleBrief)
  })

  test('hands over its prose with numbered marks, and each page that it cites', async () => {
    server.script('search', searched())
    server.script('research', answers.json(sampleResearch))
    await work()
    const shaping = server.calls[1]
    expect(shaping?.data('findings')).toContain('38% 늘었다. [1] 온담은')
    expect(shaping?.data('sources')).toMatchObject([
      {
        number: 1,
        url: 'https://stats.example/search-trend',
        title: '11월 생활용품 검색 동향',
        from: 'search',
        text: '핸드크림 검색량은 11월에 전월보다 38% 늘었다.',
      },
      { number: 2, url: 'https://ondam.example/shop/hand', title: '온담 핸드케어' },
      { number: 3, url: 'https://reels.example/report/2026', title: '2026 릴스 완주율' },
    ])
  })

  test('has its pages read while it writes, and the model is given what they say', async () => {
    const pages = readerOf({ 'https://stats.example/search-trend': '우리가 읽은 통계 글이다.' })
    server.script('search', searched())
    server.script('research', answers.json(sampleResearch))
    await work({ pages })
    expect(pages.asked.toSorted()).toEqual([
      'https://ondam.example/shop/hand',
      'https://reels.example/report/2026',
      'https://stats.example/search-trend',
    ])
    expect(server.calls[1]?.data('sources')).toMatchObject([
      { number: 1, from: 'page', text: '우리가 읽은 통계 글이다.' },
      // The page does not say what the search cites it for.
      { number: 1, from: 'search' },
      { number: 2, from: 'search' },
      { number: 3, from: 'search' },
    ])
  })

  test.each(['summary', 'items'] as const)(
    'is understood of a server that leaves out the %s',
    async (leavesOut) => {
      server.script('search', answers.search(text, found, { leavesOut }))
      server.script('research', answers.json(sampleResearch))
      const { output } = await work({ pages: samplePages })
      expect(output.value.evidence.map(({ verified }) => verified)).toEqual([true, true, true])
    },
  )

  test('is part of the provenance: its id and its tokens', async () => {
    server.script('search', searched())
    server.script('research', answers.json(sampleResearch))
    const { output, counted } = await work()
    expect(output.provenance.based_on).toEqual([expect.stringMatching(/^resp_/)])
    expect(output.provenance.based_on).not.toContain(output.provenance.response_id)
    expect(output.provenance.usage.total_tokens).toBe(300)
    expect(counted).toEqual(['research', 'research'])
  })
})

describe('evidence', () => {
  test('whose page was read is verified, however its address is spelled', async () => {
    server.script('search', searched())
    server.script('research', answers.json(sampleResearch))
    const { output, droppedEvidence, listener } = await work({ pages: samplePages })
    expect(output.value).toMatchObject({
      evidence: sampleResearch.evidence.map(({ id, quote, confidence }) => ({
        id,
        quote,
        confidence,
        verified: true,
        hash: 'f'.repeat(64),
      })),
      market_signals: sampleResearch.market_signals,
    })
    expect(droppedEvidence).toBe(0)
    expect(itemsOf(listener.elements, 'evidence')).toEqual(output.value.evidence)
    expect(listener.elements.map(({ kind }) => kind)).toEqual([
      'evidence',
      'evidence',
      'evidence',
      'market_signals',
      'competitor_notes',
      'channel_observations',
      'risk_flags',
    ])
  })

  test('whose page could not be read rests on what the search said of it, with less confidence', async () => {
    server.script('search', searched())
    server.script('research', answers.json(sampleResearch))
    const { output, listener } = await work()
    for (const evidence of output.value.evidence) {
      expect(evidence).toMatchObject({ verified: false, hash: null })
      expect(evidence.confidence).toBeLessThanOrEqual(0.4)
    }
    expect(output.value.market_signals).toEqual(sampleResearch.market_signals)
    expect(itemsOf(listener.elements, 'evidence')).toEqual(output.value.evidence)
  })

  test('that stands nowhere is dropped, counted and referred to no more', async () => {
    server.script('search', searched())
    server.script('research', answers.json(withInvention))
    const { output, droppedEvidence } = await work({ pages: samplePages })
    expect(droppedEvidence).toBe(1)
    expect(output.value.evidence.map(({ id }) => id)).toEqual(['e1', 'e2', 'e3'])
    expect(output.value.market_signals).toEqual([
      { signal: '반쯤 근거가 있다.', impact: 'low', evidence_ids: ['e1'] },
      ...sampleResearch.market_signals,
    ])
    expect(output.value.risk_flags).toEqual(['지어낸 신호다.', ...sampleResearch.risk_flags])
    expect(JSON.stringify(output.value)).not.toContain('made-up')
  })

  test('is dropped from the live elements in the same way', async () => {
    server.script('search', searched())
    server.script('research', answers.json(withInvention, { chunkCharacters: 7 }))
    const { output, listener } = await work()
    const lists = ['evidence', 'market_signals', 'competitor_notes', 'risk_flags'] as const
    for (const list of lists) expect(itemsOf(listener.elements, list)).toEqual(output.value[list])
  })

  test('is waited for by elements that were written before it', async () => {
    const { evidence, ...rest } = withInvention
    server.script('search', searched())
    server.script('research', answers.json({ ...rest, evidence }))
    const { output, listener } = await work()
    for (const list of ['market_signals', 'competitor_notes'] as const) {
      expect(itemsOf(listener.elements, list)).toEqual(output.value[list])
    }
  })

  const groundless: ResearchAnswer = {
    ...sampleResearch,
    market_signals: [{ signal: '근거가 없다.', impact: 'low', evidence_ids: [] }],
  }

  test('that leaves a list without a ground asks for another try, with the reason', async () => {
    server.script('search', searched())
    server.script('research', answers.json(groundless), answers.json(sampleResearch))
    const { output, listener } = await work()
    expect(server.calls[2]?.data('rejected_because')).toEqual([
      expect.stringContaining('market_signals: no entry refers to evidence'),
    ])
    expect(output.value.market_signals).toEqual(sampleResearch.market_signals)
    expect(listener.elements.filter(({ attempt }) => attempt === 2)).toHaveLength(7)
  })

  test('may leave a list empty when the model has been asked again', async () => {
    server.script('search', searched())
    server.respond(() => answers.json(groundless))
    const { output } = await work()
    expect(output.value.market_signals).toEqual([])
    expect(output.value.risk_flags).toEqual(['근거가 없다.', ...sampleResearch.risk_flags])
    expect(output.value.competitor_notes).toEqual(sampleResearch.competitor_notes)
  })

  test('is needed for one finding at least', async () => {
    const nothing = { ...sampleResearch, evidence: [invented] }
    server.script('search', searched())
    server.respond(() => answers.json(nothing))
    await expect(work()).rejects.toMatchObject({ code: 'SCHEMA_VALIDATION_FAILED' })
    expect(server.calls).toHaveLength(3)
  })
})

describe('a server that does not search', () => {
  test('is no source: what the model knows by heart becomes no finding', async () => {
    server.script('search', answers.text(text))
    server.respond(() => answers.json(sampleResearch))
    await expect(work()).rejects.toMatchObject({
      code: 'CAPABILITY_NOT_CONFIGURED',
      retryable: false,
      message: expect.stringMatching(/SEARCH_PROVIDERS.*NAVER_CLIENT_ID.*SEARXNG_URL/),
    })
    expect(server.calls).toHaveLength(1)
  })

  test('is none either when it cites pages without a search', async () => {
    server.script('search', answers.text(text, { citations: found.citations }))
    await expect(work()).rejects.toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED' })
  })

  test('may refuse the request for its tool', async () => {
    server.script('search', answers.status(400))
    await expect(work()).rejects.toMatchObject({
      code: 'CAPABILITY_NOT_CONFIGURED',
      message: expect.stringContaining('SEARCH_PROVIDERS'),
    })
  })

  test('that searched and found nothing has nothing to shape', async () => {
    server.script('search', answers.text('찾지 못했습니다.', { sources: [] }))
    await expect(work()).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    expect(server.calls).toHaveLength(1)
  })
})

describe('the calls', () => {
  test('are three at most: one of the two is asked again, not both', async () => {
    server.script('search', answers.status(500), searched())
    server.script('research', answers.status(500))
    await expect(work()).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' })
    expect(server.calls.map(({ asker }) => asker)).toEqual(['search', 'search', 'research'])
  })

  test('are three at most: the shaping may be asked again when the search was not', async () => {
    server.script('search', searched())
    server.respond(() => answers.status(500))
    await expect(work()).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' })
    expect(server.calls.map(({ asker }) => asker)).toEqual(['search', 'research', 'research'])
  })

  test.each([
    ['the search', 1],
    ['the shaping', 2],
  ])('end in RESEARCH_TIMEOUT when %s hangs', async (_, calls) => {
    vi.stubEnv('RESEARCH_DEADLINE_MS', `${deadline(200)}`)
    if (calls === 2) server.script('search', searched())
    server.respond(() => answers.silence())
    await expect(work()).rejects.toMatchObject({ code: 'RESEARCH_TIMEOUT' })
    expect(server.calls).toHaveLength(calls + 1)
  })

  test('end when the search is refused', async () => {
    server.script('search', answers.refusal())
    await expect(work()).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
    expect(server.calls).toHaveLength(1)
  })
})
