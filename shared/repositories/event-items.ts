import { type Item, type Paging, pagesOf, type Store } from '../clients/store.ts'
import { type EventDraft, eventId, type StudioEvent } from '../contracts/events.ts'
import type { Clock } from '../platform/clock.ts'
import { packedEvents, packItems } from '../rules/event-packing.ts'
import { denseJson } from './dense-json.ts'
import { parseStored } from './json-attributes.ts'
import { eventKey, eventRange } from './table-keys.ts'

/** What readers and writers of a log need. */
export interface EventTable {
  store: Store
  clock: Clock
}

type Stamp = Pick<StudioEvent, 'seq' | 'session_id' | 'created_at'>

/** Keys always in this order, so that an event reads the same, byte for byte, pushed or from the log. */
export const envelope = ({ seq, session_id, created_at }: Stamp, draft: EventDraft): StudioEvent =>
  ({
    event_id: eventId(seq),
    seq,
    session_id,
    ...(draft.run_id === undefined ? {} : { run_id: draft.run_id }),
    type: draft.type,
    created_at,
    data: draft.data,
  }) as StudioEvent

/** Bytes of JSON beyond which a pack's item would have more than a kilobyte, and is packed. */
const looseBytes = 768

/**
 * One item for the events of a pack, under the seq of its first; `seq` is that of its last, which is where a
 * writer goes on. `data` is kept as JSON text: a DynamoDB map does not keep the order of its keys.
 */
const asItem = (pack: readonly [StudioEvent, ...StudioEvent[]]): Item => {
  const [first] = pack
  const last = pack.at(-1) ?? first
  const key = eventKey(first.session_id, first.seq)
  if (pack.length === 1) return { ...key, ...first, data: JSON.stringify(first.data) }
  const { session_id, created_at } = first
  const events = pack.map(({ type, run_id, data }) => ({ type, run_id, data }))
  const text = JSON.stringify(events)
  const stored = Buffer.byteLength(text) > looseBytes ? denseJson(events) : text
  return { ...key, seq: last.seq, session_id, created_at, events: stored }
}

/** The items of events that are appended at once. */
export const asItems = (events: readonly StudioEvent[]): Item[] => packItems(events).map(asItem)

/** The events of an item, in the log's order. */
export const asEvents = (item: Item): StudioEvent[] => {
  const { data, events, ...stamp } = item as Item &
    Omit<StudioEvent, 'data'> & { data: string; events?: string | Uint8Array }
  if (events === undefined) {
    return [envelope(stamp, { ...stamp, data: JSON.parse(data) } as EventDraft)]
  }
  const drafts = parseStored(events) as EventDraft[]
  const before = stamp.seq - drafts.length
  return drafts.map((draft, index) => envelope({ ...stamp, seq: before + index + 1 }, draft))
}

/**
 * Milliseconds after which an event that is missing before another one is no longer on its way: it has
 * expired. A day, because a reader or writer may be paused in the middle; events live for months.
 */
const onItsWayMs = 86_400_000

/** Events of one write, under the id by which its writer knows it. */
export interface Entry {
  writeId: string
  events: StudioEvent[]
}

export interface EventEntries {
  entries: Entry[]
  /** True when nothing behind them can be read for now. */
  complete: boolean
}

/** What of the items lies behind a seq. A range begins early enough to hold a pack that it falls into. */
const entriesBehind = (items: readonly Item[], after: number): Entry[] =>
  items
    .filter(({ seq }) => Number(seq) > after)
    .map((item) => ({
      writeId: String(item.write_id),
      events: asEvents(item).filter(({ seq }) => seq > after),
    }))

/**
 * DynamoDB isolates a query from a transaction item by item only: an event may be seen a moment
 * before those it was written with. Until those are seen too it does not count, so that no reader
 * steps over an event. (What is missing before an event of long ago has expired.)
 */
const withoutGap = (entries: Entry[], after: number, now: number): Entry[] => {
  const gap = entries.findIndex(({ events: [first] }, index) => {
    const before = entries[index - 1]?.events.at(-1)?.seq ?? after
    return (
      first !== undefined &&
      first.seq !== before + 1 &&
      now - Date.parse(first.created_at) < onItsWayMs
    )
  })
  return gap < 0 ? entries : entries.slice(0, gap)
}

/** Limits on items, raised by those that a range may begin with before its seq. */
const withEarlier = ({ total, pageSize }: Paging, after: number): Paging => {
  const earlier = Math.min(packedEvents - 1, after)
  return {
    ...(total === undefined ? {} : { total: total + earlier }),
    ...(pageSize === undefined ? {} : { pageSize: pageSize + earlier }),
  }
}

/** A log's events after a seq, oldest first, up to its end or to a gap that is still being filled. */
export async function* eventPages(
  { store, clock }: EventTable,
  sessionId: string,
  after: number,
  paging: Paging,
): AsyncGenerator<EventEntries> {
  let last = after
  const range = eventRange(sessionId, after)
  const pages = pagesOf(store, range, { ...withEarlier(paging, after), isAhead: true })
  for await (const { items, next } of pages) {
    const found = entriesBehind(items, last)
    const entries = withoutGap(found, last, clock.now())
    const isCut = entries.length < found.length
    last = entries.at(-1)?.events.at(-1)?.seq ?? last
    yield { entries, complete: isCut || next === undefined }
    if (isCut) return
  }
}

/** The last seq of a log, 0 when it is empty. */
export const lastSeq = async ({ store }: EventTable, sessionId: string): Promise<number> => {
  const range = { ...eventRange(sessionId, 0), newestFirst: true, limit: 1 }
  const { items } = await store.query(range)
  return Number(items[0]?.seq ?? 0)
}
