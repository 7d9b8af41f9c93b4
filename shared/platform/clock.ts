/** Time comes in from outside, so that rules over it can be tested. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()
