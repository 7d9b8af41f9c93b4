import type { CapName } from '../contracts/spend.ts'

/** Micro-dollars: millionths of a US dollar. Amounts are whole numbers of them, so that sums are exact. */
export const microsPerDollar = 1_000_000

/** Micro-dollars of each cap. */
export type Caps = Readonly<Record<CapName, number>>

/**
 * US dollars that may be spent by default. A run costs some 0.1 to 0.3 with the default models, and a turn
 * less than 0.01: one person does not come near, and a stolen token costs ten dollars a day at most.
 */
export const defaultCaps: Caps = {
  run: 3 * microsPerDollar,
  principal_day: 10 * microsPerDollar,
  deployment_day: 100 * microsPerDollar,
}

/** Days that a usage report goes back, today included. */
export const reportedDays = 30

const dayMs = 86_400_000

/** The day in UTC of a time in milliseconds, as `2026-11-26`. */
export const spendDay = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The first day of a report that ends today. */
export const firstReportedDay = (now: number): string => spendDay(now - (reportedDays - 1) * dayMs)

/** When the next day in UTC begins, in milliseconds since the epoch. */
export const nextDay = (now: number): number => (Math.floor(now / dayMs) + 1) * dayMs

/** Seconds until a cap has room again, as errors give them; a run's never has by itself. */
export const waitForRoom = (cap: CapName | undefined, now: number): { retryAfter?: number } =>
  cap === undefined || cap === 'run' ? {} : { retryAfter: Math.ceil((nextDay(now) - now) / 1000) }

/** Micro-dollars of an amount of US dollars; undefined when it is none, or has parts of a micro-dollar. */
export const capOf = (dollars: string): number | undefined =>
  /^\d{1,7}(?:\.\d{1,6})?$/.test(dollars)
    ? Math.round(Number(dollars) * microsPerDollar)
    : undefined

export const dollarsOf = (micros: number): number => Number((micros / microsPerDollar).toFixed(6))
