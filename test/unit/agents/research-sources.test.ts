import { describe, expect, test } from 'vitest'
import { groundResearch, researchRules } from '../../../shared/agents/research-evidence.ts'
import { findingsOf } from '../../../shared/agents/research-sources.ts'
import { normalizedUrl } from '../../../shared/rules/web-address.ts'
import { sampleResearch } from '../../support/model-server/samples.ts'

describe('the findings of a search', () => {
  const cite = (url: string, end_index: number, title?: string) => ({
    type: 'url_citation',
    url,
    end_index,
    start_index: 0,
    title,
  })
  const answerWith = (output: unknown[]) => ({
    id: 'resp_1',
    model: 'm',
    usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
    output,
  })
  const message = (text: string, annotations: unknown[], more = {}) => ({
    type: 'message',
    content: [{ type: 'output_text', text, annotations }],
    ...more,
  })

  test('mark every citation with the number of its page, however often it is cited', () => {
    const output = [
      message('가나. 다라. 마바.', [
        cite('https://a.kr/?utm_source=openai', 3, 'A'),
        cite('https://b.kr/', 7, 'B'),
        cite('https://a.kr', 11),
      ]),
    ]
    const { text, sources } = findingsOf(answerWith(output), '')
    expect(text).toBe('가나. [1] 다라. [2] 마바. [1]')
    expect(sources.map(({ number, title }) => [number, title])).toEqual([
      [1, 'A'],
      [2, 'B'],
    ])
  })

  test('list consulted pages after cited ones, at most 60, and know them all', () => {
    const pages = Array.from({ length: 80 }, (_, index) => ({
      type: 'url',
      url: `https://p${index}.kr/`,
    }))
    const output = [
      { type: 'web_search_call', action: { type: 'search', sources: pages } },
      message('가.', [cite('https://p70.kr/', 2, 'cited')]),
    ]
    const { sources, urls } = findingsOf(answerWith(output), '')
    expect(sources).toHaveLength(60)
    expect(sources[0]).toEqual({ number: 1, url: 'https://p70.kr/', title: 'cited' })
    expect(urls.size).toBe(80)
  })

  test('take nothing from commentary, a page that was only opened, or unknown items', () => {
    const output = [
      message('생각 중', [cite('https://thought.kr/', 1)], { phase: 'commentary' }),
      { type: 'web_search_call', action: { type: 'open_page', url: 'https://opened.kr/' } },
      { type: 'reasoning', summary: [] },
      null,
      message('결과.', [{ type: 'file_citation', file_id: 'f' }, cite('javascript:1', 2)]),
    ]
    const { text, urls } = findingsOf(answerWith(output), '')
    expect(text).toBe('결과.')
    expect([...urls]).toEqual([])
  })

  test('are the streamed text when a server repeats nothing at the end', () => {
    expect(findingsOf(answerWith([]), '흘러온 글').text).toBe('흘러온 글')
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
