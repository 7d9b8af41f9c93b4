import type { Item, Store, Update } from '../clients/store.ts'
import type { Clock } from '../platform/clock.ts'
import { bucketOf, levelOf, type Rate, waitFor } from '../rules/token-bucket.ts'
import { expiry, limitKey } from './table-keys.ts'

/** One rate of one caller, address or deployment. */
export interface CountedRate {
  limit: string
  scope: string
  subject: string
  rate: Rate
}

export interface Taken {
  admitted: boolean
  /** Whole units that are left. */
  remaining: number
  /** Seconds until there is one more; of a refusal, until what was asked for can be had. */
  moreIn: number
}

export interface LimitRepository {
  /** Takes units, if so many are left: never more than the rate's maximum, under any concurrency. */
  take(counted: CountedRate, units: number): Promise<Taken>
  /** Puts units back that were taken for nothing. */
  giveBack(counted: CountedRate, units: number): Promise<void>
}

/** A bucket whose units take longer than this to come back is rarely full while its caller is at work. */
const longInterval = 10_000_000
/** Buckets whose state one process remembers. */
const maxRemembered = 1_000

const microseconds = (clock: Clock): number => clock.now() * 1_000

const keyOf = ({ limit, scope, subject, rate }: CountedRate) =>
  limitKey(limit, scope, subject, rate.seconds)

const fullAtOf = (item: Item | undefined): number | undefined =>
  typeof item?.full_at === 'number' ? item.full_at : undefined

/**
 * Takes from a bucket that is full, as an unused one is, or will be within `early` microseconds: what is
 * missing until then is taken with it, so that no bucket ever gives more than it holds.
 */
const fromFull = (
  clock: Clock,
  counted: CountedRate,
  now: number,
  units: number,
  early: number,
): Update => {
  const { interval, depth } = bucketOf(counted.rate)
  const full = now + Math.min(early, depth - units * interval)
  return {
    update: keyOf(counted),
    set: { full_at: full + units * interval, ttl: expiry(clock.now(), 'limit') },
    condition: {
      expression: 'attribute_not_exists(#full_at) OR #full_at < :full',
      values: { ':full': full },
    },
  }
}

/** Takes from a bucket that is not full. */
const fromRest = (clock: Clock, counted: CountedRate, now: number, units: number): Update => {
  const { interval, depth } = bucketOf(counted.rate)
  return {
    update: keyOf(counted),
    set: { ttl: expiry(clock.now(), 'limit') },
    add: { full_at: units * interval },
    condition: {
      expression: ':past < #full_at AND #full_at < :over',
      values: { ':past': now - 1, ':over': now + depth - units * interval + 1 },
    },
  }
}

/** Whether a bucket has too little, rather than being in the other state than the one that was tried. */
const isOver = (
  counted: CountedRate,
  item: Item | undefined,
  now: number,
  units: number,
): boolean => {
  const fullAt = fullAtOf(item)
  return fullAt !== undefined && waitFor(counted.rate, fullAt, now, units) > 0
}

/** Other takers may change a bucket from full to not full, and time from that to full, between two tries. */
const takeTries = 6
/** Tries for which full means full; a bucket that fills and empties faster than they come needs the others. */
const exactTries = 2
/** Microseconds: longer than a try takes. */
const earlyBy = 50_000

/** @param left tries, this one among them */
const earlyIn = (left: number): number => (left > takeTries - exactTries ? 0 : earlyBy)

interface Counting {
  store: Store
  clock: Clock
  /** When buckets are full again, as far as this process has seen. */
  seen: Map<string, number>
}

const nameOf = (counted: CountedRate): string => Object.values(keyOf(counted)).join(' ')

/** Whether a bucket is likely to be full, by what this process saw of it last, or by its kind. */
const isLikelyFull = ({ seen, clock }: Counting, counted: CountedRate): boolean => {
  const fullAt = seen.get(nameOf(counted))
  return fullAt === undefined
    ? bucketOf(counted.rate).interval < longInterval
    : fullAt < microseconds(clock)
}

const remember = ({ seen }: Counting, counted: CountedRate, fullAt: number | undefined): void => {
  if (seen.size >= maxRemembered) seen.clear()
  if (fullAt !== undefined) seen.set(nameOf(counted), fullAt)
}

/**
 * Whether a bucket is full decides how it is taken from, and the table cannot say which is larger of two
 * times. So the likelier state is tried first; what is over is refused by that one write.
 */
const take = async (counting: Counting, counted: CountedRate, units: number): Promise<Taken> => {
  const { rate } = counted
  const { store, clock } = counting
  // Settings do not allow it: it would never fit.
  if (units > rate.max) return { admitted: false, remaining: 0, moreIn: rate.seconds }
  let isFull = isLikelyFull(counting, counted)
  for (let tries = takeTries; ; tries -= 1) {
    const now = microseconds(clock)
    const early = earlyIn(tries)
    const update = isFull
      ? fromFull(clock, counted, now, units, early)
      : fromRest(clock, counted, now, units)
    const { done, item } = await store.attempt(update)
    const fullAt = fullAtOf(item)
    remember(counting, counted, fullAt)
    if (done) return { admitted: true, ...levelOf(rate, fullAt, now) }
    if (isOver(counted, item, now, units) || tries <= 1) {
      const { remaining } = levelOf(rate, fullAt, now)
      return { admitted: false, remaining, moreIn: waitFor(rate, fullAt ?? now, now, units) }
    }
    isFull = fullAt === undefined || fullAt < now + earlyIn(tries - 1)
  }
}

export const createLimitRepository = (store: Store, clock: Clock): LimitRepository => {
  const counting: Counting = { store, clock, seen: new Map() }
  return {
    take: (counted, units) => take(counting, counted, units),
    async giveBack(counted, units) {
      await store.attempt({
        update: keyOf(counted),
        add: { full_at: -units * bucketOf(counted.rate).interval },
        condition: { expression: 'attribute_exists(#full_at)' },
      })
    },
  }
}
