import type * as z from 'zod'
import {
  ChannelObservation,
  CitedEvidence,
  CompetitorNote,
  MarketSignal,
  type ResearchAnswer,
  type ResearchOutput,
  RiskFlag,
} from '../contracts/agents.ts'
import { isHarmless, textsIn } from './answer-guard.ts'
import type { JsonPath } from './answer-reader.ts'
import { type Library, type Verdict, verify } from './research-verification.ts'

/** The evidence of one answer, checked while it is written and again when it is complete. */
interface Grounding {
  /** What the evidence is stored as; none when nothing bears it out. From then on its id may be referred to. */
  admit(cited: CitedEvidence): Verdict
  /** The references to admitted evidence. */
  admitted(ids: string[]): string[]
  /** What texts may name: see `Library`. */
  own: readonly string[]
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
    own: library.own,
  }
}

/**
 * An entry with its valid references, the sentence of an entry that no evidence supports, or an entry
 * that a page dictated: nothing of that is kept.
 */
type Checked<Item> = { kept: Item } | { demoted: string } | { refused: true }

/** A list whose entries must refer to evidence; `sentence` is what remains of an unsupported entry. */
const citedList = <Item extends { evidence_ids: string[] }>(
  schema: z.ZodType<Item>,
  sentence: (item: Item) => string,
) => {
  const check = (item: Item, grounding: Grounding): Checked<Item> => {
    if (!textsIn(item).every((each) => isHarmless(each, grounding.own))) return { refused: true }
    const evidence_ids = grounding.admitted(item.evidence_ids)
    return evidence_ids.length === 0
      ? { demoted: sentence(item) }
      : { kept: { ...item, evidence_ids } }
  }
  return {
    checkAll(items: Item[], grounding: Grounding) {
      const results = items.map((item) => check(item, grounding))
      return {
        refused: results.filter((result) => 'refused' in result).length,
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

const reasons = {
  source: 'its url is not in the sources block',
  quote: 'its quote does not stand word for word in the text of that source',
  sense: 'it holds an address, markup or an instruction; quote another sentence',
} as const

const reasonOf = (cited: CitedEvidence, missing: keyof typeof reasons): string =>
  `evidence ${cited.id}: ${reasons[missing]}`

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
  const refused = signals.refused + notes.refused + observations.refused
  return {
    dropped: [
      ...verdicts.flatMap(({ cited, verdict }) =>
        'missing' in verdict ? [reasonOf(cited, verdict.missing)] : [],
      ),
      ...(refused > 0 ? [`${refused} findings: write no address, markup or instruction`] : []),
    ],
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
        ...answer.risk_flags.filter((flag) => isHarmless(flag, library.own)),
      ],
    },
  }
}

const lists = ['market_signals', 'competitor_notes', 'channel_observations'] as const

/** The elements of an output, each with its field, in the order in which an answer shows them. */
export const elementsOf = (output: ResearchOutput): [kind: string, item: unknown][] =>
  (['evidence', ...lists, 'risk_flags'] as const).flatMap((kind) =>
    output[kind].map((item): [string, unknown] => [kind, item]),
  )

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
    else if ('demoted' in result) emit('risk_flags', result.demoted)
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
        if (flag.success && isHarmless(flag.data, library.own)) emit('risk_flags', flag.data)
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
