import type * as z from 'zod'
import type { ReadPage } from '../clients/pages/page-reader.ts'
import {
  ChannelObservation,
  CitedEvidence,
  CompetitorNote,
  type Evidence,
  evidenceLimits,
  MarketSignal,
  type ResearchAnswer,
  type ResearchOutput,
  RiskFlag,
} from '../contracts/agents.ts'
import { surroundings } from '../rules/passages.ts'
import { findQuote } from '../rules/quotes.ts'
import { unverifiedConfidence } from '../rules/search-limits.ts'
import { visibleLine } from '../rules/visible-line.ts'
import type { JsonPath } from './answer-reader.ts'
import type { Source } from './research-reading.ts'

/** What findings may rest on: the sources of the run, by their address. */
export interface Library {
  source(url: string): Source | undefined
  /** ISO 8601: when the searches were made. */
  searchedAt: string
}

type Verdict = { evidence: Evidence } | { missing: 'source' | 'quote' }

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

/** The evidence of one answer, checked while it is written and again when it is complete. */
interface Grounding {
  /** What the evidence is stored as; none when nothing bears it out. From then on its id may be referred to. */
  admit(cited: CitedEvidence): Verdict
  /** The references to admitted evidence. */
  admitted(ids: string[]): string[]
}

const groundingIn = (library: Library): Grounding => {
  const ids = new Set<string>()
  return {
    admit(cited) {
      const verdict = verify(cited, library)
      if ('evidence' in verdict) ids.add(cited.id)
      return verdict
    },
    admitted: (references) => [...new Set(references)].filter((id) => ids.has(id)),
  }
}

/** An entry with its valid references, or the sentence of an entry that no evidence supports. */
type Checked<Item> = { kept: Item } | { demoted: string }

/** A list whose entries must refer to evidence; `sentence` is what remains of an unsupported entry. */
const citedList = <Item extends { evidence_ids: string[] }>(
  schema: z.ZodType<Item>,
  sentence: (item: Item) => string,
) => {
  const check = (item: Item, grounding: Grounding): Checked<Item> => {
    const evidence_ids = grounding.admitted(item.evidence_ids)
    return evidence_ids.length === 0
      ? { demoted: sentence(item) }
      : { kept: { ...item, evidence_ids } }
  }
  return {
    checkAll(items: Item[], grounding: Grounding): { kept: Item[]; demoted: string[] } {
      const results = items.map((item) => check(item, grounding))
      return {
        kept: results.flatMap((result) => ('kept' in result ? [result.kept] : [])),
        demoted: results.flatMap((result) => ('demoted' in result ? [result.demoted] : [])),
      }
    },
    checkStreamed(value: unknown, grounding: Grounding): Checked<Item> | undefined {
      const parsed = schema.safeParse(value)
      return parsed.success ? check(parsed.data, grounding) : undefined
    },
  }
}

const marketSignals = citedList(MarketSignal, ({ signal }) => signal)
const competitorNotes = citedList(CompetitorNote, ({ positioning }) => positioning)
const channelObservations = citedList(ChannelObservation, ({ observation }) => observation)

/** An answer without what nothing bears out, and the reasons for which evidence was dropped. */
export interface Grounded {
  output: ResearchOutput
  /** One line for each piece, phrased so that the model can act on it. */
  dropped: string[]
}

const reasonOf = (cited: CitedEvidence, missing: 'source' | 'quote'): string =>
  missing === 'source'
    ? `evidence ${cited.id}: its url is not in the sources block`
    : `evidence ${cited.id}: its quote does not stand word for word in the text of that source`

/**
 * The answer with only the evidence whose sentence was found, and without references to any other. An
 * entry left without evidence is demoted: its sentence moves to the risk flags.
 */
export const groundResearch = (answer: ResearchAnswer, library: Library): Grounded => {
  const grounding = groundingIn(library)
  const verdicts = answer.evidence.map((cited) => ({ cited, verdict: grounding.admit(cited) }))
  const signals = marketSignals.checkAll(answer.market_signals, grounding)
  const notes = competitorNotes.checkAll(answer.competitor_notes, grounding)
  const observations = channelObservations.checkAll(answer.channel_observations, grounding)
  return {
    dropped: verdicts.flatMap(({ cited, verdict }) =>
      'missing' in verdict ? [reasonOf(cited, verdict.missing)] : [],
    ),
    output: {
      ...answer,
      evidence: verdicts.flatMap(({ verdict }) =>
        'evidence' in verdict ? [verdict.evidence] : [],
      ),
      market_signals: signals.kept,
      competitor_notes: notes.kept,
      channel_observations: observations.kept,
      risk_flags: [
        ...signals.demoted,
        ...notes.demoted,
        ...observations.demoted,
        ...answer.risk_flags,
      ],
    },
  }
}

const lists = ['market_signals', 'competitor_notes', 'channel_observations'] as const

/**
 * Every rule that a grounded answer breaks.
 * @param isLast no further call is left: an answer counts then as long as one finding of it stands
 */
export const researchRules = ({ output, dropped }: Grounded, isLast: boolean): string[] => {
  const ids = output.evidence.map(({ id }) => id)
  const twice = new Set(ids).size < ids.length ? ['evidence: two entries have the same id'] : []
  const empty = lists.filter((list) => output[list].length === 0)
  if (empty.length === 0 || (isLast && empty.length < lists.length)) return twice
  return [
    ...twice,
    ...empty.map(
      (list) => `${list}: no entry refers to evidence that stands in a source; at least one must`,
    ),
    ...dropped,
  ]
}

/**
 * Emits the elements of an answer while it is written, grounded as the whole will be. Entries that
 * come before the evidence they may refer to wait for it.
 */
export const groundedElements = (
  library: Library,
  emit: (kind: string, item: unknown) => void,
): ((path: JsonPath, value: unknown) => void) => {
  const grounding = groundingIn(library)
  const waiting: (() => void)[] = []
  let evidenceComplete = false

  const emitChecked = (kind: string, result: Checked<unknown> | undefined): void => {
    if (result === undefined) return
    if ('kept' in result) emit(kind, result.kept)
    else emit('risk_flags', result.demoted)
  }
  const readers = new Map<string, (value: unknown) => void>([
    [
      'market_signals',
      (value) => emitChecked('market_signals', marketSignals.checkStreamed(value, grounding)),
    ],
    [
      'competitor_notes',
      (value) => emitChecked('competitor_notes', competitorNotes.checkStreamed(value, grounding)),
    ],
    [
      'channel_observations',
      (value) =>
        emitChecked('channel_observations', channelObservations.checkStreamed(value, grounding)),
    ],
    [
      'risk_flags',
      (value) => {
        const flag = RiskFlag.safeParse(value)
        if (flag.success) emit('risk_flags', flag.data)
      },
    ],
  ])

  return ([kind, index, ...deeper], value) => {
    if (kind === 'evidence' && index === undefined) {
      evidenceComplete = true
      for (const read of waiting.splice(0)) read()
    }
    if (typeof kind !== 'string' || index === undefined || deeper.length > 0) return
    if (kind === 'evidence') {
      const cited = CitedEvidence.safeParse(value)
      if (!cited.success) return
      const verdict = grounding.admit(cited.data)
      if ('evidence' in verdict) emit(kind, verdict.evidence)
      return
    }
    const read = readers.get(kind)
    if (read === undefined) return
    if (evidenceComplete) read(value)
    else waiting.push(() => read(value))
  }
}
