import { describe, expect, test } from 'vitest'
import { createExtraction } from '../../../../shared/clients/pages/extraction.ts'
import { htmlContent } from '../../../../shared/clients/pages/html-content.ts'
import { deadline, limit } from '../../../support/limits/machine-speed.ts'

const url = 'https://a.kr/news/1'
const pageOf = (html: string) => ({ html, url, maxText: 100_000, now: Date.UTC(2026, 10, 26) })
const contentOf = (html: string) => htmlContent(pageOf(html))
const body = (inner: string) => `<!doctype html><html><head></head><body>${inner}</body></html>`
const sentence = '올해 핸드크림 매출은 지난해보다 12% 늘었고, 겨울에는 더 많이 팔린다.'

describe('the text of a page', () => {
  test('is the article, without what surrounds it', () => {
    const paragraphs = Array.from({ length: 8 }, (_, index) => `<p>${index}. ${sentence}</p>`).join(
      '',
    )
    const { text } = contentOf(
      body(`<header>온담일보</header><nav><a href=/>홈</a> 로그인</nav><article><h1>제목</h1>${paragraphs}</article>
        <aside>많이 본 뉴스</aside><footer>저작권</footer><script>alert(1)</script>`),
    )
    expect(text.split('\n').slice(-8)).toEqual(
      Array.from({ length: 8 }, (_, index) => `${index}. ${sentence}`),
    )
    expect(text).not.toMatch(/온담일보|로그인|많이 본|저작권|alert/)
  })

  test('is all that is visible where there is no article', () => {
    const html = body(
      '<ul><li>가격 <b>12,000</b>원</li><li>배송 2일</li></ul><table><tr><td>향<td>무화과</table>',
    )
    expect(contentOf(html).text).toBe('가격 12,000원\n배송 2일\n향 무화과')
  })

  test('is the navigation where there is nothing else', () => {
    expect(contentOf(body('<nav><p>첫 화면</p></nav>')).text).toBe('첫 화면')
  })

  test.each([
    ['without html', `<title>t</title><p>${sentence}`],
    ['without body', `<html><p>${sentence}</p></html>`],
    ['with a head only', `<html><head><title>t</title></head><p>${sentence}`],
    ['not closed', `<html><body><div><p>${sentence}`],
    ['in capitals', `<HTML><BODY><P>${sentence}</P></BODY></HTML>`],
    ['with text outside of tags', sentence],
  ])('is found in markup %s', (_, html) => {
    expect(contentOf(html).text).toBe(sentence)
  })

  test('holds nothing that is hidden', () => {
    const hidden = [
      '<p hidden>a</p>',
      '<p style="display: none">b</p>',
      '<div style="VISIBILITY:hidden"><p>c</p></div>',
      '<p style="opacity:0">d</p>',
      '<p style="font-size:0px;color:red">e</p>',
      '<p aria-hidden=true>f</p>',
      '<p style="position:absolute;left:-9999px">g</p>',
      '<template>h</template>',
      '<noscript>i</noscript>',
      '<style>j</style>',
      '<!-- k -->',
      '<dialog>l</dialog>',
      '<textarea>m</textarea>',
      '<svg><title>n</title></svg>',
    ].join('')
    expect(contentOf(body(`${hidden}<p style="opacity:0.9">${sentence}</p>`)).text).toBe(sentence)
    const article = `<article>${`<p>${sentence}</p>`.repeat(10)}${hidden}</article>`
    expect(new Set(contentOf(body(article)).text.split('\n'))).toEqual(new Set([sentence]))
  })

  test('is NFC, well-formed and without characters that do not show', () => {
    const html = body(
      `<p>${'가각'.normalize('NFD')}\u200b\u202e\ue000&#xd800;&#0;\u00ad👩\u200d💻\u3164끝</p>`,
    )
    const { text } = contentOf(html)
    expect(text).toBe('가각👩\u200d💻 끝')
  })

  test('is cut between graphemes', () => {
    const { text } = htmlContent({ ...pageOf(body('<p>가나👨‍👩‍👧다</p>')), maxText: 5 })
    expect(text).toBe('가나')
  })
})

describe('what a page says of itself', () => {
  const head = (inner: string) =>
    `<html><head>${inner}</head><body><p>${sentence}</p></body></html>`

  test.each([
    [
      '<meta property="og:title" content="제목 &amp; 부제"><title>제목 - 신문</title>',
      '제목 & 부제',
    ],
    ['<title>\n 제목\u200b \n</title>', '제목'],
    ['<script type="application/ld+json">{"@graph":[{"headline":"제목"}]}</script>', '제목'],
    ['', null],
  ])('%s: the title', (markup, title) => {
    expect(contentOf(head(markup)).title).toBe(title)
  })

  test.each([
    [
      '<meta property="article:published_time" content="2026-11-03T10:00:00+09:00">',
      '2026-11-03T01:00:00.000Z',
    ],
    ['<meta name="pubdate" content="2026-11-03 10:00:00">', '2026-11-03'],
    ['<meta name="date" content="2026.11.03. 오후 3:21">', '2026-11-03'],
    ['<meta name="date" content="2026년 11월 3일">', '2026-11-03'],
    ['<meta name="date" content="20261103153000">', '2026-11-03'],
    ['<meta name="date" content="Tue, 03 Nov 2026 06:00:00 GMT">', '2026-11-03T06:00:00.000Z'],
    [
      '<meta name="date" content="soon"><script type="application/ld+json">[{"@type":"NewsArticle","datePublished":"2026-11-03"}]</script>',
      '2026-11-03',
    ],
    ['<time datetime="2026-11-03T06:00Z">어제</time>', '2026-11-03T06:00:00.000Z'],
    ['<meta name="date" content="2026-02-31">', null],
    ['<meta name="date" content="2099-01-01">', null],
    ['<meta name="date" content="0001-01-01T00:00:00Z">', null],
    ['<script type="application/ld+json">{"datePublished":{}} broken</script>', null],
    ['', null],
  ])('%s: the date', (markup, date) => {
    expect(contentOf(head(markup)).publishedAt).toBe(date)
  })

  test('its site, from a preview or from its publisher', () => {
    expect(contentOf(head('<meta property="og:site_name" content="온담일보">')).site).toBe(
      '온담일보',
    )
    const data = '<script type="application/ld+json">{"publisher":{"name":"온담"}}</script>'
    expect(contentOf(head(data)).site).toBe('온담')
    expect(contentOf(head('')).site).toBeNull()
  })

  test('where it sends its readers, unless only later or without scripts', () => {
    const refresh = (content: string) =>
      contentOf(head(`<meta http-equiv=refresh content="${content}">`)).refresh
    expect(refresh('0; url=/next')).toBe('https://a.kr/next')
    expect(refresh("3;URL='next?a=1'")).toBe('https://a.kr/news/next?a=1')
    expect(refresh('300; url=/next')).toBeNull()
    expect(refresh('5')).toBeNull()
    const noscript = '<noscript><meta http-equiv=refresh content="0;url=/no"></noscript>'
    expect(contentOf(head(noscript)).refresh).toBeNull()
    expect(
      contentOf(head('<base href="/b/"><meta http-equiv=refresh content="0;url=c">')).refresh,
    ).toBe('https://a.kr/b/c')
  })

  test('the frame that its text is in, on the same site', () => {
    const frames = '<iframe src="https://ads.example/"></iframe><iframe src="/post"></iframe>'
    expect(contentOf(body(frames)).frame).toBe('https://a.kr/post')
    expect(contentOf(body(`${frames}<p>${sentence.repeat(10)}</p>`)).frame).toBeNull()
  })
})

describe('markup that would take hours', () => {
  const { signal } = new AbortController()
  const repeated = (unit: string) => unit.repeat(Math.floor(2_000_000 / unit.length))

  test('is given up, and the next page is read', async () => {
    const impatient = createExtraction(deadline(500))
    const deep = impatient.read(pageOf(repeated('<div>')), signal)
    const next = createExtraction(limit(20_000)).read(pageOf(body(`<p>${sentence}`)), signal)
    expect(await deep).toBeUndefined()
    expect(await next).toMatchObject({ text: sentence })
  })

  test('does not keep a page behind it from its turn', async () => {
    const extraction = createExtraction(deadline(1_000))
    const [deep, next] = await Promise.all([
      extraction.read(pageOf(repeated('<b>')), signal),
      extraction.read(pageOf(body(`<p>${sentence}`)), signal),
    ])
    expect(deep).toBeUndefined()
    expect(next).toMatchObject({ text: sentence })
  })

  test('gives at least what is visible, when that is known', async () => {
    const drafts: string[] = []
    const article = `<article>${`<p>${sentence}</p>`.repeat(10)}</article>`
    const whole = htmlContent(pageOf(body(`<p>앞</p>${article}`)), ({ text }) => drafts.push(text))
    expect(drafts).toEqual([expect.stringMatching(/^앞\n올해/)])
    expect(whole.text).toMatch(/^올해/)

    const stuck = new URL('../../../support/pages/stuck-thread.ts', import.meta.url)
    const extraction = createExtraction(deadline(200), stuck)
    expect(await extraction.read(pageOf('one'), signal)).toMatchObject({ text: 'one' })
    expect(await extraction.read(pageOf('two'), signal)).toMatchObject({ text: 'two' })
  })

  test('in a thread that cannot start is an error, not a page that is too complex', async () => {
    const extraction = createExtraction(deadline(200), new URL('file:///none.ts'))
    await expect(extraction.read(pageOf('one'), signal)).rejects.toThrow()
    await expect(extraction.read(pageOf('two'), signal)).rejects.toThrow()
  })

  test('lets its caller go', async () => {
    const caller = new AbortController()
    const reading = createExtraction(limit(20_000)).read(pageOf(repeated('<i>')), caller.signal)
    caller.abort(new Error('cancelled'))
    await expect(reading).rejects.toThrow('cancelled')
  })
})
