import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { evaluate, type Value } from '../metric-math/evaluate.ts'
import { type MetricWidget, type Row, rowsOf } from './dashboard-body.ts'

const lineSchema = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
})

interface Recorded {
  at: number
  value: number
}

/** What a local run measured, by metric and dimensions, as CloudWatch would count it. */
export class RecordedMetrics {
  readonly #values = new Map<string, Recorded[]>()
  from = Number.POSITIVE_INFINITY
  to = 0

  /** @param file the engine's `functions.log` */
  static async read(file: string): Promise<RecordedMetrics> {
    const metrics = new RecordedMetrics()
    for (const line of (await readFile(file, 'utf8')).split('\n')) {
      if (line.includes('"_aws"')) metrics.#take(JSON.parse(line.slice(line.indexOf('{'))))
    }
    return metrics
  }

  of({ namespace, name, dimensions }: Pick<Row, 'namespace' | 'name' | 'dimensions'>): Recorded[] {
    return this.#values.get(keyOf(namespace, name, dimensions)) ?? []
  }

  #take(parsed: unknown): void {
    const { _aws, ...fields } = lineSchema.parse(parsed)
    const at = _aws.Timestamp
    this.from = Math.min(this.from, at)
    this.to = Math.max(this.to, at)
    for (const { Namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics) {
      for (const { Name } of Metrics) {
        for (const set of Dimensions) {
          const dimensions = Object.fromEntries(set.map((each) => [each, String(fields[each])]))
          const key = keyOf(Namespace, Name, dimensions)
          const value = Number(fields[Name])
          this.#values.set(key, [...(this.#values.get(key) ?? []), { at, value }])
        }
      }
    }
  }
}

const keyOf = (namespace: string, name: string, dimensions: Record<string, string>): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort()])

const statisticOf = (values: readonly number[], statistic: string): Value => {
  if (values.length === 0) return undefined
  const sum = values.reduce((total, value) => total + value, 0)
  const percentile = /^p(\d+)$/.exec(statistic)?.[1]
  if (percentile !== undefined) {
    const sorted = values.toSorted((one, other) => one - other)
    return sorted[Math.ceil((Number(percentile) / 100) * sorted.length) - 1]
  }
  switch (statistic) {
    case 'Maximum':
      return Math.max(...values)
    case 'Average':
      return sum / values.length
    case 'SampleCount':
      return values.length
    default:
      return sum
  }
}

export interface Series {
  label: string
  /** One for each period, oldest first. */
  points: Value[]
}

/**
 * What a widget shows of a local run: a series for each visible row, in so many periods of equal length.
 * Empty where nothing was measured.
 */
export const seriesOf = (
  widget: MetricWidget,
  metrics: RecordedMetrics,
  periods: number,
): Series[] => {
  const rows = rowsOf(widget)
  const length = Math.max(1, (metrics.to - metrics.from + 1) / periods)
  const isKnown = (row: Row): boolean =>
    row.expression === undefined
      ? metrics.of(row).length > 0
      : rows.some((used) => used.expression === undefined && metrics.of(used).length > 0)
  const valueIn = (row: Row, period: number): Value => {
    if (row.expression !== undefined) {
      return evaluate(row.expression, (id) => {
        const used = rows.find((one) => one.id === id)
        return used && valueIn(used, period)
      })
    }
    const within = metrics.of(row).filter(({ at }) => {
      return Math.floor((at - metrics.from) / length) === period
    })
    return statisticOf(
      within.map(({ value }) => value),
      row.stat,
    )
  }
  return rows
    .filter((row) => row.visible && isKnown(row))
    .map((row) => ({
      label: row.label ?? row.name,
      points: Array.from({ length: periods }, (_, period) => valueIn(row, period)),
    }))
}
