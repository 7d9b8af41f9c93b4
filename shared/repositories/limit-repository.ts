import type { Item, Store, Update } from '../clients/store.ts'
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
  /** Takes units from all rates, if each has so many left: never more than its maximum, under any concurrency. */
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
  return {
    add: { [name]: units * interval },
    expression: `:past_${n} < #${name} AND #${name} < :over_${n}`,
    values: {
      [`:past_${n}`]: now - 1 - slack,
      [`:over_${n}`]: now + depth - units * interval + 1,
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
 * Microseconds, longer than a try takes: what comes back in that time may be taken from a bucket beside what it
 * holds, of which it would otherwise be full.
 */
const longestTry = 1_000_000

/** @param left tries, this one among them */
const slackOf = (left: number): number => (left > takeTries - exactTries ? 0 : longestTry)

interface Counting {
  store: Store
  clock: Clock
  /** When buckets are full again, as far as this process has seen: by limit, in the order of its rates. */
  seen: Map<string, (number | undefined)[]>
}

const nameOf = ({ limit, scope, subject }: CountedLimit): string =>
  [limit, scope, subject].join('#')

/** Which buckets are likely to be full, by what this process saw of them last, or by their kind. */
const likelyFull = ({ seen, clock }: Counting, counted: CountedLimit): boolean[] => {
  const known = seen.get(nameOf(counted))
  return counted.rates.map((rate, at) => {
    const fullAt = known?.[at]
    return fullAt === undefined
      ? bucketOf(rate).interval < longInterval
      : fullAt < microseconds(clock)
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
  let areFull = likelyFull(counting, counted)
  for (let tries = takeTries; ; tries -= 1) {
    const now = microseconds(clock)
    const slack = slackOf(tries)
    const parts = rates.map((rate, at) =>
      (areFull[at] ? fromFull : fromRest)({ rate, now, units, slack }, at),
    )
    const { done, item } = await store.attempt(updateOf(clock, counted, parts))
    const fullAts = rates.map((rate) => fullAtOf(item, rate))
    remember(counting, counted, fullAts)
    const met = rates.map((rate, at) => ({ rate, ...levelOf(rate, fullAts[at], now) }))
    if (done) return { admitted: true, rates: met }
    const waits = rates.map((rate, at) => missing(rate, fullAts[at], now, units))
    const areOver = waits.some((wait) => wait > 0)
    if (areOver || tries <= 1) {
      const refused = met.map((one, at) => ({ ...one, moreIn: waits[at] ?? 0 }))
      return {
        admitted: false,
        rates: areOver ? refused.filter(({ moreIn }) => moreIn > 0) : refused,
      }
    }
    const since = now - slackOf(tries - 1) / 2
    areFull = fullAts.map((fullAt) => fullAt === undefined || fullAt < since)
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
