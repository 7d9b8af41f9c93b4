import { language } from '../wording/language.ts'

const locales = { ko: 'ko-KR', en: 'en-US' } as const

const format =
  (options: Intl.DateTimeFormatOptions) =>
  (at: string): string => {
    const date = new Date(at)
    return Number.isNaN(date.getTime())
      ? at
      : new Intl.DateTimeFormat(locales[language.value], options).format(date)
  }

export const dateTime = format({ dateStyle: 'medium', timeStyle: 'short' })
export const dateOnly = format({ dateStyle: 'medium' })
/** Of a date without a time, which has no time zone: `27 목`. */
export const planDay = format({ day: 'numeric', weekday: 'short', timeZone: 'UTC' })
export const planDayLong = format({
  month: 'long',
  day: 'numeric',
  weekday: 'long',
  timeZone: 'UTC',
})

/** US dollars: small sums with the digits that they need. */
export const dollars = (amount: number): string =>
  new Intl.NumberFormat(locales[language.value], {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: amount > 0 && amount < 0.1 ? 4 : 2,
  }).format(amount)

/** A place in a sound: `0:07`. */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
