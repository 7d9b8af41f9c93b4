import type { PartialElement } from '../contracts/runs.ts'
import { jsonBytes } from './answer-size.ts'

/** An element as its event has it. */
export interface StreamedElement extends PartialElement {
  try: number
}

/**
 * Gathers what a stage's latest try had streamed, of elements that are read from the newest to the
 * oldest: the first of them, whole, as many as fit into `maxBytes` of JSON. Holds no more than that.
 */
export const createPartial = (maxBytes: number) => {
  let latest = 0
  /** Newest first; those before `from` were too many. */
  let kept: { element: PartialElement; bytes: number }[] = []
  let from = 0
  let total = 0
  const restart = (modelTry: number): void => {
    latest = modelTry
    kept = []
    from = 0
    total = '[]'.length
  }
  return {
    take({ kind, item, try: modelTry }: StreamedElement): void {
      if (modelTry > latest) restart(modelTry)
      // Elements of a try that was given up may come late.
      if (modelTry < latest) return
      const element = { kind, item }
      const bytes = jsonBytes(element) + ','.length
      kept.push({ element, bytes })
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
