import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ResearchInput } from '../../../shared/agents/research-agent.ts'
import { research } from '../../../shared/agents/research-agent.ts'
import type { ResearchOutput } from '../../../shared/contracts/agents.ts'
import { deadline } from '../../support/limits/machine-speed.ts'
import { agentsOn, elementListener } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
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
const searchedInVain = () => answers.text('찾지 못했습니다.', { sources: [] })

const work = async (more: Partial<ResearchInput> = {}) => {
  const listener = elementListener()
  const agents = agentsOn(server)
  const input: ResearchInput = { locale: 'ko-KR', brief: sampleBrief, ...more }
  const { output, droppedEvidence } = await research(agents, input, listener)
  return { listener, output, droppedEvidence, counted: agents.counted }
}
const itemsOf = (elements: { kind: string; item: unknown }[], kind: string): unknown[] =>
  elements.filter((element) => element.kind === kind).map(({ item }) => item)

/** The sample with one more piece of evidence, which the search never returned, and its followers. */
const invented = { ...sampleResearch.evidence[0], id: 'e9', url: 'https://made-up.example.com/' }
const withInvention = {
  ...sampleResearch,
  evidence: [...sampleResearch.evidence, invented],
  market_signals: [
    { signal: '지어낸 신호다.', impact: 'low', evidence_ids: ['e9'] },
    { signal: '반쯤 근거가 있다.', impact: 'low', evidence_ids: ['e9', 'e1', 'nowhere'] },
    ...sampleResearch.market_signals,
  ],
}

describe('the search', () => {
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

  test('hands over its prose with numbered marks and every page once', async () => {
    server.script('search', searched())
    server.script('research', answers.json(sampleResearch))
    await work()
    const shaping = server.calls[1]
    expect(shaping?.data('findings')).toContain('38% 늘었다. [1] 온담은')
    expect(shaping?.data('sources')).toEqual([
      {
        number: 1,
        url: 'https://stats.example.kr/search-trend?utm_source=openai',
        title: '11월 생활용품 검색 동향',
      },
      { number: 2, url: 'https://ondam.example.kr/shop/hand', title: '온담 핸드케어' },
      { number: 3, url: 'https://reels.example.kr/report/2026', title: null },
    ])
  })

  test.each(['summary', 'items'] as const)(
    'is understood of a server that leaves out the %s',
    async (leavesOut) => {
      server.script('search', answers.search(text, found, { leavesOut }))
      server.script('research', answers.json(sampleResearch))
      expect((await work()).output.value).toEqual(sampleResearch)
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
  test('stays when the search returned its page, however the address is spelled', async () => {
    server.script('search', searched())
    server.script('research', answers.json(sampleResearch))
    const { output, droppedEvidence, listener } = await work()
    expect(output.value).toEqual(sampleResearch)
    expect(droppedEvidence).toBe(0)
    expect(itemsOf(listener.elements, 'evidence')).toEqual(sampleResearch.evidence)
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

  test('that the search did not return is dropped, counted and referred to no more', async () => {
    server.script('search', searched())
    server.script('research', answers.json(withInvention))
    const { output, droppedEvidence } = await work()
    expect(droppedEvidence).toBe(1)
    expect(output.value.evidence).toEqual(sampleResearch.evidence)
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

  test('that leaves a list without a ground asks for another try, with the reason', async () => {
    const groundless: ResearchOutput = {
      ...sampleResearch,
      market_signals: [{ signal: '근거가 없다.', impact: 'low', evidence_ids: [] }],
    }
    server.script('search', searched())
    server.script('research', answers.json(groundless), answers.json(sampleResearch))
    const { output, listener } = await work()
    expect(server.calls[2]?.data('rejected_because')).toEqual([
      expect.stringContaining('market_signals: no entry refers to evidence'),
    ])
    expect(output.value).toEqual(sampleResearch)
    expect(listener.elements.filter(({ attempt }) => attempt === 2)).toHaveLength(7)
  })
})

describe('a search that finds nothing', () => {
  const bare = (risk_flags: string[]): ResearchOutput => ({
    ...sampleResearch,
    market_signals: [{ signal: '겨울에 찾는 제품이다.', impact: 'low', evidence_ids: ['e1'] }],
    risk_flags,
  })

  test('leaves entries without evidence, and a risk flag that says why', async () => {
    server.script('search', searchedInVain())
    server.script('research', answers.json(bare(['검색 결과가 없어 확인이 필요하다.'])))
    const { output, droppedEvidence } = await work()
    expect(output.value.evidence).toEqual([])
    expect(droppedEvidence).toBe(3)
    expect(output.value.market_signals[0]?.evidence_ids).toEqual([])
  })

  test('is no answer without that risk flag', async () => {
    server.script('search', searchedInVain())
    server.respond(() => answers.json(bare([])))
    await expect(work()).rejects.toMatchObject({ code: 'SCHEMA_VALIDATION_FAILED' })
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
