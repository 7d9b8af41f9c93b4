import { latestDate } from '../../contracts/latest-date.ts'

/** The days that an entry of the weekly plan stands for, `YYYY-MM-DD`, both inclusive. */
export interface PlanDates {
  first: string
  last: string
}

const dayMs = 86_400_000

const asDate = (text: string): number | undefined => {
  const at = Date.parse(`${text}T00:00:00Z`)
  const isDate = !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
  return isDate && text <= latestDate ? at : undefined
}

const asText = (at: number): string => new Date(at).toISOString().slice(0, 10)

const weekdays: readonly RegExp[] = [
  /^(?:일|일요일|sun(?:day)?)$/,
  /^(?:월|월요일|mon(?:day)?)$/,
  /^(?:화|화요일|tue(?:s(?:day)?)?)$/,
  /^(?:수|수요일|wed(?:nesday)?)$/,
  /^(?:목|목요일|thu(?:rs?(?:day)?)?)$/,
  /^(?:금|금요일|fri(?:day)?)$/,
  /^(?:토|토요일|sat(?:urday)?)$/,
]

/** Days into a plan, or a month of one at most. */
const maxDay = 366

const numbered = (text: string): number | undefined => {
  const found =
    /^(?:제\s?)?(\d{1,3})\s?일\s?차$/.exec(text) ??
    /^day[\s-]?(\d{1,3})$/.exec(text) ??
    /^(\d{1,3})\s?일째$/.exec(text)
  const day = Number(found?.[1] ?? 0)
  return day >= 1 && day <= maxDay ? day : undefined
}

/** Days from the start; undefined for what is not one day. */
const offsetOf = (text: string, start: number): number | undefined => {
  const day = numbered(text)
  if (day !== undefined) return day - 1
  const written = asDate(text.replaceAll(/[./]/g, '-'))
  if (written !== undefined) return (written - start) / dayMs
  const weekday = weekdays.findIndex((name) => name.test(text))
  return weekday < 0 ? undefined : (weekday - new Date(start).getUTCDay() + 7) % 7
}

/** `1-2일차`, `Day 1~3` and `월~수`, with what the first part leaves to the second. */
const completed = (first: string, last: string): [string, string] => {
  if (/^\d+$/.test(first)) return [`${first}일차`, last]
  if (/^\d+$/.test(last) && first.startsWith('day')) return [first, `day ${last}`]
  return [first, last]
}

/** The ends of a span, wherever it may be parted: dates and `day-1` hold hyphens, too. */
const partings = (text: string): [string, string][] =>
  [...text.matchAll(/\s?[-~–—〜]\s?/gu)]
    .sort(({ 0: one }, { 0: other }) => other.length - one.length)
    .map(({ 0: found, index }) => completed(text.slice(0, index), text.slice(index + found.length)))

/**
 * The dates of a day as the strategy agent wrote it: `1일차`, `Day 1`, `월요일`, `Mon`, a date, or a span of those.
 * A weekday is the first one from the start on. Undefined for anything else: it is never guessed at.
 * @param start of the plan, `YYYY-MM-DD`
 */
export const planDates = (day: string, start: string): PlanDates | undefined => {
  const from = asDate(start)
  if (from === undefined) return undefined
  const text = day.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
  const one = offsetOf(text, from)
  if (one !== undefined) {
    const date = asText(from + one * dayMs)
    return { first: date, last: date }
  }
  for (const span of partings(text)) {
    const [first, last] = span.map((end) => offsetOf(end, from))
    if (first === undefined || last === undefined) continue
    const areWeekdays = span.every((end) => weekdays.some((name) => name.test(end)))
    const after = areWeekdays && last < first ? last + 7 : last
    if (after < first || after - first > maxDay) return undefined
    return { first: asText(from + first * dayMs), last: asText(from + after * dayMs) }
  }
  return undefined
}

/** The day after another, `YYYY-MM-DD`. */
export const dayAfter = (date: string): string => asText(Date.parse(`${date}T00:00:00Z`) + dayMs)

/** Korea has had no summer time since 1988. */
const seoulMs = 9 * 3_600_000

/** Tomorrow in Asia/Seoul, `YYYY-MM-DD`. */
export const tomorrowInSeoul = (now: number): string => dayAfter(asText(now + seoulMs))
