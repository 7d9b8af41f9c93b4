const numeric = /^(\d{4})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})(?:일|\.)?(?:[T\s,]+.*)?$/s
const zoned =
  /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})$/
/** As in mail and HTTP. */
const named = /^(?:\w{3},\s)?\d{1,2}\s\w{3}\s\d{4}\s\d{2}:\d{2}(?::\d{2})?\s(?:GMT|UTC|[+-]\d{4})$/
const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{4,6})?$/

const earliest = Date.UTC(1990, 0, 1)
const day = 86_400_000

/**
 * When a page, or what a search says of it, was published: an ISO 8601 time in UTC when the text names the zone as well, otherwise
 * the date alone, since a local time could be anywhere. Null when the text says nothing that can be true.
 * @param now milliseconds since the epoch
 */
export const publishedAt = (text: string, now: number): string | null => {
  const trimmed = text.trim().slice(0, 60)
  const exact =
    zoned.test(trimmed) || named.test(trimmed)
      ? Date.parse(trimmed.replace(' ', zoned.test(trimmed) ? 'T' : ' '))
      : Number.NaN
  if (!Number.isNaN(exact)) return isPlausible(exact, now) ? new Date(exact).toISOString() : null
  const [, year = '', month = '', date = ''] = numeric.exec(trimmed) ?? compact.exec(trimmed) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const time = Date.parse(`${iso}T00:00:00Z`)
  // The parser rolls 31 February over into March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso) return null
  return isPlausible(time, now) ? iso : null
}

const isPlausible = (time: number, now: number): boolean => time >= earliest && time <= now + day
