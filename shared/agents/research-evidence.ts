import type * as z from 'zod'
import {
  ChannelObservation,
  CompetitorNote,
  Evidence,
  MarketSignal,
  type ResearchOutput,
  RiskFlag,
} from '../contracts/agents.ts'
import { normalizedUrl } from '../rules/web-address.ts'
import type { JsonPath } from './answer-reader.ts'

/** The evidence that an answer may refer to, checked while it is written and again when it is complete. */
interface Grounding {
  /** Whether the search returned this page; from then on its id may be referred to. */
  admit(evidence: z.infer<typeof Evidence>): boolean
  /** The references to admitted evidence. */
  admitted(ids: string[]): string[]
  /** Whether the search returned any page at all. */
  hasPages: boolean
}

const groundingIn = (urls: ReadonlySet<string>): Grounding => {
  const ids = new Set<string>()
  return {
    admit({ id, url }) {
      const key = normalizedUrl(url)
      if (key === null || !urls.has(key)) return false
      ids.add(id)
      return true
    },
    admitted: (references) => references.filter((id) => ids.has(id)),
    hasPages: urls.size > 0,
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
    return evidence_ids.length === 0 && grounding.hasPages
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

/**
 * The answer without evidence that the search did not return, and without references to it. An entry
 * left without a source is demoted: its sentence moves to the risk flags. When the search returned
 * nothing at all, entries may stand without a source, and the rules ask for a risk flag.
 */
export const groundResearch = (
  output: ResearchOutput,
  urls: ReadonlySet<string>,
): { output: ResearchOutput; dropped: number } => {
  const grounding = groundingIn(urls)
  const evidence = output.evidence.filter(grounding.admit)
  const signals = marketSignals.checkAll(output.market_signals, grounding)
  const notes = competitorNotes.checkAll(output.competitor_notes, grounding)
  const observations = channelObservations.checkAll(output.channel_observations, grounding)
  return {
    dropped: output.evidence.length - evidence.length,
    output: {
      ...output,
      evidence,
      market_signals: signals.kept,
      competitor_notes: notes.kept,
      channel_observations: observations.kept,
      risk_flags: [
        ...signals.demoted,
        ...notes.demoted,
        ...observations.demoted,
        ...output.risk_flags,
      ],
    },
  }
}

/** Every rule that a grounded answer breaks. */
export const researchRules = (output: ResearchOutput, urls: ReadonlySet<string>): string[] => {
  const broken: string[] = []
  const ids = output.evidence.map(({ id }) => id)
  if (new Set(ids).size < ids.length) broken.push('evidence: two entries have the same id')
  for (const list of ['market_signals', 'competitor_notes', 'channel_observations'] as const) {
    if (output[list].length === 0) {
      broken.push(
        `${list}: no entry refers to evidence whose url is copied from the sources block; at least one must`,
      )
    }
  }
  if (urls.size === 0 && output.risk_flags.length === 0) {
    broken.push('risk_flags: must say why there is no evidence')
  }
  return broken
}

/**
 * Emits the elements of an answer while it is written, grounded as the whole will be. Entries that
 * come before the evidence they may refer to wait for it.
 */
export const groundedElements = (
  urls: ReadonlySet<string>,
  emit: (kind: string, item: unknown) => void,
): ((path: JsonPath, value: unknown) => void) => {
  const grounding = groundingIn(urls)
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
      const evidence = Evidence.safeParse(value)
      if (evidence.success && grounding.admit(evidence.data)) emit(kind, evidence.data)
      return
    }
    const read = readers.get(kind)
    if (read === undefined) return
    if (evidenceComplete) read(value)
    else waiting.push(() => read(value))
  }
}
