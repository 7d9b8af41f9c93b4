import type { StageName } from '../contracts/agents.ts'
import type { PartialElement } from '../contracts/runs.ts'
import { jsonBytes } from './answer-size.ts'

/** An element as its event has it. */
export interface StreamedElement extends PartialElement {
  try: number
}

/** Kinds of which a later try replaces the elements of an earlier one: all of a stage, or each by itself. */
export type TriesBy = 'stage' | 'kind'

/** Of a stage whose parts are answers of their own, each kind has tries of its own. */
export const triesBy = (stage: StageName): TriesBy => (stage === 'creative' ? 'kind' : 'stage')

/**
 * Gathers what a stage's latest try had streamed, of elements that are read from the newest to the
 * oldest: the first of them, whole, as many as fit into `maxBytes` of JSON. Holds no more than that.
 */
export const createPartial = (maxBytes: number, by: TriesBy = 'stage') => {
  const latest = new Map<string, number>()
  /** Newest first; those before `from` were too many. */
  let kept: { element: PartialElement; group: string; bytes: number }[] = []
  let from = 0
  let total = '[]'.length
  const restart = (group: string, modelTry: number): void => {
    latest.set(group, modelTry)
    kept = kept.slice(from).filter((each) => each.group !== group)
    from = 0
    total = kept.reduce((sum, { bytes }) => sum + bytes, '[]'.length)
  }
  return {
    take({ kind, item, try: modelTry }: StreamedElement): void {
      const group = by === 'kind' ? kind : ''
      const known = latest.get(group) ?? 0
      // Elements of a try that was given up may come late.
      if (modelTry < known) return
      if (modelTry > known) restart(group, modelTry)
      const element = { kind, item }
      const bytes = jsonBytes(element) + ','.length
      kept.push({ element, group, bytes })
      total += bytes
      while (total > maxBytes && from < kept.length) {
        total -= kept[from]?.bytes ?? 0
        from += 1
      }
      if (from > 64) {
        kept = kept.slice(from)
        from = 0
      }
    },
    /** In the order in which they were streamed. */
    elements: (): PartialElement[] =>
      kept
        .slice(from)
        .map(({ element }) => element)
        .reverse(),
  }
}
