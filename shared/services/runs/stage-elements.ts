import { RuleBroken } from '../../agents/rule-broken.ts'
import type { ElementVerdict } from '../../contracts/copy-safety.ts'
import { type EventDraft, stageDelta } from '../../contracts/events.ts'
import { elementSizeViolations } from '../../rules/answer-size.ts'
import type { SessionStream } from '../log/stream-service.ts'
import type { HeldStage } from './stage-claim.ts'

/** Elements that are written at once: as items of one transaction, which holds 100 and four megabytes. */
const maxGroup = 25

/** With so many behind an append they go as a group, whose writes cost twice what single ones do. */
const minGroup = 5

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
 * Appends an agent's elements to the log: one after the other, and as a group what comes faster than that.
 * An event that cannot be written stops the work: the log must not lack what was shown.
 * @param triesBefore the latest try of which earlier workers may have shown elements
 * @param onFailure called when an append failed, with its reason
 */
export const createElementLog = (
  stream: SessionStream,
  { run_id, stage }: HeldStage['task'],
  triesBefore: number,
  onFailure: (reason: unknown) => void,
): ElementLog => {
  let waiting: EventDraft[] = []
  let writing: Promise<void> = Promise.resolve()
  let isWriting = false
  const write = async (): Promise<void> => {
    isWriting = true
    while (waiting.length > 0) {
      await stream.emit(waiting.splice(0, waiting.length < minGroup ? 1 : maxGroup))
    }
    isWriting = false
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
      if (isWriting) return
      writing = write()
      // After a failure nothing more is written: `isWriting` stays.
      writing.catch(onFailure)
    },
    async rest() {
      if (waiting.length > maxGroup) await writing
      const rest = waiting
      waiting = []
      await writing
      return rest
    },
    settled: () => Promise.allSettled([writing]),
  }
}
