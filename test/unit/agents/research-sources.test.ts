import { describe, expect, test } from 'vitest'
import { openReading } from '../../../shared/agents/research-reading.ts'
import { hostedFindings, listedSources } from '../../../shared/agents/research-sources.ts'
import type { PageReader } from '../../../shared/clients/pages/page-reader.ts'
import { readingLimits } from '../../../shared/rules/search-limits.ts'
import { readerOf, readPage } from '../../support/model-server/research.ts'

const found = (url: string, more: { title?: string; snippet?: string } = {}) => ({
  url,
  title: null,
  snippet: '',
  publishedAt: null,
  ...more,
})
const { signal } = new AbortController()

describe('the prose of a hosted search', () => {
  const cite = (url: string, end: number, partStart = 0) => ({
    type: 'citation' as const,
    url,
    title: null,
    end,
    part: `msg_${partStart}`,
    partStart,
  })
  const numbers: Record<string, number> = { 'https://a.kr/': 1, 'https://b.kr/': 2 }
  const findings = (text: string, citations: ReturnType<typeof cite>[]) =>
    hostedFindings({ text, citations }, (url) => numbers[url])

  test('marks every cited sentence with the number of its page', () => {
    const text = '감이 익었다. 배도 익었다. 밤은 아직이다.'
    const { text: marked, cited } = findings(text, [
      cite('https://a.kr/', 7),
      cite('https://b.kr/', 15),
      cite('https://a.kr/', 15),
    ])
    expect(marked).toBe('감이 익었다. [1] 배도 익었다. [1] [2] 밤은 아직이다.')
    expect(Object.fromEntries(cited)).toEqual({
      1: '감이 익었다. 배도 익었다.',
      2: '배도 익었다.',
    })
  })

  test('counts the places of each part from its beginning', () => {
    const text = '감이 익었다.배도 익었다.'
    const { text: marked } = findings(text, [cite('https://a.kr/', 7), cite('https://b.kr/', 7, 7)])
    expect(marked).toBe('감이 익었다. [1]배도 익었다. [2]')
  })

  test('takes no mark of the model’s own for a citation, and no citation of an unknown page', () => {
    const { text, cited } = findings('감이 익었다 [2]. 배도 익었다.', [
      cite('https://unknown.kr/', 11),
    ])
    expect(text).toBe('감이 익었다 (2). 배도 익었다.')
    expect([...cited]).toEqual([])
  })
})

describe('the pages of a run', () => {
  test('are known once, in whatever spelling, with everything that searches said of them', async () => {
    const reader = readerOf({ 'https://a.kr/x': '글' })
    const reading = openReading(reader, signal)
    reading.add(found('https://a.kr/x', { snippet: '하나' }), 16)
    reading.add(found('https://A.kr/x/?utm_source=openai#top', { title: 'A', snippet: '둘' }), 16)
    reading.add(found('javascript:alert(1)'), 16)
    await reading.settle(1000)
    expect(reader.asked).toEqual(['https://a.kr/x'])
    expect(reading.sources()).toMatchObject([
      { number: 1, url: 'https://a.kr/x', title: 'A', snippets: ['하나', '둘'] },
    ])
  })

  test('are found under the address to which they redirected', async () => {
    const page = readPage('https://b.kr/new', '글')
    const reading = openReading(readerOf({ 'https://a.kr/old': page }), signal)
    reading.add(found('https://a.kr/old'), 16)
    await reading.settle(1000)
    expect(reading.source('https://b.kr/new/')?.number).toBe(1)
    expect(reading.source('https://c.kr/')).toBeUndefined()
  })

  test.each([
    '[기사](https://a.kr/x_(1))',
    '[https://a.kr/x_(1)](https://a.kr/x_(1))',
    'URL: https://a.kr/x_(1)',
    'https://a.kr/x_(1)【3†source】',
    'https://a.kr/x_(1) [3]',
    'https://a.kr/x_(1) (2026)',
    'https://a.kr/x_%281%29%20',
    'https://a.kr/x_(1)%E2%80%8B?utm_source=openai',
  ])('are found with what a model writes around their address: %s', (written) => {
    const reading = openReading(readerOf({}), signal)
    reading.add(found('https://a.kr/x_(1)'), 0)
    expect(reading.source(written)?.number).toBe(1)
    expect(reading.source(written.replaceAll('x_', 'y_'))).toBeUndefined()
  })

  test.each([
    ['https://a.kr/x?id=5', 'https://a.kr/x?id=5&from=list'],
    ['https://a.kr/x?id=5&from=list', '[기사](https://a.kr/x?id=5)'],
    ['https://a.kr/x', 'https://a.kr/x/amp'],
    ['https://a.kr/x', 'https://www.a.kr/x/amp/?utm_source=openai'],
    ['https://a.kr/x', 'https://a.kr/x.amp'],
    ['https://a.kr/x?id=5', 'https://a.kr/x?amp=1&id=5'],
    ['https://a.kr/x', 'https://amp.a.kr/x'],
    ['https://amp.a.kr/x', 'https://a.kr/x'],
    ['https://a.kr/x', 'https://www.google.com/amp/s/www.a.kr/x'],
    ['https://a.kr/x', 'https://www.google.co.kr/amp/s/amp.a.kr/x/amp'],
    ['https://a.kr/x', 'https://www-a-kr.cdn.ampproject.org/c/s/www.a.kr/x?amp_js_v=0.1'],
  ])('%s is found by another form of its address: %s', (known, written) => {
    const reading = openReading(readerOf({}), signal)
    reading.add(found(known), 0)
    reading.add(found('https://b.kr/x'), 0)
    expect(reading.source(written)?.number).toBe(1)
  })

  test('are found by another form of the address to which they redirected', async () => {
    const page = readPage('https://b.kr/new?id=5', '글')
    const reading = openReading(readerOf({ 'https://a.kr/old': page }), signal)
    reading.add(found('https://a.kr/old'), 16)
    await reading.settle(1000)
    expect(reading.source('https://b.kr/new?id=5&from=list')?.number).toBe(1)
  })

  test.each([
    ['https://a.kr/x?id=6', 'another page'],
    ['https://a.kr/x', 'either of two pages'],
    ['https://a.kr/y/amp', 'another path'],
    ['https://c.kr/x?id=5', 'another site'],
    ['https://www.google.com/amp/s/c.kr/x', 'another site in a cache'],
    ['https://www.google.com/amp/', 'no page'],
  ])('are not found by %s, %s', (written) => {
    const reading = openReading(readerOf({}), signal)
    reading.add(found('https://a.kr/x?id=5'), 0)
    reading.add(found('https://a.kr/x?id=7'), 0)
    expect(reading.source(written)).toBeUndefined()
  })

  test('are read over https, as search engines do not always say', async () => {
    const reader = readerOf({})
    const reading = openReading(reader, signal)
    for (const url of ['http://a.kr/x', 'http://a.kr:80/y', 'http://pages.localhost:81/z']) {
      reading.add(found(url), 16)
    }
    expect(reader.asked).toEqual([
      'https://a.kr/x',
      'https://a.kr/y',
      'http://pages.localhost:81/z',
    ])
  })

  test.each([
    ['https://a.kr/x?b=2&amp;a=1', 'https://a.kr/x?b=2&a=1'],
    ['a.kr/x', 'https://a.kr/x'],
    ['//a.kr/x', 'https://a.kr/x'],
    ['http://a.kr/x?c=3&amp;d=4', 'https://a.kr/x?c=3&d=4'],
  ])('are read under the address that %s stands for', async (written, url) => {
    const reader = readerOf({ [url]: '글' })
    const reading = openReading(reader, signal)
    reading.add(found(written), 16)
    await reading.settle(1000)
    expect(reader.asked).toEqual([url])
    expect(reading.sources()).toMatchObject([{ page: { text: '글' } }])
    expect(reading.sources()[0]?.url.replace('http:', 'https:')).toBe(url)
  })

  test('are read without the marks of the sentence when there is no page with them', async () => {
    const reader = readerOf({ 'https://a.kr/x': '글', 'https://a.kr/Apple_Inc.': '회사' })
    const reading = openReading(reader, signal)
    for (const url of ['https://a.kr/x).', 'https://a.kr/Apple_Inc.']) reading.add(found(url), 16)
    await reading.settle(1000)
    expect(reader.asked.toSorted()).toEqual([
      'https://a.kr/Apple_Inc.',
      'https://a.kr/x',
      'https://a.kr/x).',
    ])
    expect(reading.sources()).toMatchObject([
      { url: 'https://a.kr/x', page: { text: '글' } },
      { url: 'https://a.kr/Apple_Inc.', page: { text: '회사' } },
    ])
  })

  test('are asked for once when the site refuses them, whatever marks they end with', async () => {
    const asked: string[] = []
    const reading = openReading(
      {
        async read(url) {
          asked.push(url)
          return { status: 'refused', url, reason: 'robots' }
        },
      },
      signal,
    )
    reading.add(found('https://a.kr/x).'), 16)
    await reading.settle(1000)
    expect(asked).toEqual(['https://a.kr/x).'])
  })

  test('are read up to the limit of the search that found them', async () => {
    const reader = readerOf({})
    const reading = openReading(reader, signal)
    for (let page = 0; page < 30; page += 1) reading.add(found(`https://p${page}.kr/`), 8)
    expect(reader.asked).toHaveLength(8)
    for (let page = 30; page < 60; page += 1) {
      reading.add(found(`https://p${page}.kr/`), readingLimits.pages)
    }
    expect(reader.asked).toHaveLength(readingLimits.pages)
    expect(reading.sources()).toHaveLength(60)
  })

  test('that come too late stay unread, and are not waited for', async () => {
    const late = Promise.withResolvers<void>()
    const signals: AbortSignal[] = []
    const slow: PageReader = {
      async read(url, stop) {
        signals.push(stop)
        await late.promise
        return { status: 'read', page: readPage(url, '늦은 글') }
      },
    }
    const reading = openReading(slow, signal)
    reading.add(found('https://a.kr/'), 16)
    await reading.settle(10)
    expect(signals[0]?.aborted).toBe(true)
    late.resolve()
    await late.promise
    expect(reading.sources()[0]?.page).toBeNull()
  })

  test('are given up with the run', async () => {
    const stop = new AbortController()
    const reading = openReading({ read: () => new Promise(() => {}) }, stop.signal)
    reading.add(found('https://a.kr/'), 16)
    const settled = reading.settle(60_000)
    const reason = new Error('cancelled')
    stop.abort(reason)
    await expect(settled).rejects.toBe(reason)
  })
})

describe('the sources that the model is given', () => {
  const source = (number: number, more: { text?: string; snippets?: string[] } = {}) => ({
    number,
    url: `https://p${number}.kr/`,
    title: `검색 ${number}`,
    snippets: more.snippets ?? [],
    publishedAt: null,
    page: more.text === undefined ? null : readPage(`https://p${number}.kr/`, more.text),
  })

  test('begin with pages that were read, and leave out what nothing is known of', () => {
    const listed = listedSources(
      [source(1, { snippets: ['소개'] }), source(2), source(3, { text: '읽은 글' })],
      [],
    )
    expect(listed.map(({ number, from, text }) => [number, from, text])).toEqual([
      [3, 'page', '읽은 글'],
      [1, 'search', '소개'],
    ])
  })

  test('keep what a search said where the page answered us with something else', () => {
    const wall = '이 사이트는 쿠키를 사용합니다. 계속하려면 동의해 주세요.'
    const listed = listedSources(
      [
        source(1, { snippets: ['국내 핸드크림 시장은 12% 성장했다'], text: wall }),
        source(2, { snippets: ['국내 … 시장은 12%'], text: '국내 핸드크림 시장은 12% 성장했다.' }),
      ],
      [],
    )
    expect(listed.map(({ number, from, text }) => [number, from, text])).toEqual([
      [1, 'page', wall],
      [2, 'page', '국내 핸드크림 시장은 12% 성장했다.'],
      [1, 'search', '국내 핸드크림 시장은 12% 성장했다'],
    ])
  })

  test('are bounded, and of a long page hold what has to do with the search', () => {
    const filler = '이 문장은 찾는 것과 아무 관계가 없는 문장입니다. '.repeat(200)
    const text = `${filler}핸드크림 검색량은 11월에 38% 늘었다. ${filler}`
    const listed = listedSources(
      Array.from({ length: 60 }, (_, index) => source(index + 1, { text })),
      ['핸드크림 검색량'],
    )
    expect(listed).toHaveLength(readingLimits.sources)
    for (const entry of listed) {
      expect(entry.text).toContain('38% 늘었다')
      expect(entry.text.length).toBeLessThanOrEqual(readingLimits.passageLength)
    }
  })
})
