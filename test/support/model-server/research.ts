import type { ResearchDependencies } from '../../../shared/agents/research-agent.ts'
import type { PageReader, ReadPage } from '../../../shared/clients/pages/page-reader.ts'
import type {
  SearchProvider,
  SearchResult,
} from '../../../shared/clients/search/search-provider.ts'
import { agentsOn } from './agents.ts'
import type { ModelServer } from './model-server.ts'

/** A page as the reader would have read it. */
export const readPage = (url: string, text: string, more: Partial<ReadPage> = {}): ReadPage => ({
  url,
  requestedUrl: url,
  title: null,
  site: null,
  publishedAt: null,
  observedAt: '2026-11-22T03:00:00.000Z',
  text,
  hash: 'f'.repeat(64),
  ...more,
})

/** Reads these pages, by address, and no others. */
export const readerOf = (pages: Readonly<Record<string, string | ReadPage>>) => {
  const asked: string[] = []
  const reader: PageReader = {
    async read(url) {
      asked.push(url)
      const page = pages[url]
      if (page === undefined) return { status: 'failed', url, reason: 'http-404' }
      return { status: 'read', page: typeof page === 'string' ? readPage(url, page) : page }
    },
  }
  return { ...reader, asked }
}

/** Answers every query with what `answer` says of it. */
export const providerOf = (
  answer: (query: string) => SearchResult[] | Promise<SearchResult[]>,
  name: SearchProvider['name'] = 'naver',
): SearchProvider & { asked: string[] } => {
  const asked: string[] = []
  return {
    name,
    asked,
    async search({ query }) {
      asked.push(query)
      return answer(query)
    },
  }
}

/** What the research agent works with, on a scripted model whose server searches by itself. */
export const researchOn = (
  server: ModelServer,
  more: Partial<ResearchDependencies> = {},
): ResearchDependencies & { counted: string[] } => ({
  ...agentsOn(server),
  searchRoutes: async () => [{ kind: 'hosted' }],
  pages: readerOf({}),
  memory: { recall: async () => undefined, keep: async () => {} },
  ...more,
})
