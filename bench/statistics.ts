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

const limited = (value: number, limit: Limit | undefined): Partial<Row> =>
  limit === undefined ? {} : { target: limit.text, bound: limit.bound, passed: limit.holds(value) }

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

/** The rows as aligned text. */
export const table = (rows: readonly Row[]): string => {
  const verdict = ({ passed }: Row): string =>
    passed === undefined ? '' : passed ? 'pass' : 'FAIL'
  const lines = [
    ['what', 'median', 'rounds', 'p95', 'n', 'target', ''],
    ...rows.map((row) => [
      row.what,
      withUnit(row.median, row.unit),
      spreadText(row),
      withUnit(row.p95, row.unit),
      String(row.n),
      row.target,
      verdict(row),
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
