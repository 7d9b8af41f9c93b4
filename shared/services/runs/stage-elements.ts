import { RuleBroken } from '../../agents/rule-broken.ts'
import type { ElementVerdict } from '../../contracts/copy-safety.ts'
import { type EventDraft, stageDelta } from '../../contracts/events.ts'
import { elementSizeViolations } from '../../rules/answer-size.ts'
import { firstPack, packedEvents } from '../../rules/event-packing.ts'
import type { SessionStream } from '../log/stream-service.ts'
import type { HeldStage } from './stage-claim.ts'

/**
 * Milliseconds over which elements behind one that was shown are gathered: twice as long as a reply's text, which is
 * read as it grows.
 */
export const elementWindowMs = 100

/** Elements that go with the transaction that commits the stage, at most: it holds 100 items and four megabytes. */
const maxRest = 25

export interface ElementLog {
  /** @throws RuleBroken for an element that no event can hold, which ends the model's try */
  append(kind: string, item: unknown, modelTry: number, verdict?: ElementVerdict): void
  /**
   * The newest elements, which wait behind an append: theirs is the transaction that commits the stage.
   * Resolves when all others are in the log. @throws what the append that failed threw
   */
  rest(): Promise<EventDraft[]>
  /** Resolves when none is on its way any more. */
  settled(): Promise<unknown>
}

/**
 * Appends an agent's elements to the log: the first at once, and those that come within a window as one item.
 * An event that cannot be written stops the work: the log must not lack what was shown.
 * @param triesBefore the latest try of which earlier workers may have shown elements
 * @param onFailure called when an append failed, with its reason
 */
export const createElementLog = (
  stream: Pick<SessionStream, 'emit'>,
  { run_id, stage }: HeldStage['task'],
  triesBefore: number,
  onFailure: (reason: unknown) => void,
): ElementLog => {
  let waiting: EventDraft[] = []
  let writing: Promise<void> = Promise.resolve()
  let isWriting = false
  let isEnding = false
  let endWindow = (): void => {}
  const openWindow = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, elementWindowMs)
      endWindow = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const write = async (): Promise<void> => {
    isWriting = true
    while (waiting.length > 0) {
      const window = openWindow()
      try {
        await stream.emit(waiting.splice(0, firstPack(waiting)))
        if (!isEnding && waiting.length < packedEvents) await window
      } finally {
        endWindow()
      }
    }
    isWriting = false
  }
  const end = (): void => {
    isEnding = true
    endWindow()
  }
  return {
    append(kind, item, modelTry, verdict) {
      const tooLarge = elementSizeViolations(kind, item)
      if (tooLarge.length > 0) throw new RuleBroken(tooLarge)
      const data = {
        kind,
        item,
        try: triesBefore + modelTry,
        ...(verdict && { copy_safety: verdict }),
      }
      waiting.push({ type: stageDelta[stage], run_id, data } as EventDraft)
      if (waiting.length >= packedEvents) endWindow()
      if (isWriting) return
      writing = write()
      // After a failure nothing more is written: `isWriting` stays.
      writing.catch(onFailure)
    },
    async rest() {
      end()
      if (waiting.length > maxRest) await writing
      const rest = waiting
      waiting = []
      await writing
      return rest
    },
    settled() {
      end()
      return Promise.allSettled([writing])
    },
  }
}
