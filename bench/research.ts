import type { ResearchAnswer } from '../shared/contracts/agents.ts'
import { answers } from '../test/support/model-server/answers.ts'
import { sampleQueries, sampleResearch } from '../test/support/model-server/samples.ts'
import { type PageServer, startPageServer } from '../test/support/pages/page-server.ts'
import {
  type SearchServer,
  startSearchServer,
} from '../test/support/search-server/search-server.ts'
import { openListener } from './listener.ts'
import type { ModelAnswers, ModelMark } from './model-main.ts'
import type { ModelProcess } from './processes.ts'
import { fullBriefTurn, instant, type Pace, wholeRun } from './scripts.ts'
import { below, headline, type Row, rowOf } from './statistics.ts'

/** Milliseconds that each of the five pages takes. */
const pageMs = 200
const sites = ['stats', 'ondam', 'reels', 'trend', 'guide']

/** A quick model that writes at length: the shaped findings of a real run are several thousand characters. */
const writing: Pace = { name: 'writing', first: 400, between: 10, characters: 8 }

export interface ResearchWeb {
  /** What the engine has in its environment to search and read it. */
  environment: Record<string, string>
  search: SearchServer
  web: PageServer
  close(): Promise<void>
}

/** A search provider and five pages on this machine. */
export const startResearchWeb = async (): Promise<ResearchWeb> => {
  const [search, web] = await Promise.all([startSearchServer(), startPageServer()])
  const items = sites.map((site, index) => {
    const quote = sampleResearch.evidence[index]?.quote ?? '다른 이야기를 하는 글이다.'
    const body = `<title>${site}</title><article><p>${quote}</p><p>${quote}</p></article>`
    const link = web.publish('/', { body, delayMs: pageMs }, site)
    return { title: site, link, description: quote }
  })
  const queries: readonly string[] = sampleQueries.queries
  // Each query finds other pages, the last one as well.
  search.respond(({ path, query }) => {
    const index = queries.indexOf(query.query ?? '')
    const found = index < 2 ? items.slice(2 * index, 2 * index + 2) : items.slice(4)
    return { body: { items: path.includes('webkr') ? found : [] } }
  })
  return {
    environment: {
      SEARCH_PROVIDERS: 'naver,openai',
      NAVER_CLIENT_ID: 'bench',
      NAVER_CLIENT_SECRET: 'bench',
      NAVER_URL: search.url,
      PAGES_ALLOW_LOOPBACK: 'true',
    },
    search,
    web,
    async close() {
      await Promise.all([search.stop(), web.stop()])
    },
  }
}

const scriptOf = ({ web }: ResearchWeb): ModelAnswers => {
  const json = (value: unknown) =>
    answers.json(value, {
      chunkCharacters: writing.characters,
      pace: { first: writing.first, between: writing.between },
    })
  const flag = sampleResearch.risk_flags[0] ?? ''
  const research: ResearchAnswer = {
    ...sampleResearch,
    evidence: sampleResearch.evidence.map((cited, index) => ({
      ...cited,
      url: web.url('/', sites[index]),
    })),
    risk_flags: Array.from({ length: 10 }, () => flag.repeat(4)),
  }
  return {
    ...fullBriefTurn(instant),
    ...wholeRun(instant),
    research_queries: json(sampleQueries),
    research: json(research),
  }
}

/** What research adds to its model's time, as a share of that, in percent. */
const addedBy = async (origin: string, model: ModelProcess, at: ResearchWeb): Promise<number> => {
  await model.answer(scriptOf(at))
  const listener = await openListener(origin)
  listener.send({ action: 'message', message: '전부 알려 드릴게요.' })
  await listener.until(({ type }) => type === 'turn.completed')
  const recorded = model.record()
  const read = at.web.requests.length
  await listener.post(`/api/runs/${listener.sessionId}/generate`)
  const end = await listener.until(({ type }) => type === 'run.completed' || type === 'error')
  await listener.close()
  const pages = at.web.requests.slice(read).filter(({ path }) => !path.includes('robots.txt'))
  if (end.event.type !== 'run.completed' || pages.length !== sites.length) {
    throw new Error(`The run ended in ${end.event.type} and read ${pages.length} pages.`)
  }
  const calls = recorded()
  const callOf = (asker: string): ModelMark => {
    const call = calls.find((each) => each.asker === asker)
    if (!call) throw new Error(`The run never asked for ${asker}.`)
    return call
  }
  const [asking, shaping] = [callOf('research_queries'), callOf('research')]
  const between = shaping.receivedAt - asking.completedAt
  const modelTime =
    asking.completedAt - asking.receivedAt + shaping.completedAt - shaping.receivedAt
  return (100 * between) / modelTime
}

/** Searching and reading five pages beside the model, in relation to the model's own time. */
export const measureResearch = async (
  origin: string,
  model: ModelProcess,
  at: ResearchWeb,
  runs: number,
): Promise<Row[]> => {
  await addedBy(origin, model, at)
  const shares: number[] = []
  for (let run = 0; run < runs; run += 1) shares.push(await addedBy(origin, model, at))
  return [
    headline(
      "five pages of 200 ms, added to the model's time of research",
      rowOf(
        `research: five pages of ${pageMs} ms, added to the model's time`,
        shares,
        '%',
        below(10, '%'),
      ),
    ),
  ]
}
