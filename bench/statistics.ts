/** One measurement as it is reported. */
export interface Row {
  what: string
  /** As printed, with its unit. */
  median: string
  p95: string
  n: number
  target: string
  /** Undefined for a row without a target. */
  passed: boolean | undefined
}

const rank = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ??
  Number.NaN

const sorted = (values: number[]): number[] => values.toSorted((a, b) => a - b)

export const median = (values: number[]): number => {
  const ordered = sorted(values)
  const upper = ordered[Math.floor(ordered.length / 2)] ?? Number.NaN
  const lower = ordered[Math.ceil(ordered.length / 2) - 1] ?? Number.NaN
  return (lower + upper) / 2
}

/** By nearest rank: with few values it is the largest. */
export const p95 = (values: number[]): number => rank(sorted(values), 0.95)

const rounded = (value: number): string =>
  Number.isNaN(value) ? '-' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1)

export interface Limit {
  text: string
  holds(median: number): boolean
}

export const atMost = (limit: number, unit: string): Limit => ({
  text: `≤ ${limit} ${unit}`,
  holds: (value) => value <= limit,
})
export const atLeast = (limit: number, unit: string): Limit => ({
  text: `≥ ${limit} ${unit}`,
  holds: (value) => value >= limit,
})
export const below = (limit: number, unit: string): Limit => ({
  text: `< ${limit} ${unit}`,
  holds: (value) => value < limit,
})
export const between = (from: number, to: number, unit: string): Limit => ({
  text: `${from} to ${to} ${unit}`,
  holds: (value) => value >= from && value <= to,
})

/** A row about values of one unit; its limit, if any, applies to the median. */
export const rowOf = (what: string, values: number[], unit: string, limit?: Limit): Row => ({
  what,
  median: `${rounded(median(values))} ${unit}`,
  p95: `${rounded(p95(values))} ${unit}`,
  n: values.length,
  target: limit?.text ?? '',
  passed: limit?.holds(median(values)),
})

/** The rows as aligned text. */
export const table = (rows: Row[]): string => {
  const verdict = ({ passed }: Row): string =>
    passed === undefined ? '' : passed ? 'pass' : 'FAIL'
  const lines = [
    ['what', 'median', 'p95', 'n', 'target', ''],
    ...rows.map((row) => [row.what, row.median, row.p95, String(row.n), row.target, verdict(row)]),
  ]
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  )
  const text = lines.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths?.[column] ?? 0
        return column >= 1 && column <= 3 ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
  text.splice(1, 0, '-'.repeat(Math.max(...text.map((line) => line.length))))
  return text.join('\n')
}
