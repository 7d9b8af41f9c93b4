const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const
const rate = /^rate\((\d+) (minute|hour|day)s?\)$/

/** Longest timer of the runtime, some 24 days; a longer one would fire at once, forever. */
const longestMilliseconds = 2_147_483_647

/**
 * The period of a schedule such as `rate(5 minutes)` in milliseconds; undefined for any other and
 * for one that is longer than 24 days.
 */
export const readRate = (expression: string): number | undefined => {
  const [, count, unit] = rate.exec(expression) ?? []
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') return undefined
  const period = Number(count) * units[unit]
  return period <= longestMilliseconds ? period : undefined
}
