import { ConditionFailed, type Write } from '../clients/store.ts'
import { StudioError } from '../contracts/errors.ts'
import { type EventDraft, eventBytesLimit, type StudioEvent } from '../contracts/events.ts'
import { isoTime } from '../platform/clock.ts'
import { eventText } from '../platform/event-text.ts'
import { newId } from '../platform/ids.ts'
import { asItems, type EventTable, envelope, eventPages, lastSeq } from './event-items.ts'
import { eventKey, expiry } from './table-keys.ts'

/** Times a writer may find its place in the log taken before it gives up. */
const appendTries = 200

/** Events read with one request while a writer catches up. */
const catchUpEvents = 500

/**
 * One writer to one session's log. Its appends are serial. There is no counter: a writer puts the item of event
 * n+1 on condition that it is not there, and reads the tail when it is; so seq has no gap. Events that are
 * appended at once share an item, under the seq of the first.
 */
export interface EventWriter {
  /** Appends alone. @param mayFollow as of `commit` */
  append(drafts: EventDraft[], mayFollow?: () => void): Promise<StudioEvent[]>
  /**
   * Appends together with other writes, all or nothing.
   * @param mayFollow called before it is put behind what is known; what it throws ends this append alone
   * @throws ConditionFailed when one of `writes` was refused; `failed` counts within `writes`.
   */
  commit(drafts: EventDraft[], writes: Write[], mayFollow?: () => void): Promise<StudioEvent[]>
  /** Reads what other writers have appended, without appending. */
  look(): Promise<void>
}

export interface WriterOptions {
  /**
   * The last seq when the caller has read it (or a promise of it): never one in the middle of what was
   * appended at once, whose next place looks free.
   */
  tail?: number | Promise<number> | undefined
  /**
   * Called with every event that another writer appended after the tail, before this one appends
   * behind it. What it throws ends the append: so nothing of ours can follow an event that ended our
   * work.
   */
  onForeign?: ((events: StudioEvent[]) => void) | undefined
  /**
   * Called with every event after the tail, of any writer, in the log's order and each once, as soon
   * as this writer knows of it. `own` is true of what it appended itself. Must not throw.
   */
  onEvents?: ((events: StudioEvent[], own: boolean) => void) | undefined
}

interface Writer extends EventTable {
  id: string
  sessionId: string
  onForeign: WriterOptions['onForeign']
  announce(known: StudioEvent[], own: boolean): void
}

/** What is appended at once, under an id by which the writer knows it again. */
interface Batch {
  writeId: string
  drafts: EventDraft[]
  writes: Write[]
  mayFollow: (() => void) | undefined
}

/** Passes on what is new: an event may become known twice, as appended and as read. */
const createAnnouncer = (onEvents: WriterOptions['onEvents']): Writer['announce'] => {
  let announced = 0
  return (known, own) => {
    const news = known.filter(({ seq }) => seq > announced)
    announced = news.at(-1)?.seq ?? announced
    if (news.length > 0) onEvents?.(news, own)
  }
}

/** The last seq, after announcing everything that was appended behind `from`. */
const catchUp = async (writer: Writer, from: number): Promise<number> => {
  let seq = from
  const pages = eventPages(writer, writer.sessionId, from, { pageSize: catchUpEvents })
  for await (const { entries } of pages) {
    // All of them: one of ours may be among them whose append seemed to fail.
    const known = entries.flatMap(({ events }) => events)
    writer.announce(known, false)
    const foreign = entries.filter(({ writeId }) => !writeId.startsWith(writer.id))
    if (foreign.length > 0) writer.onForeign?.(foreign.flatMap(({ events }) => events))
    seq = known.at(-1)?.seq ?? seq
  }
  return seq
}

const eventsBehind = (
  from: number,
  drafts: EventDraft[],
  stamp: Pick<StudioEvent, 'session_id' | 'created_at'>,
): StudioEvent[] =>
  drafts.map((draft, position) => {
    const event = envelope({ ...stamp, seq: from + position + 1 }, draft)
    if (Buffer.byteLength(eventText(event)) > eventBytesLimit) {
      throw new StudioError('INTERNAL_ERROR', `An event ${event.type} is over the size limit.`)
    }
    return event
  })

const isInLog = async (
  { store, sessionId }: Writer,
  event: StudioEvent | undefined,
  writeId: string,
): Promise<boolean> => {
  if (event === undefined) return false
  const item = await store.get(eventKey(sessionId, event.seq))
  return item?.write_id === writeId
}

/** Puts a batch behind `from`, or behind what turns out to be the tail. */
const put = async (
  writer: Writer,
  from: number,
  batch: Batch,
  tries = appendTries,
): Promise<StudioEvent[]> => {
  const { store, clock, sessionId } = writer
  const { writeId, drafts, writes, mayFollow } = batch
  mayFollow?.()
  const stamp = { session_id: sessionId, created_at: isoTime(clock.now()) }
  const events = eventsBehind(from, drafts, stamp)
  const puts = asItems(events).map((item) => ({
    put: { ...item, write_id: writeId, ttl: expiry(clock.now(), 'event') },
    condition: { expression: 'attribute_not_exists(#PK)' },
  }))
  try {
    await store.write([...writes, ...puts])
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    // A write that is sent again, because its answer was lost, is refused by the batch's own events.
    if (!(await isInLog(writer, events[0], writeId))) {
      const refused = error.failed.filter((position) => position < writes.length)
      if (refused.length > 0) throw new ConditionFailed(refused, error)
      if (tries <= 1) throw error
      return put(writer, await catchUp(writer, from), batch, tries - 1)
    }
  }
  writer.announce(events, true)
  return events
}

export const createEventWriter = (
  table: EventTable,
  sessionId: string,
  { tail, onForeign, onEvents }: WriterOptions = {},
): EventWriter => {
  const announce = createAnnouncer(onEvents)
  const writer: Writer = { ...table, id: newId('lease'), sessionId, onForeign, announce }
  let batches = 0
  let last = Promise.resolve(tail ?? lastSeq(table, sessionId))
  // Each of these rejections reaches the caller of the append that awaits it; until then, or when
  // none does, it must not count as unhandled.
  last.catch(() => {})

  const commit: EventWriter['commit'] = (drafts, writes, mayFollow) => {
    const before = last
    batches += 1
    const batch = { writeId: `${writer.id}.${batches}`, drafts, writes, mayFollow }
    const appended = before.then((from) => put(writer, from, batch))
    // The next append stands behind this one; when this one failed it finds the tail itself.
    last = appended.then(
      (events) => events.at(-1)?.seq ?? before,
      () => before.catch(() => lastSeq(table, sessionId)),
    )
    last.catch(() => {})
    return appended
  }

  const look = async (): Promise<void> => {
    const before = last
    const looked = before.then((from) => catchUp(writer, from))
    last = looked.catch(() => before)
    last.catch(() => {})
    await looked
  }

  return { append: (drafts, mayFollow) => commit(drafts, [], mayFollow), commit, look }
}
