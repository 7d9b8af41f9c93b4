import { dayAfter, type PlanDates } from './plan-dates.ts'

export interface CalendarEntry extends PlanDates {
  /** Unique in the world, and the same for the same entry. */
  uid: string
  title: string
  description: string
}

/** RFC 5545, 3.3.11. */
const value = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replace(/\r\n|\r|\n|\u2028|\u2029|\u0085/g, '\\n')

const encoder = new TextEncoder()

/** Octets of a line, without its end (RFC 5545, 3.1): a Hangul syllable is three. */
const lineOctets = 75

/** Folds between code points. */
const folded = (line: string): string => {
  const lines: string[] = []
  let current = ''
  let octets = 0
  for (const character of line) {
    const more = encoder.encode(character).length
    if (octets + more > lineOctets) {
      lines.push(current)
      // The blank that continues a line counts.
      current = ' '
      octets = 1
    }
    current += character
    octets += more
  }
  return [...lines, current].map((part) => `${part}\r\n`).join('')
}

const compact = (date: string): string => date.replaceAll('-', '')

const eventLines = (
  { uid, first, last, title, description }: CalendarEntry,
  { stamp, sequence }: { stamp: string; sequence: number },
) => [
  'BEGIN:VEVENT',
  `UID:${value(uid)}`,
  `DTSTAMP:${stamp}`,
  `SEQUENCE:${sequence}`,
  `DTSTART;VALUE=DATE:${compact(first)}`,
  `DTEND;VALUE=DATE:${compact(dayAfter(last))}`,
  `SUMMARY:${value(title)}`,
  `DESCRIPTION:${value(description)}`,
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]

/**
 * All-day events as iCalendar (RFC 5545). Written here: the packages that there are fold lines by characters.
 * Dates have no time zone in RFC 5545; the calendar's own is named for clients that show it.
 * @param stamp ISO 8601 in UTC
 * @param sequence grows with each version: clients keep the events of the highest one
 */
export const calendar = (
  name: string,
  entries: readonly CalendarEntry[],
  { stamp, sequence }: { stamp: string; sequence: number },
): string => {
  const at = stamp.replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Launch Studio//Export//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${value(name)}`,
    'X-WR-TIMEZONE:Asia/Seoul',
    ...entries.flatMap((entry) => eventLines(entry, { stamp: at, sequence })),
    'END:VCALENDAR',
  ]
    .map(folded)
    .join('')
}
