import type { ReadPage } from '../clients/pages/page-reader.ts'
import { type CitedEvidence, type Evidence, evidenceLimits } from '../contracts/agents.ts'
import { surroundings } from '../rules/passages.ts'
import { findQuote } from '../rules/quotes.ts'
import { unverifiedConfidence } from '../rules/search-limits.ts'
import { visibleLine } from '../rules/visible-line.ts'
import { siteNames } from '../rules/web-address.ts'
import { isHarmless } from './answer-guard.ts'
import type { Source } from './research-reading.ts'

/** What findings may rest on: the sources of the run, by their address. */
export interface Library {
  source(url: string): Source | undefined
  /** ISO 8601: when the searches were made. */
  searchedAt: string
  /** Texts of the user, and the sources' hosts: what is named there may be named in a finding. */
  own: readonly string[]
}

export type Verdict = { evidence: Evidence } | { missing: 'source' | 'quote' | 'sense' }

const {
  excerpt: excerptLength,
  title: titleLength,
  site: siteLength,
  url: urlLength,
} = evidenceLimits

/** The first of several texts that shows anything and is no attack on its reader, as one line. */
const firstLine = (
  length: number,
  own: readonly string[],
  texts: readonly (string | null | undefined)[],
): string | null => {
  for (const text of texts) {
    const line = visibleLine(text ?? '', length)
    if (line !== '' && isHarmless(line, own)) return line
  }
  return null
}

/** What is known of a page beside what the model says of it. */
interface PageFacts {
  url: string
  titles: (string | null)[]
  site: string | null
  publishedAt: string | null
  /** What may be named in texts of the page. */
  own: readonly string[]
}

const evidenceOf = (
  { id, source, title, quote }: CitedEvidence,
  { url, titles, site, publishedAt, own }: PageFacts,
  facts: Pick<Evidence, 'observed_at' | 'confidence' | 'verified' | 'excerpt' | 'hash'>,
): Evidence | undefined => {
  const address = URL.parse(url)
  if (address === null || address.href.length > urlLength) return undefined
  return {
    id,
    source,
    title: firstLine(titleLength, own, [...titles, title]) ?? address.hostname,
    url: address.href,
    observed_at: facts.observed_at,
    confidence: facts.confidence,
    quote,
    verified: facts.verified,
    site: firstLine(siteLength, own, [site]) ?? address.hostname,
    published_at: publishedAt,
    excerpt: facts.excerpt,
    hash: facts.hash,
  }
}

/** The passage, or the quote alone where something beside it was written for a model. */
const excerptOf = (passage: string, { quote }: CitedEvidence, own: readonly string[]): string =>
  firstLine(excerptLength, own, [passage]) ?? visibleLine(quote, excerptLength)

const verified = (
  cited: CitedEvidence,
  { own }: Library,
  {
    from,
    page,
    passage,
  }: { from: Source; page: ReadPage; passage: { start: number; end: number } },
): Evidence | undefined =>
  evidenceOf(
    cited,
    {
      url: page.url,
      titles: [page.title, from.title],
      site: page.site,
      publishedAt: page.publishedAt ?? from.publishedAt,
      own,
    },
    {
      observed_at: page.observedAt,
      confidence: cited.confidence,
      verified: true,
      excerpt: excerptOf(surroundings(page.text, passage, excerptLength), cited, own),
      hash: page.hash,
    },
  )

const unverified = (
  cited: CitedEvidence,
  { searchedAt, own }: Library,
  { from, snippet }: { from: Source; snippet: string },
): Evidence | undefined => {
  const lowered = Math.round(cited.confidence * unverifiedConfidence.factor * 100) / 100
  return evidenceOf(
    cited,
    { url: from.url, titles: [from.title], site: null, publishedAt: from.publishedAt, own },
    {
      observed_at: searchedAt,
      confidence: Math.min(unverifiedConfidence.most, lowered),
      verified: false,
      excerpt: excerptOf(snippet, cited, own),
      hash: null,
    },
  )
}

const check = (cited: CitedEvidence, library: Library): Verdict => {
  const from = library.source(cited.url)
  if (from === undefined) return { missing: 'source' }
  const { page, snippets } = from
  // A model names a site by its domain, also that of the page behind a redirect.
  const sites = [from.url, page?.url ?? ''].flatMap(siteNames)
  const isSensible =
    isHarmless(cited.source, [...library.own, ...sites]) &&
    [cited.id, cited.quote].every((each) => isHarmless(each, library.own))
  if (!isSensible) return { missing: 'sense' }
  const passage = page && findQuote(cited.quote, page.text)
  const snippet = passage ? undefined : snippets.find((each) => findQuote(cited.quote, each))
  const evidence =
    page && passage
      ? verified(cited, library, { from, page, passage })
      : snippet && unverified(cited, library, { from, snippet })
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
