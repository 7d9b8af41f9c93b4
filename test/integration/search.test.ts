import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ResearchAnswer } from '../../shared/contracts/agents.ts'
import { answers } from '../support/model-server/answers.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleQueries,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { type PageServer, startPageServer } from '../support/pages/page-server.ts'
import { type SearchServer, startSearchServer } from '../support/search-server/search-server.ts'
import { readLog, waitForEvent } from '../support/studio/client.ts'
import { readySession, type Studio, startStudio } from '../support/studio/studio.ts'

let search: SearchServer
let web: PageServer
let studio: Studio

beforeAll(async () => {
  ;[search, web] = await Promise.all([startSearchServer(), startPageServer()])
  studio = await startStudio({
    SEARCH_PROVIDERS: 'naver,kakao',
    NAVER_CLIENT_ID: 'id',
    NAVER_CLIENT_SECRET: 'secret',
    NAVER_URL: search.url,
    KAKAO_REST_API_KEY: 'key',
    KAKAO_URL: search.url,
    PAGES_ALLOW_LOOPBACK: 'true',
  })
})
beforeEach(() => {
  search.reset()
  studio.model.reset()
})
afterAll(() => Promise.all([studio.stop(), search.stop(), web.stop()]))

const paragraph = (sentence: string): string =>
  `<html lang="ko"><head><title>읽은 제목</title></head><body><article><h1>읽은 제목</h1>
<p>${sentence}</p><p>이 글에는 그 밖에도 여러 문장이 이어지며, 읽는 사람에게 필요한 설명을 덧붙인다.</p></article></body></html>`

/** The sample's three findings: on a page that is read, on one that is refused, and on no source at all. */
const prepare = () => {
  const [e1, e2, e3] = sampleResearch.evidence
  if (!e1 || !e2 || !e3) throw new Error('The sample has three pieces of evidence.')
  const read = web.publish('/trend', paragraph(e1.quote), 'stats')
  const refused = web.publish('/shop', { status: 403 }, 'ondam')
  const silent = web.publish('/report', paragraph('전혀 다른 이야기를 하는 글이다.'), 'reels')
  const found = [
    { title: '<b>검색</b> 동향', link: read, description: '짧은 <b>소개</b>' },
    { title: '온담 핸드케어', link: refused, description: `… ${e2.quote} …` },
    { title: '릴스', link: silent, description: '완주율 이야기' },
  ]
  const answer: ResearchAnswer = {
    ...sampleResearch,
    evidence: [
      { ...e1, url: `${read}?utm_source=naver` },
      { ...e2, url: refused },
      { ...e3, url: silent },
    ],
  }
  return { found, answer, read }
}

const script = (answer: ResearchAnswer): void => {
  const scripted = {
    research_queries: sampleQueries,
    research: answer,
    strategy: sampleStrategy,
    creative: sampleCreative,
    voice: sampleVoice,
  }
  studio.model.respond(({ asker }) =>
    answers.json(scripted[asker as keyof typeof scripted], { chunkCharacters: 40 }),
  )
}

const run = async (on: Studio = studio) => {
  const { client, sessionId } = await readySession(on)
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  const end = await waitForEvent(
    client,
    sessionId,
    ({ type }) => type === 'error' || type === 'run.completed',
  )
  const view = (await client.get(`/api/runs/${body.run_id}`)).body
  return { end, view, log: await readLog(client, sessionId) }
}

describe('a run that searches by a provider', () => {
  it('tells what was found in a page, what only in a snippet, and drops the rest', async () => {
    const { found, answer, read } = prepare()
    script(answer)
    search.respond(({ path }) => ({ body: { items: path.includes('webkr') ? found : [] } }))
    const { end, view, log } = await run()
    expect(end.type).toBe('run.completed')
    const { evidence, competitor_notes, channel_observations, risk_flags } = view.research_snapshot
    expect(evidence).toMatchObject([
      {
        id: 'e1',
        url: read,
        title: '읽은 제목',
        verified: true,
        confidence: 0.9,
        site: 'stats.localhost',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        excerpt: expect.stringContaining(answer.evidence[0]?.quote ?? ''),
      },
      { id: 'e2', title: '온담 핸드케어', verified: false, confidence: 0.4, hash: null },
    ])
    expect(view.dropped_evidence).toBe(1)
    expect(competitor_notes).toEqual(sampleResearch.competitor_notes)
    expect(channel_observations).toEqual([])
    expect(risk_flags).toContain(sampleResearch.channel_observations[0]?.observation)
    // What was streamed last is what is stored, field by field.
    const shown = log.flatMap((event) => (event.type === 'research.delta' ? [event.data] : []))
    const last = Math.max(...shown.map((each) => each.try))
    const streamed = (kind: string) =>
      shown.filter((each) => each.try === last && each.kind === kind).map(({ item }) => item)
    expect(streamed('evidence')).toEqual(evidence)
    expect(streamed('risk_flags')).toEqual(risk_flags)
    // Not more than the queries that the model wrote, each in documents and news.
    expect(search.calls).toHaveLength(2 * sampleQueries.queries.length)
  })

  it('goes on with the next provider when one fails', async () => {
    const { found, answer } = prepare()
    script(answer)
    search.respond(({ path }) =>
      path.startsWith('/v2/search/web')
        ? {
            body: {
              documents: found.map(({ title, link, description }) => ({
                title,
                url: link,
                contents: description,
              })),
            },
          }
        : { status: 429, body: { errorCode: '010', errorMessage: '한도 초과' } },
    )
    const { end, view } = await run()
    expect(end.type).toBe('run.completed')
    expect(view.research_snapshot.evidence).toHaveLength(2)
  })

  it('searches for what can be seen, once, and asks the model again for the rest', async () => {
    const { found, answer } = prepare()
    script(answer)
    const queries = [
      '\u3164',
      '손 보습',
      '손 보습'.normalize('NFD'),
      ' 손  보습 ',
      '가'.repeat(101),
    ]
    studio.model.script('research_queries', answers.json({ ...sampleQueries, queries }))
    search.respond(({ path }) => ({ body: { items: path.includes('webkr') ? found : [] } }))
    expect((await run()).end.type).toBe('run.completed')
    const searched = search.calls.flatMap(({ path, query: { query } }) =>
      path.includes('webkr') ? [query] : [],
    )
    expect(searched).toEqual(['손 보습', ...sampleQueries.queries])
  })

  it('ends with the reason when none answers', async () => {
    script(sampleResearch)
    search.respond(() => ({ status: 503, body: { message: 'maintenance' } }))
    const { end } = await run()
    expect(end).toMatchObject({
      type: 'error',
      data: {
        code: 'UPSTREAM_ERROR',
        retryable: true,
        stage: 'research',
        resume_from: 'research',
        detail: expect.stringMatching(/naver.*503.*maintenance.*kakao.*503/),
      },
    })
  })
})

describe('a run without a search', () => {
  it.each([
    ['half a pair of keys', { NAVER_CLIENT_ID: 'id' }, /NAVER_CLIENT_SECRET/],
    ['a server that does not search (D3)', {}, /SEARCH_PROVIDERS.*NAVER_CLIENT_ID.*BRAVE_API_KEY/],
  ])('of %s ends with what to set, and with no finding', async (_, environment, detail) => {
    const other = await startStudio(environment)
    try {
      // The server answers the request for a search with prose out of its memory.
      other.model.script('search', answers.text(sampleFindings.text))
      other.model.script('research', answers.json(sampleResearch))
      const { end, view, log } = await run(other)
      expect(end).toMatchObject({
        type: 'error',
        data: {
          code: 'CAPABILITY_NOT_CONFIGURED',
          retryable: false,
          stage: 'research',
          detail: expect.stringMatching(detail),
        },
      })
      expect(view).toMatchObject({ state: 'FAILED', research_snapshot: null })
      expect(log.filter(({ type }) => type === 'research.delta')).toEqual([])
      expect(other.model.calls.filter(({ asker }) => asker === 'research')).toEqual([])
    } finally {
      await other.stop()
    }
  })
})
