import type { StudioEvent } from '../contract.ts'

/** Puts what arrives into the log's order, each event once. */
export interface Inbox {
  /** The last seq up to which nothing is missing. */
  seq(): number
  /** Whether something further on is there already: what lies between was lost on the way. */
  hasGap(): boolean
  take(arrived: unknown): void
}

const isEvent = (value: unknown): value is StudioEvent => {
  const { seq, type } = (value ?? {}) as { seq?: unknown; type?: unknown }
  return Number.isSafeInteger(seq) && (seq as number) > 0 && typeof type === 'string'
}

/** Events kept aside at most; those beyond come again when the gap before them is read. */
const keptAside = 2_000

/** @param deliver called with each event once, in order */
export const createInbox = (
  sessionId: string,
  after: number,
  deliver: (event: StudioEvent) => void,
): Inbox => {
  const ahead = new Map<number, StudioEvent>()
  let seq = after
  return {
    seq: () => seq,
    hasGap: () => ahead.size > 0,
    take(arrived) {
      if (!isEvent(arrived) || arrived.session_id !== sessionId || arrived.seq <= seq) return
      if (ahead.size < keptAside || arrived.seq === seq + 1) ahead.set(arrived.seq, arrived)
      for (let next = ahead.get(seq + 1); next; next = ahead.get(seq + 1)) {
        ahead.delete(next.seq)
        seq = next.seq
        deliver(next)
      }
    },
  }
}
