import { maxRetryAfter } from '../../rules/model-limits.ts'

const bounded = (seconds: number): number | undefined =>
  Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, maxRetryAfter) : undefined

const decimal = /^\d{1,15}(\.\d+)?$/

/** Only an HTTP date: `Date.parse` reads `-43` as a year. */
const httpDate = /^[A-Za-z]{3,9},? .*\d{4}/

const fromHeader = (header: string, now: number): number | undefined => {
  if (decimal.test(header)) return bounded(Number(header))
  if (!httpDate.test(header)) return undefined
  return bounded((Date.parse(header) - now) / 1000)
}

const unitSeconds: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 }

/** `Please try again in 1.5s`, as vendors write it where no header can stand. */
const inWords = /(?:try again|retry)\b[^.\d]{0,20}(\d{1,9}(?:\.\d{1,9})?)\s?(ms|s|m|h)/i

/**
 * Seconds to wait before the next request, from 0 to `maxRetryAfter`, fractions included; undefined when
 * nothing, or nothing sensible, is said. Reads `retry-after-ms`, `retry-after` as seconds or as a date,
 * and else the words of an error.
 */
export const waitOf = (
  said: { headers?: Headers | undefined; words?: string | undefined },
  now: number = Date.now(),
): number | undefined => {
  const milliseconds = said.headers?.get('retry-after-ms')?.trim() ?? ''
  if (decimal.test(milliseconds)) return bounded(Number(milliseconds) / 1000)
  const header = said.headers?.get('retry-after')?.trim()
  if (header) return fromHeader(header, now)
  const [, amount, unit] = inWords.exec(said.words ?? '') ?? []
  if (amount === undefined || unit === undefined) return undefined
  return bounded(Number(amount) * (unitSeconds[unit.toLowerCase()] ?? 1))
}
