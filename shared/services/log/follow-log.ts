import type { StudioEvent } from '../../contracts/events.ts'
import type { Clock } from '../../platform/clock.ts'
import { pause } from '../../platform/pause.ts'
import { note } from '../../platform/work-facts.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import { followMs } from '../../rules/time-budgets.ts'

/** Events read at once. */
export const pageEvents = 250

export interface FollowDependencies {
  clock: Clock
  events: Pick<EventRepository, 'read'>
}

export interface Following {
  sessionId: string
  /** The seq of the last event that the reader has. */
  after: number
  /** Epoch milliseconds at which following ends, whatever comes. */
  until: number
  /** Milliseconds without a wanted event after which it ends too; never when not given. */
  quietMs?: number | undefined
  /** Events of one page; `pageEvents` when not given. */
  pageSize?: number | undefined
  /** The events that the reader wants; all when not given. */
  wants?: ((event: StudioEvent) => boolean) | undefined
  /** What an event says of the end of what is followed: it ended, it goes on, or nothing. */
  ends?: ((event: StudioEvent) => boolean | undefined) | undefined
  /** Whether it had ended at `after`; false when not given. */
  over?: boolean | undefined
  /** Whether the reader may still read; it is asked again and again. Always when not given. */
  mayRead?: (() => Promise<boolean>) | undefined
  /** Ends following at once. */
  signal?: AbortSignal | undefined
}

/** Asks whether the reader may still read when that is due, and believes the last answer in between. */
const recheckedAccess = (clock: Clock, mayRead: Following['mayRead']): (() => Promise<boolean>) => {
  let askedAt = clock.now()
  return async () => {
    if (!mayRead || clock.now() - askedAt < followMs.access) return true
    askedAt = clock.now()
    return mayRead()
  }
}

/**
 * The one follower of the log: yields the wanted events after a seq, page by page and each once, and
 * polls for more until what is followed is over, time is up or the log is quiet for too long. Reads
 * no further while its reader is busy.
 */
export async function* followLog(
  { clock, events }: FollowDependencies,
  following: Following,
): AsyncGenerator<StudioEvent[]> {
  const { sessionId, until, quietMs = Number.POSITIVE_INFINITY, wants, ends, signal } = following
  const mayRead = recheckedAccess(clock, following.mayRead)
  let { after, over = false } = following
  let lastWantedAt = clock.now()
  while (!signal?.aborted && (await mayRead())) {
    const page = await events.read(sessionId, after, following.pageSize ?? pageEvents)
    after = page.events.at(-1)?.seq ?? after
    for (const event of page.events) over = ends?.(event) ?? over
    const wanted = wants ? page.events.filter(wants) : page.events
    if (wanted.length > 0) {
      yield wanted
      lastWantedAt = clock.now()
    }
    const left = Math.min(until, lastWantedAt + quietMs) - clock.now()
    // What ended may have begun anew further on: only the log's end is conclusive.
    if (page.complete && over) return
    if (left <= 0) {
      note({ ended: clock.now() >= until ? 'time up' : 'quiet' })
      return
    }
    if (page.complete) await pause(Math.min(followMs.poll, left), signal)
  }
}
