import type { RunView } from '../../../shared/client/contract.ts'

type CopySafety = NonNullable<RunView['copy_safety']>
export type CopyVerdict = CopySafety['verdicts'][number]
export type Verdict = CopyVerdict['verdict']
export type Finding = CopyVerdict['findings'][number]

/** What the filter says of a text; null of one that it has said nothing of yet. */
export const verdictOf = (safety: CopySafety | null, where: string): CopyVerdict | null =>
  safety?.verdicts.find((verdict) => verdict.where === where) ?? null

/** How many of these texts have each verdict. */
export const countVerdicts = (verdicts: readonly (CopyVerdict | null)[]) => {
  const counts: Record<Verdict, number> = { ok: 0, needs_evidence: 0, blocked: 0, unjudged: 0 }
  for (const verdict of verdicts) counts[verdict?.verdict ?? 'unjudged'] += 1
  return counts
}

export interface Piece {
  text: string
  marked: boolean
}

/** A text cut at the words that findings are about, as they stand there; overlapping ones become one. */
export const markedPieces = (text: string, matches: readonly string[]): Piece[] => {
  const spans = matches
    .filter((match) => match !== '' && text.includes(match))
    .map((match) => ({ from: text.indexOf(match), to: text.indexOf(match) + match.length }))
    .toSorted((one, other) => one.from - other.from)
  const pieces: Piece[] = []
  let at = 0
  for (const { from, to } of spans) {
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false })
    if (to > at) pieces.push({ text: text.slice(Math.max(at, from), to), marked: true })
    at = Math.max(at, to)
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false })
  return pieces
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Characters as readers and platforms count them. */
export const characterCount = (text: string): number => [...segmenter.segment(text)].length

/** An address that a page may lead to; undefined for any that is not of the web. */
export const webAddress = (url: string): string | undefined => {
  try {
    const { protocol, href } = new URL(url)
    return protocol === 'https:' || protocol === 'http:' ? href : undefined
  } catch {
    return undefined
  }
}
