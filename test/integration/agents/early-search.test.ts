import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { research } from '../../../shared/agents/research-agent.ts'
import type { Brief } from '../../../shared/contracts/brief.ts'
import { researchSubject } from '../../../shared/rules/early-research.ts'
import { readingLimits } from '../../../shared/rules/search-limits.ts'
import { elementListener } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import { providerOf, readerOf, researchOn } from '../../support/model-server/research.ts'
import {
  sampleBrief,
  sampleFindings,
  sampleQueries,
  sampleResearch,
} from '../../support/model-server/samples.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => server.reset())
afterAll(() => server.stop())

const locale = 'ko-KR' as const
const { text, ...found } = sampleFindings
const known: Partial<Brief> = {
  'product.name': sampleBrief['product.name'],
  'product.category': sampleBrief['product.category'],
  'target.who': sampleBrief['target.who'],
}
const subject = researchSubject(locale, known) ?? ''

type More = Parameters<typeof researchOn>[1]

/** Research before a run: its findings, or why there are none, and what it kept of its search. */
const ahead = async (more: More = {}, earlier?: unknown) => {
  const kept: object[] = []
  const memory = {
    recall: async () => earlier,
    keep: async (search: object) => {
      kept.push(search)
    },
  }
  const input = { locale, brief: known, subject, briefNow: () => sampleBrief }
  const dependencies = researchOn(server, { memory, ...more })
  const [result] = await Promise.allSettled([research(dependencies, input, elementListener())])
  return { result, kept: kept[0] }
}

/** A run's research, and how often it asked for what was searched before it. */
const run = async (kept: unknown, brief: Brief, more: More = {}) => {
  let asked = 0
  const memory = {
    recall: async () => undefined,
    keep: async () => {},
    takeEarly: async () => {
      asked += 1
      return kept
    },
  }
  const dependencies = researchOn(server, { memory, ...more })
  const { output } = await research(dependencies, { locale, brief }, elementListener())
  return { output, asked }
}

const askers = () => server.calls.map(({ asker }) => asker)

describe('research ahead of a run', () => {
  test('searches with what is known, reads the pages, and shapes with what is known by then', async () => {
    server.script('search', answers.search(text, found))
    server.script('research', answers.json(sampleResearch))
    const pages = readerOf({})
    const { result } = await ahead({ pages })
    expect(result).toMatchObject({ status: 'fulfilled' })
    expect(askers()).toEqual(['search', 'research'])
    expect(pages.asked).toHaveLength(sampleFindings.sources.length)
    expect(server.calls[0]?.data('brief')).toEqual(known)
    expect(server.calls[1]?.data('brief')).toEqual(sampleBrief)
  })

  test('keeps its search: the run reads the pages, and asks for no other', async () => {
    server.script('search', answers.search(text, found))
    server.script('research', answers.status(400), answers.json(sampleResearch))
    const { result, kept } = await ahead()
    expect(result).toMatchObject({ status: 'rejected' })

    const pages = readerOf({})
    const { output, asked } = await run(kept, sampleBrief, { pages })
    expect(asked).toBe(1)
    expect(askers()).toEqual(['search', 'research', 'research'])
    expect(pages.asked).toHaveLength(sampleFindings.sources.length)
    expect(output.provenance.based_on).toHaveLength(1)
  })

  test('goes on with what a worker that died had found', async () => {
    server.script('search', answers.search(text, found))
    server.script('research', answers.status(400), answers.json(sampleResearch))
    const { kept } = await ahead()
    const { result } = await ahead({}, kept)
    expect(result).toMatchObject({ status: 'fulfilled' })
    expect(askers()).toEqual(['search', 'research', 'research'])
  })

  test('of queries keeps what the provider said of each page', async () => {
    server.script('research_queries', answers.json(sampleQueries))
    server.script('research', answers.status(400), answers.json(sampleResearch))
    const provider = providerOf(() =>
      sampleResearch.evidence.map(({ url, title, quote }) => ({
        url,
        title,
        snippet: quote,
        publishedAt: null,
      })),
    )
    const searchRoutes = async () => [{ kind: 'queries' as const, providers: [provider] }]
    const { kept } = await ahead({ searchRoutes })
    expect(provider.asked).toHaveLength(sampleQueries.queries.length)
    const { output } = await run(kept, sampleBrief, { searchRoutes })
    expect(provider.asked).toHaveLength(sampleQueries.queries.length)
    expect(askers()).toEqual(['research_queries', 'research', 'research'])
    expect(output.value.evidence).toHaveLength(3)
  })

  test.each([
    ['about something else', { 'product.category': '비누' }, 0],
    ['that is too old', {}, readingLimits.keptMs],
  ])('%s is not used', async (_, other, age) => {
    server.script('search', answers.search(text, found), answers.search(text, found))
    server.script('research', answers.status(400), answers.json(sampleResearch))
    const { kept } = await ahead()
    const clock = { now: () => Date.now() + age }
    await run(kept, { ...sampleBrief, ...other }, { clock })
    expect(askers()).toEqual(['search', 'research', 'search', 'research'])
  })

  test('searches twice at most', async () => {
    server.script('search', answers.status(500), answers.status(500), answers.status(500))
    const { result } = await ahead()
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'UPSTREAM_ERROR' } })
    expect(askers()).toEqual(['search', 'search'])
  })

  test('searches no longer than its search may take, though its findings have longer', async () => {
    server.script('search', answers.silence())
    const began = Date.now()
    const { result } = await ahead({ searchUntil: began + 300, until: began + 60_000 })
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'RESEARCH_TIMEOUT' } })
    expect(askers()).toEqual(['search'])
    expect(Date.now() - began).toBeLessThan(30_000)
  })
})
