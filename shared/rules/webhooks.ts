/** Limits of webhooks, and when a delivery that failed is tried again. */

const seconds = 1_000
const minutes = 60 * seconds
const hours = 60 * minutes
const days = 24 * hours

/** Webhooks of one principal. */
export const webhooksLimit = 10

export const deliveriesShown = 100

export const webhookMs = {
  /** One try, from the resolution of the name to the status line. */
  request: 10 * seconds,
  /** Looking the name up of an address that a webhook is made for. */
  resolve: 5 * seconds,
  /** A message that comes so much too early, by the clocks of two machines, is taken. */
  early: 2 * seconds,
  /** While a worker has a delivery; longer than its function may run. */
  lease: 60 * seconds,
  /** An end or a delivery that nothing looked after for so long is sent again by the sweeper. */
  quiet: 60 * seconds,
  /** Until a delivery is looked at again that could not be signed, as while the keys cannot be read. */
  unsigned: 60 * seconds,
  /** How long the secret before a rotation signs as well. */
  previousSecret: 1 * days,
  /** A webhook is disabled at the first try that fails so long after the last one that arrived. */
  failing: 5 * days,
  /** What the queue can delay by itself; the sweeper sends what is due later. */
  longestDelay: 15 * minutes,
} as const

/** Pauses behind the first try and each one after it: a day in all. */
const pauses = [10 * seconds, 1 * minutes, 10 * minutes, 1 * hours, 6 * hours, 17 * hours] as const

/** Tries at the delivery of an end. */
export const deliveryTries = pauses.length + 1

/** A ping's caller waits for the answer: it is asked for again by hand, and takes no worker a second time. */
export const pingTries = 1

/** Up to a fifth is added, so that what failed together does not come again together. */
const spread = 0.2

/**
 * Milliseconds until the next try; undefined when there is none.
 * @param tried tries so far, 1 or more
 * @param chance from 0 up to 1
 */
export const pauseAfter = (tried: number, chance: number): number | undefined => {
  const pause = pauses[tried - 1]
  return pause === undefined ? undefined : Math.round(pause * (1 + spread * chance))
}
