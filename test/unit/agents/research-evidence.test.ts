import { describe, expect, test } from 'vitest'
import {
  groundedElements,
  groundResearch,
  researchRules,
} from '../../../shared/agents/research-evidence.ts'
import type { Source } from '../../../shared/agents/research-reading.ts'
import { type Library, verify } from '../../../shared/agents/research-verification.ts'
import type { ResearchAnswer } from '../../../shared/contracts/agents.ts'
import { normalizedUrl } from '../../../shared/rules/web-address.ts'
import { readPage } from '../../support/model-server/research.ts'
import { sampleResearch } from '../../support/model-server/samples.ts'

const searchedAt = '2026-11-22T00:00:00.000Z'

const libraryOf = (...sources: Omit<Source, 'number'>[]): Library => ({
  searchedAt,
  own: sources.map(({ url }) => URL.parse(url)?.hostname ?? ''),
  source: (url) =>
    sources
      .map((source, index) => ({ ...source, number: index + 1 }))
      .find((source) => normalizedUrl(source.url) === normalizedUrl(url)),
})
const sourceOf = (url: string, more: Partial<Source> = {}): Omit<Source, 'number'> => ({
  url,
  title: '검색이 준 제목',
  snippets: [],
  publishedAt: '2026-11-01T00:00:00.000Z',
  page: null,
  ...more,
})

const [cited = { id: '', source: '', title: '', url: '', quote: '', confidence: 0 }] =
  sampleResearch.evidence
const pageText = `앞 문장이다. ${cited.quote} 뒤 문장이다.`

describe('evidence', () => {
  test('whose sentence stands in the page is verified, with what we know of the page', () => {
    const page = readPage(cited.url, pageText, {
      title: '페이지의 제목',
      site: '생활통계',
      publishedAt: '2026-11-20T00:00:00.000Z',
    })
    expect(verify(cited, libraryOf(sourceOf(cited.url, { page })))).toEqual({
      evidence: {
        ...cited,
        title: '페이지의 제목',
        observed_at: page.observedAt,
        verified: true,
        site: '생활통계',
        published_at: '2026-11-20T00:00:00.000Z',
        excerpt: pageText,
        hash: page.hash,
      },
    })
  })

  test('whose sentence stands only in a snippet is not, and has less confidence', () => {
    const source = sourceOf(cited.url, {
      snippets: ['다른 말', `… ${cited.quote} …`],
      page: readPage(cited.url, '전혀 다른 글이 있는 페이지다.'),
    })
    expect(verify(cited, libraryOf(source))).toEqual({
      evidence: {
        ...cited,
        title: '검색이 준 제목',
        observed_at: searchedAt,
        confidence: 0.4,
        verified: false,
        site: 'stats.example',
        published_at: '2026-11-01T00:00:00.000Z',
        excerpt: `… ${cited.quote} …`,
        hash: null,
      },
    })
  })

  test.each([
    [1, 0.4],
    [0.8, 0.4],
    [0.5, 0.25],
    [0, 0],
  ])('with confidence %s has %s when it is not verified', (confidence, expected) => {
    const source = sourceOf(cited.url, { snippets: [cited.quote] })
    expect(verify({ ...cited, confidence }, libraryOf(source))).toMatchObject({
      evidence: { confidence: expected },
    })
  })

  test('whose sentence stands nowhere, or in another source, is none', () => {
    const elsewhere = sourceOf('https://other.example/', { page: readPage('', pageText) })
    const here = sourceOf(cited.url, { page: readPage(cited.url, '전혀 다른 글이다.') })
    expect(verify(cited, libraryOf(elsewhere, here))).toEqual({ missing: 'quote' })
  })

  test('of a page that no search returned is none', () => {
    expect(verify(cited, libraryOf())).toEqual({ missing: 'source' })
  })

  test.each([
    ['stats.example', 'https://m.stats.example/x'],
    ['naver.com', 'https://n.news.naver.com/article/1'],
    ['네이버 뉴스(news.naver.com)', 'https://n.news.naver.com/article/1'],
    ['www.press.co.kr', 'https://news.press.co.kr/1'],
    ['press.kr', 'https://search.example/redirect?to=1', 'https://www.press.kr/1'],
  ])('may name the site of its page as its source: %s of %s', (source, url, read = url) => {
    const library = libraryOf(sourceOf(url, { page: readPage(read, pageText) }))
    expect(verify({ ...cited, url, source }, library)).toMatchObject({ evidence: { source } })
  })

  test.each([
    ['press.kr', 'https://stats.example/x'],
    ['evil.co.kr', 'https://news.press.co.kr/1'],
    ['other.naver.com', 'https://n.news.naver.com/article/1'],
    ['naver.com/login', 'https://n.news.naver.com/article/1'],
  ])('may name no other site: %s of %s', (source, url) => {
    const library = libraryOf(sourceOf(url, { page: readPage(url, pageText) }))
    expect(verify({ ...cited, url, source }, library)).toEqual({ missing: 'sense' })
  })

  test('names the site of its page as its source alone, not in what it quotes', () => {
    const quote = '자세한 통계는 naver.com 에서 볼 수 있다고 한다'
    const url = 'https://n.news.naver.com/article/1'
    const library = libraryOf(sourceOf(url, { page: readPage(url, quote) }))
    expect(verify({ ...cited, url, quote }, library)).toEqual({ missing: 'sense' })
  })

  test('says nothing of its page that the model wrote', () => {
    const source = sourceOf(cited.url, { snippets: [cited.quote] })
    const forged = { ...cited, verified: true, hash: 'b'.repeat(64), observed_at: '2031-01-01' }
    const verdict = verify(forged, libraryOf(source))
    expect(verdict).toMatchObject({ evidence: { verified: false, hash: null } })
    expect(JSON.stringify(verdict)).not.toContain('2031')
  })
})

describe('grounding an answer', () => {
  const readAll = libraryOf(
    ...sampleResearch.evidence.map(({ url, quote }) =>
      sourceOf(url, { page: readPage(url, quote) }),
    ),
  )
  const withNothing = libraryOf(sourceOf('https://elsewhere.example/'))
  const sentences = [
    '핸드크림 검색량이 11월에 38% 늘었다.',
    '온담은 보습 라인으로 사무직 고객에게 다가간다.',
    '인스타그램 릴스는 7~9초 영상의 완주율이 높다.',
  ]

  test('keeps every finding of a good answer', () => {
    const grounded = groundResearch(sampleResearch, readAll)
    expect(grounded.dropped).toEqual([])
    expect(grounded.output).toMatchObject({
      evidence: [{ verified: true }, { verified: true }, { verified: true }],
      market_signals: sampleResearch.market_signals,
      competitor_notes: sampleResearch.competitor_notes,
      channel_observations: sampleResearch.channel_observations,
      risk_flags: sampleResearch.risk_flags,
    })
    expect(researchRules(grounded, false)).toEqual([])
  })

  test('adds and rewords nothing: every sentence is the model’s own', () => {
    const { output, dropped } = groundResearch(sampleResearch, withNothing)
    expect(dropped).toHaveLength(3)
    expect(output).toMatchObject({
      evidence: [],
      market_signals: [],
      competitor_notes: [],
      channel_observations: [],
      risk_flags: [...sentences, ...sampleResearch.risk_flags],
    })
  })

  test('names lists without a ground, and the quotes that were not found', () => {
    const grounded = groundResearch(sampleResearch, withNothing)
    expect(researchRules(grounded, false)).toHaveLength(6)
    // An answer of which nothing stands is none, however often the model was asked.
    expect(researchRules(grounded, true)).toHaveLength(6)
  })

  test('is content with one finding when the model cannot be asked again', () => {
    const [first] = sampleResearch.evidence
    const url = first?.url ?? ''
    const library = libraryOf(sourceOf(url, { page: readPage(url, first?.quote ?? '') }))
    const grounded = groundResearch(sampleResearch, library)
    expect(researchRules(grounded, false)).toHaveLength(4)
    expect(researchRules(grounded, true)).toEqual([])
    expect(grounded.output.risk_flags).toEqual([
      ...sentences.slice(1),
      ...sampleResearch.risk_flags,
    ])
  })

  test('needs a distinct id for each piece of evidence', () => {
    const evidence = sampleResearch.evidence.map((piece) => ({ ...piece, id: 'e1' }))
    const answer: ResearchAnswer = {
      ...sampleResearch,
      evidence,
      competitor_notes: sampleResearch.competitor_notes.map((note) => ({
        ...note,
        evidence_ids: ['e1'],
      })),
      channel_observations: sampleResearch.channel_observations.map((note) => ({
        ...note,
        evidence_ids: ['e1'],
      })),
    }
    expect(researchRules(groundResearch(answer, readAll), true)).toEqual([
      'evidence: two entries have the same id',
    ])
  })

  test.each([
    ['all', readAll],
    ['none', withNothing],
  ])('streams what it commits, with %s found', (_, library) => {
    const streamed: Record<string, unknown[]> = {}
    const listen = groundedElements(library, (kind, item) => {
      streamed[kind] = [...(streamed[kind] ?? []), item]
    })
    for (const [field, value] of Object.entries(sampleResearch)) {
      if (!Array.isArray(value)) continue
      for (const [index, item] of value.entries()) listen([field, index], item)
      listen([field], value)
    }
    const { output } = groundResearch(sampleResearch, library)
    for (const [field, value] of Object.entries(output)) {
      if (Array.isArray(value)) expect(streamed[field] ?? []).toEqual(value)
    }
  })
})
