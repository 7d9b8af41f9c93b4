import { moderationLimit } from '../../rules/model-limits.ts'
import type { CopyFilter } from './copy-filter.ts'
import type { JudgedTexts } from './judged-texts.ts'

/** Something that goes out once its text is moderated. */
interface Waiting {
  /** Undefined for what is no copy, which only keeps its place. */
  text: string | undefined
  release(): void
}

/** Ends the work that waits for texts, or tells that it has ended. */
export interface Stop {
  signal: AbortSignal
  stop(reason: unknown): void
}

/**
 * Moderates texts in batches while others are being written: one request is under way at a time, and the
 * next takes what came meanwhile. What waits is released in its order.
 */
export const createModerationQueue = (
  moderate: NonNullable<CopyFilter['moderate']>,
  judged: JudgedTexts,
  { signal, stop }: Stop,
) => {
  let waiting: Waiting[] = []
  let working: Promise<void> | undefined

  /** @throws StudioError when the service does not judge */
  const moderateAll = async (texts: readonly string[]): Promise<void> => {
    const open = [...new Set(texts)].filter((text) => !judged.isModerated(text))
    for (let from = 0; from < open.length; from += moderationLimit.maxTexts) {
      const batch = open.slice(from, from + moderationLimit.maxTexts)
      const found = await moderate(batch, signal)
      for (const [index, text] of batch.entries()) judged.keep(text, found[index] ?? [])
    }
  }

  const work = async (): Promise<void> => {
    try {
      while (waiting.length > 0 && !signal.aborted) {
        const batch = waiting
        waiting = []
        await moderateAll(batch.flatMap(({ text }) => text ?? []))
        for (const { release } of batch) release()
      }
    } catch (error) {
      // Nothing may go out unjudged: the work that waits for it ends with this reason.
      stop(error)
    }
  }

  /** What came after `work` had looked for the last time is the next one's. */
  const start = (): void => {
    working = work().finally(() => {
      working = undefined
      if (waiting.length > 0 && !signal.aborted) start()
    })
  }

  return {
    add(entry: Waiting): void {
      waiting.push(entry)
      if (working === undefined) start()
    },
    /** Resolves when nothing waits any more, or the work has been stopped. Never rejects. */
    async drained(): Promise<void> {
      while (working !== undefined) await working
    },
    moderateAll,
  }
}
