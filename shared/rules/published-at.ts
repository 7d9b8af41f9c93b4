/** What stands before a date of publication; not what stands before the date of a change. */
const label =
  /^(?:(?:기사\s?)?(?:입력|등록|작성|게시|게재|발행|보도|송고|승인)(?:일시|일자|시간|일)?|(?:published|posted)(?:\s(?:on|at))?|date)\s?[:：]?\s*/i

const numeric =
  /^(?<year>\d{4})\s?[-./년]\s?(?<month>\d{1,2})\s?[-./월]\s?(?<date>\d{1,2})(?:일|\.)?(?:\s?\([^()]{1,9}\))?(?:[T\s,]+.*)?$/s
const compact = /^(?<year>\d{4})(?<month>\d{2})(?<date>\d{2})(?:\d{4,6})?$/
const weekdayPattern = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\\.?,?\\s)?'
const monthPattern =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const datePattern = '(?<date>\\d{1,2})(?:st|nd|rd|th)?'
const yearPattern = ',?\\s(?<year>\\d{4})(?!\\d)'
const forms = [
  numeric,
  compact,
  new RegExp(`^${weekdayPattern}${monthPattern}\\s${datePattern}${yearPattern}`, 'i'),
  new RegExp(`^${weekdayPattern}${datePattern}\\s(?:of\\s)?${monthPattern}${yearPattern}`, 'i'),
]
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const zoned = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})$/
/** As in mail and HTTP. */
const named = /^(?:\w{3},\s)?\d{1,2}\s\w{3}\s\d{4}\s\d{2}:\d{2}(?::\d{2})?\s(?:GMT|UTC|[+-]\d{4})$/

const earliest = Date.UTC(1990, 0, 1)
const dayMs = 86_400_000

/** The date that a text begins with, as it is written there; null when the calendar has no such day. */
const writtenDate = (text: string): string | null => {
  const groups = forms.map((form) => form.exec(text)?.groups).find((found) => found !== undefined)
  const { year = '', month = '', date = '' } = groups ?? {}
  const place = months.indexOf(month.slice(0, 3).toLowerCase()) + 1
  const number = /^\d/.test(month) ? month : `${place}`
  const iso = `${year}-${number.padStart(2, '0')}-${date.padStart(2, '0')}`
  const time = Date.parse(`${iso}T00:00:00Z`)
  // The parser rolls 31 February over into March.
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === iso
  return isDay ? iso : null
}

/** Milliseconds since the epoch; not a number when the text names no zone. */
const exactTime = (text: string): number => {
  if (zoned.test(text)) return Date.parse(text.replace(' ', 'T'))
  return named.test(text) ? Date.parse(text) : Number.NaN
}

/**
 * When a page, or what a search says of it, was published: an ISO 8601 time in UTC when the text names the zone as well, otherwise
 * the date alone, since a local time could be anywhere. Null when the text says nothing that can be true.
 * @param now milliseconds since the epoch
 */
export const publishedAt = (text: string, now: number): string | null => {
  const trimmed = text.trim().slice(0, 60).replace(label, '')
  const day = writtenDate(trimmed)
  if (day === null) return null
  const exact = exactTime(trimmed)
  const time = Number.isNaN(exact) ? Date.parse(day) : exact
  if (time < earliest || time > now + dayMs) return null
  return Number.isNaN(exact) ? day : new Date(exact).toISOString()
}
