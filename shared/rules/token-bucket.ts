/**
 * A token bucket as one number: the time at which it will be full again (the generic cell rate algorithm,
 * ITU-T I.371). It holds `max` units and gets them back evenly over `seconds`, so no span of that length
 * sees more than twice `max`, and nothing is gained at an edge: there is none.
 */

/** At most `max` units at once, and as many again over each `seconds`. */
export interface Rate {
  max: number
  seconds: number
}

/** Microseconds, all of them; whole numbers, so that what is added up stays exact. */
export interface Bucket {
  /** Until one unit is back. */
  interval: number
  /** Until an empty bucket is full. */
  depth: number
}

/** Rounded up, and the depth with it: a full bucket holds exactly `max`. */
export const bucketOf = ({ max, seconds }: Rate): Bucket => {
  const interval = Math.ceil((seconds * 1_000_000) / max)
  return { interval, depth: interval * max }
}

/** What is known of a bucket after a look at it. */
export interface BucketLevel {
  /** Whole units that are left. */
  remaining: number
  /** Seconds until there is one more than that; 0 when it is full. */
  moreIn: number
}

/** @param fullAt when the bucket is full again; undefined of one that was never used */
export const levelOf = (rate: Rate, fullAt: number | undefined, now: number): BucketLevel => {
  const { interval, depth } = bucketOf(rate)
  const missing = Math.max(0, (fullAt ?? now) - now)
  const remaining = Math.max(0, Math.floor((depth - missing) / interval))
  const moreAt = missing - (depth - (remaining + 1) * interval)
  return { remaining, moreIn: missing === 0 ? 0 : Math.max(0, moreAt) / 1_000_000 }
}

/** Seconds until `units` can be taken. */
export const waitFor = (rate: Rate, fullAt: number, now: number, units: number): number => {
  const { interval, depth } = bucketOf(rate)
  return Math.max(0, fullAt - now - (depth - units * interval)) / 1_000_000
}
