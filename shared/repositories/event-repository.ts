import { ConditionFailed, type Item, type Store, type Write } from '../clients/store.ts'
import { StudioError } from '../contracts/errors.ts'
import { type EventDraft, eventBytesLimit, eventId, type StudioEvent } from '../contracts/events.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import { eventKey, eventRange, expiry } from './table-keys.ts'

/** Times a writer may find its place in the log taken before it gives up. */
const appendTries = 200

/** Events read at once while a writer catches up. */
const catchUpEvents = 500

/**
 * Milliseconds after which an event that is missing before another one is not on its way any more: it
 * has expired. A day, for a reader or writer may be paused in the middle; events live for months.
 */
const onItsWayMs = 86_400_000

export interface EventPage {
  events: StudioEvent[]
  /** True when the log's end was reached. */
  complete: boolean
}

/**
 * One writer to one session's log. Its appends are serial. There is no counter: a writer puts event
 * n+1 on condition that nobody has, and reads the tail when somebody did; so seq has no gap.
 */
export interface EventWriter {
  /** Appends alone. */
  append(drafts: EventDraft[]): Promise<StudioEvent[]>
  /**
   * Appends together with other writes, all or nothing.
   * @throws ConditionFailed when one of `writes` was refused; `failed` counts within `writes`.
   */
  commit(drafts: EventDraft[], writes: Write[]): Promise<StudioEvent[]>
  /** Reads what others have appended, without appending. */
  look(): Promise<void>
}

export interface WriterOptions {
  /** The last seq when the caller has read it (or a promise of it). */
  tail?: number | Promise<number> | undefined
  /**
   * Told of every event that another writer appended after the tail, before this one appends behind
   * it. What it throws ends the append: so nothing of ours can follow an event that ended our work.
   */
  onForeign?: ((events: StudioEvent[]) => void) | undefined
  /**
   * Told of every event after the tail, whoever appended it, in the log's order and each once, as
   * soon as this writer knows of it. `own` is true of what it appended itself. Must not throw.
   */
  onEvents?: ((events: StudioEvent[], own: boolean) => void) | undefined
}

export interface EventRepository {
  /** The last seq, 0 for an empty log. */
  lastSeq(sessionId: string): Promise<number>
  read(sessionId: string, after: number, limit: number): Promise<EventPage>
  /** The newest events back to the last one that `isFirst`, in the log's order. */
  readBack(sessionId: string, isFirst: (event: StudioEvent) => boolean): Promise<StudioEvent[]>
  writer(sessionId: string, options?: WriterOptions): EventWriter
}

type Stamp = Pick<StudioEvent, 'seq' | 'session_id' | 'created_at'>

/** Keys always in this order, so that an event reads the same, byte for byte, pushed or from the log. */
const envelope = ({ seq, session_id, created_at }: Stamp, draft: EventDraft): StudioEvent =>
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
const asItem = (event: StudioEvent): Item => ({
  ...eventKey(event.session_id, event.seq),
  ...event,
  data: JSON.stringify(event.data),
})
const asEvent = (item: Item): StudioEvent => {
  const { data, ...rest } = item as Item & { data: string } & Omit<StudioEvent, 'data'>
  return envelope(rest, { ...rest, data: JSON.parse(data) } as EventDraft)
}

export const createEventRepository = (store: Store, clock: Clock): EventRepository => {
  const lastSeq = async (sessionId: string): Promise<number> => {
    const { items } = await store.query({
      ...eventRange(sessionId, 0),
      newestFirst: true,
      limit: 1,
    })
    return Number(items[0]?.seq ?? 0)
  }

  /**
   * DynamoDB keeps a query and a transaction apart item by item only: an event may be seen a moment
   * before those it was written with. Until they are there too it does not count, so that nobody
   * reads past an event. (What is missing before an event of long ago has expired.)
   */
  const withoutGap = (items: Item[], after: number): Item[] => {
    const gap = items.findIndex(({ seq, created_at }, index) => {
      const follows = Number(seq) === Number(items[index - 1]?.seq ?? after) + 1
      return !follows && clock.now() - Date.parse(String(created_at)) < onItsWayMs
    })
    return gap < 0 ? items : items.slice(0, gap)
  }

  const read = async (sessionId: string, after: number, limit: number): Promise<EventPage> => {
    const events: StudioEvent[] = []
    let from: Record<string, unknown> | undefined
    do {
      const page = await store.query({
        ...eventRange(sessionId, after),
        limit: limit - events.length,
        ...(from ? { after: from } : {}),
      })
      const items = withoutGap(page.items, events.at(-1)?.seq ?? after)
      events.push(...items.map(asEvent))
      from = items.length < page.items.length ? undefined : page.next
    } while (from && events.length < limit)
    return { events, complete: from === undefined }
  }

  const readBack: EventRepository['readBack'] = async (sessionId, isFirst) => {
    const events: StudioEvent[] = []
    let from: Record<string, unknown> | undefined
    do {
      const { items, next } = await store.query({
        ...eventRange(sessionId, 0),
        newestFirst: true,
        limit: catchUpEvents,
        ...(from ? { after: from } : {}),
      })
      for (const event of items.map(asEvent)) {
        events.push(event)
        if (isFirst(event)) return events.reverse()
      }
      from = next
    } while (from)
    return events.reverse()
  }

  const writer = (
    sessionId: string,
    { tail, onForeign, onEvents }: WriterOptions = {},
  ): EventWriter => {
    let last = Promise.resolve(tail ?? lastSeq(sessionId))
    // Whoever awaits the first append hears of a failed tail read; until then it must not go unhandled.
    last.catch(() => {})

    const writerId = newId('lease')
    let count = 0

    let told = 0
    const tell = (known: StudioEvent[], own: boolean): void => {
      const news = known.filter(({ seq }) => seq > told)
      told = news.at(-1)?.seq ?? told
      if (news.length > 0) onEvents?.(news, own)
    }

    /** The last seq, after telling of everything that others appended behind `from`. */
    const catchUp = async (from: number): Promise<number> => {
      const page = await store.query({ ...eventRange(sessionId, from), limit: catchUpEvents })
      const items = withoutGap(page.items, from)
      // All of them: one of ours may be among them whose append seemed to fail.
      tell(items.map(asEvent), false)
      const foreign = items.filter(({ write_id }) => !String(write_id).startsWith(writerId))
      if (foreign.length > 0) onForeign?.(foreign.map(asEvent))
      const seq = Number(items.at(-1)?.seq ?? from)
      return page.next === undefined || items.length < page.items.length ? seq : catchUp(seq)
    }

    const written = async (seq: number, writeId: string): Promise<boolean> => {
      const item = await store.get(eventKey(sessionId, seq))
      return item?.write_id === writeId
    }

    const put = async (
      from: number,
      drafts: EventDraft[],
      writes: Write[],
      tries = appendTries,
      writeId = `${writerId}.${++count}`,
    ): Promise<StudioEvent[]> => {
      const created_at = isoTime(clock.now())
      const events = drafts.map((draft, position) =>
        envelope({ seq: from + position + 1, session_id: sessionId, created_at }, draft),
      )
      for (const event of events) {
        if (Buffer.byteLength(JSON.stringify(event)) > eventBytesLimit) {
          throw new StudioError('INTERNAL_ERROR', `An event ${event.type} is over the size limit.`)
        }
      }
      const puts: Write[] = events.map((event) => ({
        put: { ...asItem(event), write_id: writeId, ttl: expiry(clock.now()) },
        condition: { expression: 'attribute_not_exists(#PK)' },
      }))
      try {
        await store.write([...writes, ...puts])
        tell(events, true)
        return events
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error
        // A client's retry of a write whose answer was lost finds its own event there.
        if (events[0] && (await written(events[0].seq, writeId))) {
          tell(events, true)
          return events
        }
        const refused = error.failed.filter((position) => position < writes.length)
        if (refused.length > 0) throw new ConditionFailed(refused, error)
        if (tries <= 1) throw error
        return put(await catchUp(from), drafts, writes, tries - 1, writeId)
      }
    }

    const commit = (drafts: EventDraft[], writes: Write[]): Promise<StudioEvent[]> => {
      const before = last
      const appended = before.then((from) => put(from, drafts, writes))
      // The next append stands behind this one; when this one failed it finds the tail itself.
      last = appended.then(
        (events) => events.at(-1)?.seq ?? before,
        () => before.catch(() => lastSeq(sessionId)),
      )
      last.catch(() => {})
      return appended
    }

    const look = async (): Promise<void> => {
      const before = last
      const looked = before.then(catchUp)
      last = looked.catch(() => before)
      last.catch(() => {})
      await looked
    }

    return { append: (drafts) => commit(drafts, []), commit, look }
  }

  return { lastSeq, read, readBack, writer }
}
