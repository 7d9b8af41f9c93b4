import { describe, expect, test } from 'vitest'
import type { ModelAnswer } from '../../../shared/agents/model-call.ts'
import { groundResearch, researchRules } from '../../../shared/agents/research-evidence.ts'
import { findingsOf } from '../../../shared/agents/research-sources.ts'
import { normalizedUrl } from '../../../shared/rules/web-address.ts'
import { sampleResearch } from '../../support/model-server/samples.ts'

describe('the findings of a search', () => {
  const cite = (url: string, end: number, title: string | null = null, partStart = 0) => ({
    type: 'citation' as const,
    url,
    title,
    end,
    part: 'msg_1',
    partStart,
  })
  const answerWith = (more: Partial<ModelAnswer>): ModelAnswer => ({
    id: 'resp_1',
    model: 'm',
    text: '',
    searches: [],
    citations: [],
    ...more,
  })

  test('mark every citation with the number of its page, however often it is cited', () => {
    const { text, sources } = findingsOf(
      answerWith({
        text: '가나. 다라. 마바.',
        citations: [
          cite('https://a.kr/?utm_source=openai', 3, 'A'),
          cite('https://b.kr/', 7, 'B'),
          cite('https://a.kr', 3, null, 8),
        ],
      }),
    )
    expect(text).toBe('가나. [1] 다라. [2] 마바. [1]')
    expect(sources.map(({ number, title }) => [number, title])).toEqual([
      [1, 'A'],
      [2, 'B'],
    ])
  })

  test('list consulted pages after cited ones, at most 60, and know them all', () => {
    const pages = Array.from({ length: 80 }, (_, index) => ({
      url: `https://p${index}.kr/`,
      title: null,
    }))
    const { sources, urls } = findingsOf(
      answerWith({
        text: '가.',
        searches: [{ type: 'search', queries: [], sources: pages }],
        citations: [cite('https://p70.kr/', 2, 'cited')],
      }),
    )
    expect(sources).toHaveLength(60)
    expect(sources[0]).toEqual({ number: 1, url: 'https://p70.kr/', title: 'cited' })
    expect(urls.size).toBe(80)
  })

  test('take no page that is none of the web', () => {
    const citations = [cite('javascript:1', 2)]
    expect([...findingsOf(answerWith({ text: '결과.', citations })).urls]).toEqual([])
  })
})

describe('grounding an answer', () => {
  const urls = new Set(sampleResearch.evidence.flatMap(({ url }) => normalizedUrl(url) ?? []))

  test('leaves a good answer as it is', () => {
    expect(groundResearch(sampleResearch, urls)).toEqual({ output: sampleResearch, dropped: 0 })
    expect(researchRules(sampleResearch, urls)).toEqual([])
  })

  test('adds and rewords nothing: every sentence is the model’s own', () => {
    const { output, dropped } = groundResearch(sampleResearch, new Set(['elsewhere.kr']))
    expect(dropped).toBe(3)
    expect(output.risk_flags).toEqual([
      '핸드크림 검색량이 11월에 38% 늘었다.',
      '온담은 보습 라인으로 사무직 고객에게 다가간다.',
      '인스타그램 릴스는 7~9초 영상의 완주율이 높다.',
      ...sampleResearch.risk_flags,
    ])
    expect(researchRules(output, new Set(['elsewhere.kr']))).toHaveLength(3)
  })

  test('needs a distinct id for each piece of evidence', () => {
    const evidence = sampleResearch.evidence.map((piece) => ({ ...piece, id: 'e1' }))
    expect(researchRules({ ...sampleResearch, evidence }, urls)).toEqual([
      'evidence: two entries have the same id',
    ])
  })
})
