import { pagesOf, type Store } from '../clients/store.ts'
import type { StudioEvent } from '../contracts/events.ts'
import type { Clock } from '../platform/clock.ts'
import { asEvents, type EventTable, eventPages, lastSeq } from './event-items.ts'
import { createEventWriter, type EventWriter, type WriterOptions } from './event-writer.ts'
import { eventRange } from './table-keys.ts'

export type { WriterOptions }

/** Events read with one request on the way back from a log's end. */
const readBackEvents = 500

export interface EventPage {
  events: StudioEvent[]
  /** True when the log's end was reached. */
  complete: boolean
}

export interface EventRepository {
  /** The last seq, 0 for an empty log. */
  lastSeq(sessionId: string): Promise<number>
  read(sessionId: string, after: number, limit: number): Promise<EventPage>
  /** The log from its end, newest first, a page at a time. */
  back(sessionId: string): AsyncIterable<StudioEvent[]>
  /** The newest events back to the last one that `isFirst`, in the log's order. */
  readBack(sessionId: string, isFirst: (event: StudioEvent) => boolean): Promise<StudioEvent[]>
  writer(sessionId: string, options?: WriterOptions): EventWriter
}

const read = async (
  table: EventTable,
  sessionId: string,
  after: number,
  limit: number,
): Promise<EventPage> => {
  const events: StudioEvent[] = []
  let complete = false
  for await (const page of eventPages(table, sessionId, after, { total: limit })) {
    events.push(...page.entries.flatMap((entry) => entry.events))
    complete = page.complete
    if (events.length > limit) return { events: events.slice(0, limit), complete: false }
    if (events.length === limit) break
  }
  return { events, complete }
}

async function* back({ store }: EventTable, sessionId: string): AsyncGenerator<StudioEvent[]> {
  const range = { ...eventRange(sessionId, 0), newestFirst: true }
  for await (const { items } of pagesOf(store, range, { pageSize: readBackEvents })) {
    yield items.flatMap((item) => asEvents(item).reverse())
  }
}

const readBack = async (
  table: EventTable,
  sessionId: string,
  isFirst: (event: StudioEvent) => boolean,
): Promise<StudioEvent[]> => {
  const events: StudioEvent[] = []
  for await (const page of back(table, sessionId)) {
    for (const event of page) {
      events.push(event)
      if (isFirst(event)) return events.reverse()
    }
  }
  return events.reverse()
}

export const createEventRepository = (store: Store, clock: Clock): EventRepository => {
  const table: EventTable = { store, clock }
  return {
    lastSeq: (sessionId) => lastSeq(table, sessionId),
    read: (sessionId, after, limit) => read(table, sessionId, after, limit),
    back: (sessionId) => back(table, sessionId),
    readBack: (sessionId, isFirst) => readBack(table, sessionId, isFirst),
    writer: (sessionId, options) => createEventWriter(table, sessionId, options),
  }
}
