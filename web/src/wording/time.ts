import { inBoth, locale } from './language.ts'

const units = inBoth(
  {
    seconds: (seconds: number) => `${seconds}초`,
    minutes: (minutes: number, seconds: number) => `${minutes}분 ${seconds}초`,
    hours: (hours: number, minutes: number) => `${hours}시간 ${minutes}분`,
  },
  {
    seconds: (seconds: number) => `${seconds} s`,
    minutes: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
    hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
  },
)

/** A length of time as it is read at a glance; nothing is shorter than no time. */
export const duration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return units.value.seconds(seconds)
  if (seconds < 3600) return units.value.minutes(Math.floor(seconds / 60), seconds % 60)
  return units.value.hours(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60))
}

/** The time of day. */
export const timeOfDay = (at: number): string =>
  new Intl.DateTimeFormat(locale.value, { timeStyle: 'short' }).format(at)

/** Day and time, without the year while it is this one. */
export const dayAndTime = (at: number, now = Date.now()): string => {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(locale.value, {
    ...(isThisYear ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at)
}
