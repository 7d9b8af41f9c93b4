/** Time is injected, so that tests control it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()
