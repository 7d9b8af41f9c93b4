import { pagesOf, type Store } from '../clients/store.ts'
import type { StudioEvent } from '../contracts/events.ts'
import type { Clock } from '../platform/clock.ts'
import { packedEvents } from '../rules/event-packing.ts'
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
  /** Removes what is in the log. May be repeated. */
  erase(sessionId: string): Promise<void>
}

/** Items that one transaction removes. */
const removedAtOnce = 50

/** Items that are read with one request, though fewer may hold the events that are wanted. */
const fewItems = 32

/** Items read beyond what is estimated: packs that are not quite full would cost a request for a few events. */
const spare = 1.1

/**
 * Reads as many items as hold the events that are missing, going by how many the items before held: in a log of packs a
 * limit of events that counted items would read six times of what is wanted, and unpack it.
 */
const read = async (
  table: EventTable,
  sessionId: string,
  after: number,
  limit: number,
): Promise<EventPage> => {
  const events: StudioEvent[] = []
  let items = 0
  let complete = false
  while (!complete && events.length < limit) {
    const missing = limit - events.length
    const estimate = items === 0 ? missing / packedEvents : (missing * items) / events.length
    const least = items === 0 ? fewItems : 0
    // Each item holds an event at least.
    const total = Math.min(missing, Math.max(Math.ceil(spare * estimate), least))
    const last = events.at(-1)?.seq ?? after
    for await (const page of eventPages(table, sessionId, last, { total })) {
      events.push(...page.entries.flatMap((entry) => entry.events))
      items += page.entries.length
      complete = page.complete
    }
  }
  return events.length > limit
    ? { events: events.slice(0, limit), complete: false }
    : { events, complete }
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

/** By transactions of deletes: what loses a log to an erasure has no right to batches, and no client for them. */
const erase = async ({ store }: EventTable, sessionId: string): Promise<void> => {
  for await (const { items } of pagesOf(store, eventRange(sessionId, 0), {
    pageSize: removedAtOnce,
  })) {
    if (items.length > 0) await store.write(items.map(({ PK, SK }) => ({ remove: { PK, SK } })))
  }
}

export const createEventRepository = (store: Store, clock: Clock): EventRepository => {
  const table: EventTable = { store, clock }
  return {
    lastSeq: (sessionId) => lastSeq(table, sessionId),
    read: (sessionId, after, limit) => read(table, sessionId, after, limit),
    back: (sessionId) => back(table, sessionId),
    readBack: (sessionId, isFirst) => readBack(table, sessionId, isFirst),
    writer: (sessionId, options) => createEventWriter(table, sessionId, options),
    erase: (sessionId) => erase(table, sessionId),
  }
}
