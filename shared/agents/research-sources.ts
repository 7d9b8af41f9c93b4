import { normalizedUrl } from '../rules/web-address.ts'
import type { Citation, ModelAnswer } from './model-call.ts'

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

const withMarkers = (
  text: string,
  citations: Citation[],
  numberOf: (url: string) => number | undefined,
): string =>
  citations
    .flatMap(({ url, end, partStart }) => {
      const number = numberOf(url)
      return number === undefined || end === null ? [] : [{ number, at: partStart + end }]
    })
    // From the end, so that earlier positions stay valid.
    .toSorted((one, other) => other.at - one.at)
    .reduce(
      (marked, { number, at }) => `${marked.slice(0, at)} [${number}]${marked.slice(at)}`,
      text,
    )

/** What a search found, with the pages it returned numbered from 1, cited ones first. */
export const findingsOf = (answer: ModelAnswer): Findings => {
  const { citations, searches } = answer
  const consulted = searches.flatMap(({ sources }) => sources)

  const pages = new Map<string, { url: string; title: string | null }>()
  for (const page of [...citations, ...consulted]) {
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
  return {
    text: withMarkers(answer.text, citations, numberOf),
    sources: [...pages.values()]
      .slice(0, maxSources)
      .map((page, index) => ({ number: index + 1, ...page })),
    urls: new Set(keys),
  }
}
