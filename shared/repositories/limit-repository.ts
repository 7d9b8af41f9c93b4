import type { Item, Store, Update } from '../clients/store.ts'
import { StudioError } from '../contracts/errors.ts'
import type { Clock } from '../platform/clock.ts'
import { bucketOf, levelOf, type Rate, waitFor } from '../rules/token-bucket.ts'
import { expiry, limitKey } from './table-keys.ts'

/** A limit of one caller, address or deployment, with all of its rates: they are one item, and one write. */
export interface CountedLimit {
  limit: string
  scope: string
  subject: string
  rates: readonly Rate[]
}

/** One rate as a request met it. */
export interface MetRate {
  rate: Rate
  /** Whole units that are left. */
  remaining: number
  /** Seconds until there is one more; of a refusal, until what was asked for can be had. */
  moreIn: number
}

export interface Taken {
  admitted: boolean
  /** Every rate, or those that refused. */
  rates: MetRate[]
}

export interface LimitRepository {
  /**
   * Takes units from all rates, if each has so many left: never more than its maximum, under any concurrency.
   * @throws StudioError UPSTREAM_ERROR when the limit changes faster than it can be counted
   */
  take(counted: CountedLimit, units: number): Promise<Taken>
  /** Puts units back that were taken for nothing. */
  giveBack(counted: CountedLimit, units: number): Promise<void>
}

/** A bucket whose units take longer than this to come back is rarely full while its caller is at work. */
const longInterval = 10_000_000
/** Limits whose state one process remembers. */
const maxRemembered = 1_000

const microseconds = (clock: Clock): number => clock.now() * 1_000

/** The attribute with the time at which the bucket of a rate is full again. */
const fullAtName = ({ seconds }: Rate): string => `full_at_${seconds}`

const fullAtOf = (item: Item | undefined, rate: Rate): number | undefined => {
  const fullAt = item?.[fullAtName(rate)]
  return typeof fullAt === 'number' ? fullAt : undefined
}

/** What one rate adds to the update of its limit; `n` names its values. */
interface Part {
  set?: Record<string, number>
  add?: Record<string, number>
  expression: string
  values: Record<string, number>
}

/** How a rate is taken from. */
interface Taking {
  rate: Rate
  /** Microseconds since the epoch. */
  now: number
  units: number
  /** Microseconds for which a bucket that is full again counts as one that is not. */
  slack: number
}

/** Takes from a bucket that is full, as an unused one is. */
const fromFull = ({ rate, now, units }: Taking, n: number): Part => {
  const { interval } = bucketOf(rate)
  const name = fullAtName(rate)
  return {
    set: { [name]: now + units * interval },
    expression: `(attribute_not_exists(#${name}) OR #${name} < :full_${n})`,
    values: { [`:full_${n}`]: now },
  }
}

/** Takes from a bucket that is not full. */
const fromRest = ({ rate, now, units, slack }: Taking, n: number): Part => {
  const { interval, depth } = bucketOf(rate)
  const name = fullAtName(rate)
  const past = now - Math.min(slack, depth - units * interval)
  return {
    add: { [name]: units * interval },
    expression: `:past_${n} < #${name} AND #${name} < :over_${n}`,
    values: {
      [`:past_${n}`]: past - 1,
      [`:over_${n}`]: past + depth - units * interval + 1,
    },
  }
}

const updateOf = (clock: Clock, counted: CountedLimit, parts: readonly Part[]): Update => ({
  update: limitKey(counted.limit, counted.scope, counted.subject),
  set: Object.assign({ ttl: expiry(clock.now(), 'limit') }, ...parts.map(({ set }) => set)),
  add: Object.assign({}, ...parts.map(({ add }) => add)),
  condition: {
    expression: parts.map(({ expression }) => expression).join(' AND '),
    values: Object.assign({}, ...parts.map(({ values }) => values)),
  },
})

/** Other takers may change a bucket from full to not full, and time from that to full, between two tries. */
const takeTries = 6
/** Tries for which full means full. A bucket that fills and empties faster than they come needs the others. */
const exactTries = 2
/**
 * Microseconds, longer than a try takes, for which a bucket that is full counts as one that is not; it gives so
 * much less then.
 */
const longestTry = 1_000_000

/** In which state a bucket is expected to be. */
interface Expected {
  isFull: boolean
  slack: number
}

/** @param left tries, the next one among them */
const expectedOf = (fullAt: number | undefined, now: number, left: number): Expected => {
  const isFull = fullAt === undefined || fullAt < now
  const isJustFull = fullAt !== undefined && isFull && now - fullAt < longestTry / 2
  return left <= takeTries - exactTries && isJustFull
    ? { isFull: false, slack: longestTry }
    : { isFull, slack: 0 }
}

interface Counting {
  store: Store
  clock: Clock
  /** When buckets are full again, as far as this process has seen: by limit, in the order of its rates. */
  seen: Map<string, (number | undefined)[]>
}

const nameOf = ({ limit, scope, subject }: CountedLimit): string =>
  [limit, scope, subject].join('#')

/** The states in which buckets are likely to be, by what this process saw of them last, or by their kind. */
const likely = ({ seen, clock }: Counting, counted: CountedLimit): Expected[] => {
  const known = seen.get(nameOf(counted))
  return counted.rates.map((rate, at) => {
    const fullAt = known?.[at]
    return fullAt === undefined
      ? { isFull: bucketOf(rate).interval < longInterval, slack: 0 }
      : expectedOf(fullAt, microseconds(clock), takeTries)
  })
}

const remember = (
  { seen }: Counting,
  counted: CountedLimit,
  fullAts: (number | undefined)[],
): void => {
  if (seen.size >= maxRemembered) seen.clear()
  seen.set(nameOf(counted), fullAts)
}

const missing = (rate: Rate, fullAt: number | undefined, now: number, units: number): number =>
  waitFor(rate, fullAt ?? now, now, units)

/**
 * Whether a bucket is full decides how it is taken from, and the table cannot say which is larger of two
 * times. So the likelier state is tried first; what is over is refused by that one write.
 */
const take = async (counting: Counting, counted: CountedLimit, units: number): Promise<Taken> => {
  const { rates } = counted
  const { store, clock } = counting
  // Settings do not allow it: it would never fit.
  const tooSmall = rates.filter(({ max }) => units > max)
  if (tooSmall.length > 0) {
    const met = tooSmall.map((rate) => ({ rate, remaining: 0, moreIn: rate.seconds }))
    return { admitted: false, rates: met }
  }
  let expected = likely(counting, counted)
  for (let tries = takeTries; ; tries -= 1) {
    const now = microseconds(clock)
    const parts = rates.map((rate, at) => {
      const { isFull = true, slack = 0 } = expected[at] ?? {}
      return (isFull ? fromFull : fromRest)({ rate, now, units, slack }, at)
    })
    const { done, item } = await store.attempt(updateOf(clock, counted, parts))
    const fullAts = rates.map((rate) => fullAtOf(item, rate))
    remember(counting, counted, fullAts)
    const met = rates.map((rate, at) => ({ rate, ...levelOf(rate, fullAts[at], now) }))
    if (done) return { admitted: true, rates: met }
    const waits = rates.map((rate, at) => missing(rate, fullAts[at], now, units))
    if (waits.some((wait) => wait > 0)) {
      const refused = met.map((one, at) => ({ ...one, moreIn: waits[at] ?? 0 }))
      return { admitted: false, rates: refused.filter(({ moreIn }) => moreIn > 0) }
    }
    if (tries <= 1) {
      throw new StudioError('UPSTREAM_ERROR', 'A limit changed faster than it could be counted.', {
        retryable: true,
        retryAfter: 1,
      })
    }
    expected = fullAts.map((fullAt) => expectedOf(fullAt, now, tries - 1))
  }
}

export const createLimitRepository = (store: Store, clock: Clock): LimitRepository => {
  const counting: Counting = { store, clock, seen: new Map() }
  return {
    take: (counted, units) => take(counting, counted, units),
    async giveBack({ limit, scope, subject, rates }, units) {
      const [first] = rates
      if (!first) return
      await store.attempt({
        update: limitKey(limit, scope, subject),
        add: Object.fromEntries(
          rates.map((rate) => [fullAtName(rate), -units * bucketOf(rate).interval]),
        ),
        condition: { expression: `attribute_exists(#${fullAtName(first)})` },
      })
    },
  }
}
