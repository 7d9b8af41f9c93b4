import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResearchAnswer } from '../../shared/contracts/agents.ts'
import { answers, type Citation } from '../support/model-server/answers.ts'
import {
  sampleCreative,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { eucKr } from '../support/pages/korean-bytes.ts'
import { type PageServer, startPageServer } from '../support/pages/page-server.ts'
import { waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession } from '../support/studio/studio.ts'

const studio = useStudio()

let web: PageServer
beforeAll(async () => {
  web = await startPageServer()
})
afterAll(() => web.stop())

const [trend, ondam, reels] = sampleResearch.evidence
if (!trend || !ondam || !reels) throw new Error('The sample has three pieces of evidence.')
const sentences = [trend, ondam, reels].map(({ quote }) => quote)

/** Emoji, so that units, code points and bytes differ from the first word on. */
const prose = `👩‍👩‍👧 조사 결과다 😀. ${sentences.join(' ')}`
const marked = `👩‍👩‍👧 조사 결과다 😀. ${sentences.map((sentence, index) => `${sentence} [${index + 1}]`).join(' ')}`

const pageWith = (sentence: string): string =>
  `<html><head><meta charset="euc-kr"><title>제목</title></head><body><p>${sentence}</p><p>그 밖의 글.</p></body></html>`

/** Three pages of three sites, as an older site, a redirect and an attack would serve them. */
const publish = (): [string, string, string] => {
  const path = '/%EA%B8%80_(1)'
  const old = web.publish(
    `${path}?b=2&a=1`,
    { headers: { 'content-type': 'text/html' }, body: eucKr(pageWith(trend.quote)) },
    'stats',
  )
  const moved = web.publish('/shop/hand', { status: 301, headers: { location: '/brand' } }, 'ondam')
  web.publish('/brand', { body: pageWith(ondam.quote).replace('euc-kr', 'utf-8') }, 'ondam')
  const attack = web.publish(
    '/report',
    { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } },
    'reels',
  )
  return [old, moved, attack]
}

/** Runs to the end with a search whose server counts in such a unit. */
const run = async (urls: string[], cited: string[], countedIn: Citation['countedIn']) => {
  const { client, sessionId } = await readySession(studio)
  const citations = urls.map((url, index): Citation => {
    const after = sentences[index] ?? ''
    return { url, title: '제목', after, ...(countedIn && { countedIn }) }
  })
  const answer: ResearchAnswer = {
    ...sampleResearch,
    evidence: [trend, ondam, reels].map((piece, index) => ({ ...piece, url: cited[index] ?? '' })),
  }
  studio.model.script('search', answers.search(prose, { citations, sources: urls }))
  studio.model.script('research', answers.json(answer))
  studio.model.script('strategy', answers.json(sampleStrategy))
  studio.model.script('creative', answers.json(sampleCreative))
  studio.model.script('voice', answers.json(sampleVoice))
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  await waitForEvent(client, sessionId, ({ type }) => ['run.completed', 'error'].includes(type))
  const shaping = studio.model.calls.find(({ asker }) => asker === 'research')
  return { view: (await client.get(`/api/runs/${body.run_id}`)).body, shaping }
}

describe('the sources of a run', () => {
  it.each([undefined, 'code points', 'bytes'] as const)(
    'are read and verified, with marks at ends of sentences, when a server counts in %s',
    async (countedIn) => {
      const [old, moved, attack] = publish()
      // As a model copies addresses.
      const cited = [
        `${old.replace('%EA%B8%80', '%ea%b8%80').replace('(1)', '%281%29').replace('b=2&a=1', 'a=1&amp;b=2&fbclid=x')}.`,
        `${moved.replace('/shop', '/%73hop')}/?srsltid=1#top`,
        attack.replace('http://', 'http://www.'),
      ]
      const { view, shaping } = await run([old, moved, attack], cited, countedIn)
      expect(shaping?.data('findings')).toBe(marked)
      expect(view).toMatchObject({
        state: 'DONE',
        dropped_evidence: 0,
        research_snapshot: {
          evidence: [
            { id: 'e1', verified: true, site: 'stats.localhost' },
            { id: 'e2', verified: true },
            { id: 'e3', verified: false, hash: null },
          ],
          market_signals: sampleResearch.market_signals,
          competitor_notes: sampleResearch.competitor_notes,
        },
      })
    },
  )
})
