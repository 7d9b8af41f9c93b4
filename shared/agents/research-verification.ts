import type { ReadPage } from '../clients/pages/page-reader.ts'
import { type CitedEvidence, type Evidence, evidenceLimits } from '../contracts/agents.ts'
import { surroundings } from '../rules/passages.ts'
import { findQuote } from '../rules/quotes.ts'
import { unverifiedConfidence } from '../rules/search-limits.ts'
import { visibleLine } from '../rules/visible-line.ts'
import type { Source } from './research-reading.ts'

/** What findings may rest on: the sources of the run, by their address. */
export interface Library {
  source(url: string): Source | undefined
  /** ISO 8601: when the searches were made. */
  searchedAt: string
}

export type Verdict = { evidence: Evidence } | { missing: 'source' | 'quote' }

const {
  excerpt: excerptLength,
  title: titleLength,
  site: siteLength,
  url: urlLength,
} = evidenceLimits

/** The first of several texts that shows anything, as one line. */
const firstLine = (length: number, ...texts: (string | null | undefined)[]): string | null => {
  for (const text of texts) {
    const line = visibleLine(text ?? '', length)
    if (line !== '') return line
  }
  return null
}

/** What is known of a page beside what the model says of it. */
interface PageFacts {
  url: string
  titles: (string | null)[]
  site: string | null
  publishedAt: string | null
}

const evidenceOf = (
  { id, source, title, quote }: CitedEvidence,
  { url, titles, site, publishedAt }: PageFacts,
  facts: Pick<Evidence, 'observed_at' | 'confidence' | 'verified' | 'excerpt' | 'hash'>,
): Evidence | undefined => {
  const address = URL.parse(url)
  if (address === null || address.href.length > urlLength) return undefined
  return {
    id,
    source,
    title: firstLine(titleLength, ...titles) ?? title,
    url: address.href,
    observed_at: facts.observed_at,
    confidence: facts.confidence,
    quote,
    verified: facts.verified,
    site: firstLine(siteLength, site, address.hostname),
    published_at: publishedAt,
    excerpt: facts.excerpt,
    hash: facts.hash,
  }
}

const verified = (
  cited: CitedEvidence,
  from: Source,
  page: ReadPage,
  passage: { start: number; end: number },
): Evidence | undefined =>
  evidenceOf(
    cited,
    {
      url: page.url,
      titles: [page.title, from.title],
      site: page.site,
      publishedAt: page.publishedAt ?? from.publishedAt,
    },
    {
      observed_at: page.observedAt,
      confidence: cited.confidence,
      verified: true,
      excerpt: visibleLine(surroundings(page.text, passage, excerptLength), excerptLength),
      hash: page.hash,
    },
  )

const unverified = (
  cited: CitedEvidence,
  from: Source,
  snippet: string,
  searchedAt: string,
): Evidence | undefined => {
  const lowered = Math.round(cited.confidence * unverifiedConfidence.factor * 100) / 100
  return evidenceOf(
    cited,
    { url: from.url, titles: [from.title], site: null, publishedAt: from.publishedAt },
    {
      observed_at: searchedAt,
      confidence: Math.min(unverifiedConfidence.most, lowered),
      verified: false,
      excerpt: visibleLine(snippet, excerptLength),
      hash: null,
    },
  )
}

const check = (cited: CitedEvidence, { source, searchedAt }: Library): Verdict => {
  const from = source(cited.url)
  if (from === undefined) return { missing: 'source' }
  const { page, snippets } = from
  const passage = page && findQuote(cited.quote, page.text)
  const snippet = passage ? undefined : snippets.find((each) => findQuote(cited.quote, each))
  const evidence =
    page && passage
      ? verified(cited, from, page, passage)
      : snippet && unverified(cited, from, snippet, searchedAt)
  return evidence ? { evidence } : { missing: 'quote' }
}

/** To look through a long page takes a tenth of a second, and a whole answer says what its elements said. */
const verdicts = new WeakMap<Library, Map<string, Verdict>>()

/**
 * Whether the sentence that evidence names stands in its page, or else in what the search said of the
 * page; with the facts that the evidence is stored with.
 */
export const verify = (cited: CitedEvidence, library: Library): Verdict => {
  const known = verdicts.get(library) ?? new Map<string, Verdict>()
  verdicts.set(library, known)
  const key = JSON.stringify(cited)
  const verdict = known.get(key) ?? check(cited, library)
  known.set(key, verdict)
  return verdict
}
