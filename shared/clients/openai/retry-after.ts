import { maxRetryAfter } from '../../rules/model-limits.ts'

const bounded = (seconds: number): number | undefined =>
  Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, maxRetryAfter) : undefined

const decimal = /^\d{1,15}(\.\d+)?$/

/** A proxy may add the header a second time, which joins the two with a comma. */
const headerSeconds = /^(\d{1,15}(?:\.\d+)?)\s?s?(?:$|,)/

/** Only an HTTP date: `Date.parse` reads `-43` as a year. */
const httpDate = /^[A-Za-z]{3,9},? .*\d{4}/

const fromHeader = (header: string, now: number): number | undefined => {
  const [, seconds] = headerSeconds.exec(header) ?? []
  if (seconds !== undefined) return bounded(Number(seconds))
  if (!httpDate.test(header)) return undefined
  return bounded((Date.parse(header) - now) / 1000)
}

/** Of the units in the order in which `amounts` has them. */
const unitSeconds = [0.001, 1, 60, 3600]

const amounts = /(\d{1,9}(?:\.\d{1,9})?)\s?(?:(ms|mil)|(s)|(m)|(h))[a-z]{0,10}/
/** `Please try again in 1m26.4s`, as vendors write it where no header can stand. */
const inWords = new RegExp(`(?:try again|retry)\\b[^.\\d]{0,20}((?:${amounts.source})+)`, 'i')

const secondsIn = (told: string): number =>
  [...told.matchAll(new RegExp(amounts, 'gi'))].reduce((sum, [, amount, ...units]) => {
    const unit = units.findIndex((matched) => matched !== undefined)
    return sum + Number(amount) * (unitSeconds[unit] ?? 1)
  }, 0)

/** What may say how long to wait: headers of the answer, or an equal field of its body, and the words of an error. */
interface SaidOfWait {
  /** Of `retry-after-ms`. */
  milliseconds?: string | null | undefined
  /** Of `retry-after`. */
  header?: string | null | undefined
  words?: string | undefined
}

/**
 * Seconds to wait before the next request, from 0 to `maxRetryAfter`, fractions included; undefined when
 * nothing, or nothing sensible, is said. Milliseconds go first, then `retry-after` as seconds or as a date,
 * and then the words.
 */
export const waitOf = (
  { milliseconds, header, words = '' }: SaidOfWait,
  now: number = Date.now(),
): number | undefined => {
  const told = milliseconds?.trim() ?? ''
  if (decimal.test(told)) return bounded(Number(told) / 1000)
  const inHeader = fromHeader(header?.trim() ?? '', now)
  if (inHeader !== undefined) return inHeader
  const [, inText] = inWords.exec(words) ?? []
  return inText === undefined ? undefined : bounded(secondsIn(inText))
}
