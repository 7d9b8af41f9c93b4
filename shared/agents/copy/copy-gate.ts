import type { ElementVerdict } from '../../contracts/copy-safety.ts'
import type { CopyFilter } from './copy-filter.ts'
import type { CopySheet, ElementTexts } from './copy-sheet.ts'
import { inEvent, type JudgedTexts } from './judged-texts.ts'
import { createModerationQueue, type Stop } from './moderation-queue.ts'

/** Where judged elements go. */
export interface CopyListener {
  /** `attempt` counts the calls of the model from 1; elements of a later one replace those of an earlier. */
  onElement(kind: string, item: unknown, attempt: number, verdict?: ElementVerdict): void
}

/** UTF-16 units of the entries before, with which an entry of a running text is judged. */
const memory = 600

/**
 * Stands between an answer that is being written and those who see it: an element goes on once its texts
 * are judged, in its order, and one that is blocked never does.
 */
export const createCopyGate = (
  { moderate }: CopyFilter,
  sheet: CopySheet,
  judged: JudgedTexts,
  listener: CopyListener,
  stop: Stop,
) => {
  const queue = moderate && createModerationQueue(moderate, judged, stop)
  /** What was shown last of the running texts, by field. */
  const tails = new Map<string, string>()
  let latest = 0

  /** Entries that are read as one text may say together what none says alone. */
  const completesClaim = (kind: string, { texts: [text] }: ElementTexts): boolean => {
    const tail = tails.get(kind)
    return tail !== undefined && judged.text(`${tail} ${text}`).verdict === 'blocked'
  }

  const show = (kind: string, item: unknown, attempt: number): void => {
    const texts = sheet.elementTexts(kind, item)
    const verdict = texts && judged.element(texts)
    if (verdict?.verdict === 'blocked') return
    listener.onElement(kind, item, attempt, verdict && inEvent(verdict))
  }

  return {
    /** Takes an element of the model's call number `attempt`. Returns at once. */
    take(kind: string, item: unknown, attempt: number): void {
      if (attempt !== latest) tails.clear()
      latest = attempt
      const texts = sheet.elementTexts(kind, item)
      if (texts !== undefined) {
        if (judged.element(texts).verdict === 'blocked') return
        if (sheet.running.has(kind)) {
          if (completesClaim(kind, texts)) return
          tails.set(kind, `${tails.get(kind) ?? ''} ${texts.texts[0]}`.slice(-memory).trimStart())
        }
      }
      if (queue === undefined) show(kind, item, attempt)
      else queue.add({ text: texts?.texts[0], release: () => show(kind, item, attempt) })
    },
    /** Moderates what has not been. @throws StudioError when the service does not judge */
    async moderateAll(texts: readonly string[]): Promise<void> {
      await queue?.moderateAll(texts)
    },
    /** Resolves when everything that was taken has gone on or was blocked, or the work was stopped. Never rejects. */
    async settled(): Promise<void> {
      await queue?.drained()
    },
  }
}
export type CopyGate = ReturnType<typeof createCopyGate>
