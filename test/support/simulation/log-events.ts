import { eventId, type StudioEvent } from '../../../shared/contracts/events.ts'

/** An entry of a log, a planner's delta when nothing else is asked for. */
export const logEvent = (seq: number, more: object = {}): StudioEvent =>
  ({
    event_id: eventId(seq),
    seq,
    session_id: 'sess_00000000000000000000000000',
    type: 'planner.delta',
    created_at: '2026-11-01T00:00:00.000Z',
    data: { text: `말 ${seq}`, turn: 1, try: 1 },
    ...more,
  }) as StudioEvent

/** Entries `from` to `to`, both among them. */
export const logEvents = (from: number, to: number): StudioEvent[] =>
  Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => logEvent(from + index))

/** A log in memory that counts how often it is looked at. */
export const createLog = () => {
  const entries: StudioEvent[] = []
  let looks = 0
  return {
    entries,
    looks: () => looks,
    append(...more: object[]): StudioEvent[] {
      const appended = more.map((entry, index) => logEvent(entries.length + 1 + index, entry))
      entries.push(...appended)
      return appended
    },
    async read(_sessionId: string, after: number, limit: number) {
      looks += 1
      const events = entries.slice(after, after + limit)
      return { events, complete: after + events.length >= entries.length }
    },
    async readBack(_sessionId: string, isFirst: (event: StudioEvent) => boolean) {
      looks += 1
      return entries.slice(Math.max(entries.findLastIndex(isFirst), 0))
    },
  }
}
