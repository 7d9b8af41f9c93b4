import * as z from 'zod'
import { normalizedUrl } from '../rules/web-address.ts'
import type { ModelAnswer } from './model-call.ts'

/** A page that the search returned, under the number by which the next call knows it. */
export interface Source {
  number: number
  url: string
  title: string | null
}

export interface Findings {
  /** The prose of the search, each citation followed by its source's number: `… 12% [3]`. */
  text: string
  sources: Source[]
  /** Normalized URLs of every page that the search returned, listed or not. */
  urls: ReadonlySet<string>
}

/** Sources given to the next call, cited ones first; a search consults far more than it uses. */
const maxSources = 60

const Citation = z.object({
  type: z.literal('url_citation'),
  url: z.string(),
  title: z.string().nullish(),
  end_index: z.number().int().min(0).nullish(),
})
type Citation = z.infer<typeof Citation>

const Message = z.object({
  type: z.literal('message'),
  phase: z.string().nullish(),
  content: z.array(z.unknown()),
})
const TextPart = z.object({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(z.unknown()).catch([]),
})
const SearchCall = z.object({
  type: z.literal('web_search_call'),
  action: z.object({ sources: z.array(z.unknown()).catch([]) }),
})
const SearchSource = z.object({ url: z.string() })

/** The entries that match; answers of compatible servers hold entries of unknown kinds. */
const matching = <T>(schema: z.ZodType<T>, entries: readonly unknown[]): T[] =>
  entries.flatMap((entry) => {
    const parsed = schema.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })

const withMarkers = (
  text: string,
  citations: Citation[],
  numberOf: (url: string) => number | undefined,
): string =>
  citations
    .flatMap(({ url, end_index }) => {
      const number = numberOf(url)
      return number === undefined || end_index == null ? [] : [{ number, at: end_index }]
    })
    // From the end, so that earlier positions stay valid.
    .toSorted((one, other) => other.at - one.at)
    .reduce(
      (marked, { number, at }) => `${marked.slice(0, at)} [${number}]${marked.slice(at)}`,
      text,
    )

/** What a search found, with the pages it returned numbered from 1, cited ones first. */
export const findingsOf = (answer: ModelAnswer, streamedText: string): Findings => {
  const parts = matching(Message, answer.output)
    .filter(({ phase }) => phase !== 'commentary')
    .flatMap(({ content }) => matching(TextPart, content))
    .map(({ text, annotations }) => ({ text, citations: matching(Citation, annotations) }))
  const cited = parts
    .flatMap(({ citations }) => citations)
    .map(({ url, title }) => ({ url, title: title ?? null }))
  const consulted = matching(SearchCall, answer.output)
    .flatMap(({ action }) => matching(SearchSource, action.sources))
    .map(({ url }) => ({ url, title: null }))

  const pages = new Map<string, { url: string; title: string | null }>()
  for (const page of [...cited, ...consulted]) {
    const key = normalizedUrl(page.url)
    if (key !== null && pages.get(key)?.title == null) {
      pages.set(key, { url: pages.get(key)?.url ?? page.url, title: page.title })
    }
  }
  const keys = [...pages.keys()]
  const numberOf = (url: string): number | undefined => {
    const key = normalizedUrl(url)
    const index = key === null ? -1 : keys.indexOf(key)
    return index < 0 ? undefined : index + 1
  }
  const texts = parts.map(({ text, citations }) => withMarkers(text, citations, numberOf))
  return {
    text: texts.length > 0 ? texts.join('\n\n') : streamedText,
    sources: [...pages.values()]
      .slice(0, maxSources)
      .map((page, index) => ({ number: index + 1, ...page })),
    urls: new Set(keys),
  }
}
