import * as z from 'zod'
import {
  ChannelObservation,
  CompetitorNote,
  Evidence,
  MarketSignal,
  type ResearchOutput,
} from '../contracts/agents.ts'
import { normalizedUrl } from './research-sources.ts'
import type { JsonPath } from './structured-stream.ts'

/** Decides what evidence bears out, while an answer is written and again when it is there. */
interface Ground {
  /** Whether the search had returned this page; from then on its id may be referred to. */
  admits(evidence: z.infer<typeof Evidence>): boolean
  /** The references that hold. */
  holding(ids: string[]): string[]
  /** Whether the search returned anything to rest on. */
  exists: boolean
}

const groundOf = (urls: ReadonlySet<string>): Ground => {
  const admitted = new Set<string>()
  return {
    admits({ id, url }) {
      const key = normalizedUrl(url)
      if (key === null || !urls.has(key)) return false
      admitted.add(id)
      return true
    },
    holding: (ids) => ids.filter((id) => admitted.has(id)),
    exists: urls.size > 0,
  }
}

/** An entry that stays with the references that hold, or the sentence of one that nothing bears out. */
type Judged<Item> = { kept: Item } | { demoted: string }

/** A list whose entries must rest on evidence, and the sentence of the model that an entry makes. */
const cited = <Item extends { evidence_ids: string[] }>(
  schema: z.ZodType<Item>,
  sentence: (item: Item) => string,
) => {
  const judge = (item: Item, ground: Ground): Judged<Item> => {
    const evidence_ids = ground.holding(item.evidence_ids)
    return evidence_ids.length === 0 && ground.exists
      ? { demoted: sentence(item) }
      : { kept: { ...item, evidence_ids } }
  }
  return {
    judgeAll(items: Item[], ground: Ground): { kept: Item[]; demoted: string[] } {
      const judged = items.map((item) => judge(item, ground))
      return {
        kept: judged.flatMap((result) => ('kept' in result ? [result.kept] : [])),
        demoted: judged.flatMap((result) => ('demoted' in result ? [result.demoted] : [])),
      }
    },
    judgeRaw(value: unknown, ground: Ground): Judged<Item> | undefined {
      const parsed = schema.safeParse(value)
      return parsed.success ? judge(parsed.data, ground) : undefined
    },
  }
}

const marketSignals = cited(MarketSignal, ({ signal }) => signal)
const competitorNotes = cited(CompetitorNote, ({ positioning }) => positioning)
const channelObservations = cited(ChannelObservation, ({ observation }) => observation)

/**
 * The answer without evidence that the search did not return, and without references to it. What
 * then has no source left is demoted: its sentence stands among the risk flags. When the search
 * returned nothing at all, entries may stand without a source, and the rules ask for a risk flag.
 */
export const settleResearch = (
  output: ResearchOutput,
  urls: ReadonlySet<string>,
): { output: ResearchOutput; dropped: number } => {
  const ground = groundOf(urls)
  const evidence = output.evidence.filter(ground.admits)
  const signals = marketSignals.judgeAll(output.market_signals, ground)
  const notes = competitorNotes.judgeAll(output.competitor_notes, ground)
  const observations = channelObservations.judgeAll(output.channel_observations, ground)
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

/** What is wrong with a settled answer. */
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

const RiskFlag = z.string().trim().min(1)

/**
 * The elements of an answer while it is written, settled as the whole will be. Entries that come
 * before the evidence they may refer to wait for it.
 */
export const liveElements = (
  urls: ReadonlySet<string>,
  emit: (kind: string, item: unknown) => void,
): ((path: JsonPath, value: unknown) => void) => {
  const ground = groundOf(urls)
  const waiting: (() => void)[] = []
  let evidenceComplete = false

  const tell = (kind: string, judged: Judged<unknown> | undefined): void => {
    if (judged === undefined) return
    if ('kept' in judged) emit(kind, judged.kept)
    else emit('risk_flags', judged.demoted)
  }
  const readers = new Map<string, (value: unknown) => void>([
    ['market_signals', (value) => tell('market_signals', marketSignals.judgeRaw(value, ground))],
    [
      'competitor_notes',
      (value) => tell('competitor_notes', competitorNotes.judgeRaw(value, ground)),
    ],
    [
      'channel_observations',
      (value) => tell('channel_observations', channelObservations.judgeRaw(value, ground)),
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
      if (evidence.success && ground.admits(evidence.data)) emit(kind, evidence.data)
      return
    }
    const read = readers.get(kind)
    if (read === undefined) return
    if (evidenceComplete) read(value)
    else waiting.push(() => read(value))
  }
}
