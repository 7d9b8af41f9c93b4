/** One measurement as it is reported and kept. */
export interface Row {
  what: string
  unit: string
  median: number
  /** By nearest rank, of all values. */
  p95: number
  n: number
  /** The smallest and the largest median of a round; undefined for what was not measured in rounds. */
  spread?: [number, number]
  /** As printed; empty for a row without a target. */
  target: string
  /** What the target compares with; undefined without a target. */
  bound?: number
  /** Undefined for a row without a target. */
  passed: boolean | undefined
  /** Of a target that is not met yet: what the figure is held to, as printed, and whether it keeps to that. */
  held?: { to: string; keeps: boolean }
  /** What the README calls it; a row without one is not in the README. */
  headline?: string
  /** Rounds that stayed although the raw client was restless in them. */
  restless?: number
}

const rank = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ??
  Number.NaN

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

export const median = (values: readonly number[]): number => {
  const ordered = sorted(values)
  const upper = ordered[Math.floor(ordered.length / 2)] ?? Number.NaN
  const lower = ordered[Math.ceil(ordered.length / 2) - 1] ?? Number.NaN
  return (lower + upper) / 2
}

/** By nearest rank: with few values it is the largest. */
export const p95 = (values: readonly number[]): number => rank(sorted(values), 0.95)

/** The distance between the quartiles, in medians. */
export const relativeSpread = (values: readonly number[]): number => {
  const ordered = sorted(values)
  return (rank(ordered, 0.75) - rank(ordered, 0.25)) / median(values)
}

const digits = (value: number, unit: string): number => {
  if (Number.isInteger(value) && unit === '') return 0
  if (Math.abs(value) >= 100) return 0
  return unit === '×' ? 2 : 1
}

const numberText = (value: number, unit: string): string =>
  Number.isNaN(value) ? '-' : value.toFixed(digits(value, unit))

export const withUnit = (value: number, unit: string): string =>
  `${numberText(value, unit)} ${unit}`.trim()

/** From the smallest to the largest, in the digits of the unit. */
export const rangeText = ([low, high]: readonly [number, number], unit: string): string =>
  `${numberText(low, unit)} to ${withUnit(high, unit)}`

export interface Limit {
  text: string
  bound: number
  holds(median: number): boolean
  /** What a figure that misses the target is held to. */
  until?: Limit
}

export const atMost = (limit: number, unit: string): Limit => ({
  text: `≤ ${limit} ${unit}`.trim(),
  bound: limit,
  holds: (value) => value <= limit,
})
export const below = (limit: number, unit: string): Limit => ({
  text: `< ${limit} ${unit}`.trim(),
  bound: limit,
  holds: (value) => value < limit,
})
export const atLeast = (limit: number, unit: string): Limit => ({
  text: `≥ ${limit} ${unit}`.trim(),
  bound: limit,
  holds: (value) => value >= limit,
})
export const between = (from: number, to: number, unit: string): Limit => ({
  text: `${from} to ${to} ${unit}`,
  bound: to,
  holds: (value) => value >= from && value <= to,
})

/** A target that is out of reach as yet (decision 88), with what the figure is held to meanwhile. */
export const aimedAt = (target: Limit, until: Limit): Limit => ({ ...target, until })

const limited = (value: number, limit: Limit | undefined): Partial<Row> => {
  if (limit === undefined) return {}
  const { text, bound, until } = limit
  const passed = limit.holds(value)
  return {
    ...{ target: text, bound, passed },
    ...(until && !passed && { held: { to: until.text, keeps: until.holds(value) } }),
  }
}

/** Whether a figure is worse than the code may be: beyond its target, and beyond what it is held to until then. */
export const hasFailed = ({ passed, held }: Row): boolean => passed === false && !held?.keeps

/** A row about values of one unit; its limit, if any, applies to the median. */
export const rowOf = (
  what: string,
  values: readonly number[],
  unit: string,
  limit?: Limit,
): Row => ({
  ...{ what, unit, median: median(values), p95: p95(values), n: values.length },
  ...{ target: '', passed: undefined },
  ...limited(median(values), limit),
})

/** A row that reports the largest value, to which its limit applies. */
export const largestRowOf = (
  what: string,
  values: readonly number[],
  unit: string,
  limit: Limit,
): Row => {
  const largest = Math.max(...values)
  return { ...rowOf(what, [largest], unit, limit), n: values.length }
}

/**
 * A row about rounds.
 * @param medians the value of each round; the limit applies to their median
 * @param n measurements in all rounds
 */
export const roundsRowOf = (
  what: string,
  { medians, n, restless }: { medians: readonly number[]; n: number; restless: number },
  unit: string,
  limit?: Limit,
): Row => ({
  ...rowOf(what, medians, unit, limit),
  n,
  spread: [Math.min(...medians), Math.max(...medians)],
  ...(restless > 0 && { restless }),
})

/** The row with what the README calls it. */
export const headline = (name: string, row: Row): Row => ({ ...row, headline: name })

export const spreadText = ({ spread, unit }: Row): string => (spread ? rangeText(spread, unit) : '')

/** What came of a row's target, for a terminal. */
export const verdictOf = (row: Row): string => {
  const { passed, held } = row
  if (passed === undefined) return ''
  if (passed) return 'pass'
  return hasFailed(row) ? 'FAIL' : `missed, held to ${held?.to}`
}

/** The rows as aligned text. */
export const table = (rows: readonly Row[]): string => {
  const lines = [
    ['what', 'median', 'rounds', 'p95', 'n', 'target', ''],
    ...rows.map((row) => [
      row.what,
      withUnit(row.median, row.unit),
      spreadText(row),
      withUnit(row.p95, row.unit),
      String(row.n),
      row.target,
      verdictOf(row),
    ]),
  ]
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  )
  const text = lines.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths?.[column] ?? 0
        return column >= 1 && column <= 4 ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
  text.splice(1, 0, '-'.repeat(Math.max(...text.map((line) => line.length))))
  return text.join('\n')
}
