import { type Item, type Paging, pagesOf, type Store } from '../clients/store.ts'
import { type EventDraft, eventId, type StudioEvent } from '../contracts/events.ts'
import type { Clock } from '../platform/clock.ts'
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

// `data` is kept as JSON text: a DynamoDB map does not keep the order of its keys.
export const asItem = (event: StudioEvent): Item => ({
  ...eventKey(event.session_id, event.seq),
  ...event,
  data: JSON.stringify(event.data),
})

export const asEvent = (item: Item): StudioEvent => {
  const { data, ...rest } = item as Item & { data: string } & Omit<StudioEvent, 'data'>
  return envelope(rest, { ...rest, data: JSON.parse(data) } as EventDraft)
}

/**
 * Milliseconds after which an event that is missing before another one is no longer on its way: it has
 * expired. A day, because a reader or writer may be paused in the middle; events live for months.
 */
const onItsWayMs = 86_400_000

/**
 * DynamoDB isolates a query from a transaction item by item only: an event may be seen a moment
 * before those it was written with. Until those are seen too it does not count, so that no reader
 * steps over an event. (What is missing before an event of long ago has expired.)
 */
const withoutGap = (items: Item[], after: number, now: number): Item[] => {
  const gap = items.findIndex(({ seq, created_at }, index) => {
    const follows = Number(seq) === Number(items[index - 1]?.seq ?? after) + 1
    return !follows && now - Date.parse(String(created_at)) < onItsWayMs
  })
  return gap < 0 ? items : items.slice(0, gap)
}

export interface EventItems {
  items: Item[]
  /** True when nothing behind them can be read for now. */
  complete: boolean
}

/** A log's items after a seq, oldest first, up to its end or to a gap that is still being filled. */
export async function* eventPages(
  { store, clock }: EventTable,
  sessionId: string,
  after: number,
  paging: Paging,
): AsyncGenerator<EventItems> {
  let last = after
  for await (const { items, next } of pagesOf(store, eventRange(sessionId, after), paging)) {
    const readable = withoutGap(items, last, clock.now())
    const isCut = readable.length < items.length
    last = Number(readable.at(-1)?.seq ?? last)
    yield { items: readable, complete: isCut || next === undefined }
    if (isCut) return
  }
}

/** The last seq of a log, 0 when it is empty. */
export const lastSeq = async ({ store }: EventTable, sessionId: string): Promise<number> => {
  const range = { ...eventRange(sessionId, 0), newestFirst: true, limit: 1 }
  const { items } = await store.query(range)
  return Number(items[0]?.seq ?? 0)
}
