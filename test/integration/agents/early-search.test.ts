import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { research } from '../../../shared/agents/research-agent.ts'
import { searchAhead } from '../../../shared/agents/research-search.ts'
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

const ahead = (more: Parameters<typeof researchOn>[1] = {}) =>
  searchAhead(
    { ...researchOn(server, more), signal: new AbortController().signal },
    { locale, brief: known },
    subject,
  )

/** A run's research, and how often it asked for what was searched before it. */
const run = async (kept: unknown, brief: Brief, more: Parameters<typeof researchOn>[1] = {}) => {
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

describe('a search ahead of a run', () => {
  test('knows its pages without reading them; the run reads them, and asks for no other search', async () => {
    server.script('search', answers.search(text, found))
    server.script('research', answers.json(sampleResearch))
    const pages = readerOf({})
    const kept = await ahead({ pages })
    expect(pages.asked).toEqual([])
    expect(server.calls[0]?.data('brief')).toEqual(known)

    const { output, asked } = await run(kept, sampleBrief, { pages })
    expect(asked).toBe(1)
    expect(askers()).toEqual(['search', 'research'])
    expect(pages.asked).toHaveLength(sampleFindings.sources.length)
    expect(server.calls[1]?.data('brief')).toEqual(sampleBrief)
    expect(output.provenance.based_on).toHaveLength(1)
  })

  test('of queries keeps what the provider said of each page', async () => {
    server.script('research_queries', answers.json(sampleQueries))
    server.script('research', answers.json(sampleResearch))
    const provider = providerOf(() =>
      sampleResearch.evidence.map(({ url, title, quote }) => ({
        url,
        title,
        snippet: quote,
        publishedAt: null,
      })),
    )
    const searchRoutes = async () => [{ kind: 'queries' as const, providers: [provider] }]
    const kept = await ahead({ searchRoutes })
    expect(provider.asked).toHaveLength(sampleQueries.queries.length)
    const { output } = await run(kept, sampleBrief, { searchRoutes })
    expect(provider.asked).toHaveLength(sampleQueries.queries.length)
    expect(askers()).toEqual(['research_queries', 'research'])
    expect(output.value.evidence).toHaveLength(3)
  })

  test.each([
    ['about something else', { 'product.category': '비누' }, 0],
    ['that is too old', {}, readingLimits.keptMs],
  ])('%s is not used', async (_, other, age) => {
    server.script('search', answers.search(text, found), answers.search(text, found))
    server.script('research', answers.json(sampleResearch))
    const kept = await ahead()
    const clock = { now: () => Date.now() + age }
    await run(kept, { ...sampleBrief, ...other }, { clock })
    expect(askers()).toEqual(['search', 'search', 'research'])
  })

  test('asks twice at most, and leaves the shaping to the run', async () => {
    server.script('search', answers.status(500), answers.status(500), answers.status(500))
    await expect(ahead()).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' })
    expect(askers()).toEqual(['search', 'search'])
  })
})
