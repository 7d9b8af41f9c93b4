import type { Store } from '../../../shared/clients/store.ts'
import { eventId, type StudioEvent } from '../../../shared/contracts/events.ts'
import { eventKey } from '../../../shared/repositories/table-keys.ts'
import type { MemoryTable } from './memory-table.ts'

export const sessionId = 'sess_00000000000000000000000000'

/** An entry of a log, a planner's delta when nothing else is asked for. */
export const logEvent = (seq: number, more: object = {}): StudioEvent =>
  ({
    event_id: eventId(seq),
    seq,
    session_id: sessionId,
    type: 'planner.delta',
    created_at: '2026-11-01T00:00:00.000Z',
    data: { text: `말 ${seq}`, turn: 1, try: 1 },
    ...more,
  }) as StudioEvent

/** Entries `from` to `to`, both among them. */
export const logEvents = (from: number, to: number): StudioEvent[] =>
  Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => logEvent(from + index))

/** A log in a table in memory, which a test appends to at once, and whose reads it can count. */
export const createLog = (table: MemoryTable, through: Store) => {
  const entries: StudioEvent[] = []
  let reads = 0
  const store: Store = {
    ...through,
    query(range) {
      if (range.from.startsWith('EVENT#')) reads += 1
      return through.query(range)
    },
  }
  return {
    entries,
    /** The store by which the log is to be read. */
    store,
    reads: () => reads,
    append(...more: object[]): StudioEvent[] {
      const appended = more.map((entry, index) => logEvent(entries.length + 1 + index, entry))
      for (const event of appended) {
        const key = eventKey(sessionId, event.seq)
        table.write([{ put: { ...key, ...event, data: JSON.stringify(event.data) } }])
      }
      entries.push(...appended)
      return appended
    },
  }
}
