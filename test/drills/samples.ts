import type { Stat } from '../support/metric-math/alarms.ts'
import type { Value } from '../support/metric-math/evaluate.ts'

/** One value of one metric. */
export interface Sample {
  /** Milliseconds since the epoch. */
  at: number
  namespace: string
  name: string
  dimensions: Record<string, string>
  value: number
}

/** A line that a function wrote, with when. */
export interface TimedLine {
  at: number
  function: string
  // biome-ignore lint/suspicious/noExplicitAny: lines are read field by field
  fields: Record<string, any>
}

export const parseLine = (line: string): TimedLine[] => {
  const [, time = '', name = '', json = ''] = /^(\S+) (\w+) \| (\{.*\})$/.exec(line) ?? []
  return json === '' ? [] : [{ at: Date.parse(time), function: name, fields: JSON.parse(json) }]
}

interface EmbeddedMetrics {
  Namespace: string
  Dimensions: string[][]
  Metrics: { Name: string }[]
}

/** What CloudWatch takes out of a line in the embedded metric format: a value for each set of dimensions. */
export const samplesOfLine = ({ at, fields }: TimedLine): Sample[] =>
  ((fields._aws?.CloudWatchMetrics ?? []) as EmbeddedMetrics[]).flatMap(
    ({ Namespace: namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((set) =>
        Metrics.flatMap(({ Name: name }) => {
          const dimensions = Object.fromEntries(set.map((key) => [key, String(fields[key])]))
          const values: number[] = [fields[name]].flat()
          return values.map((value) => ({ at, namespace, name, dimensions, value }))
        }),
      ),
  )

/** CloudWatch interpolates percentiles of few values; the nearest rank is as close as a drill needs. */
const percentile = (values: number[], percent: number): Value =>
  values.toSorted((a, b) => a - b)[Math.ceil((percent / 100) * values.length) - 1]

const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The statistic of values of one period; undefined without any. */
export const statisticOf = (values: number[], stat: string): Value => {
  if (values.length === 0) return undefined
  switch (stat) {
    case 'Sum':
      return sumOf(values)
    case 'SampleCount':
      return values.length
    case 'Average':
      return sumOf(values) / values.length
    case 'Maximum':
      return Math.max(...values)
    case 'Minimum':
      return Math.min(...values)
    default:
      if (!/^p\d+$/.test(stat)) throw new Error(`There is no statistic ${stat} here.`)
      return percentile(values, Number(stat.slice(1)))
  }
}

const sameDimensions = (one: Record<string, string>, other: Record<string, string>): boolean => {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key])
}

/** Whether a sample is one of the metric that a statistic is of. */
export const isOf =
  ({ namespace, name, dimensions }: Stat) =>
  (sample: Sample): boolean =>
    sample.namespace === namespace &&
    sample.name === name &&
    sameDimensions(sample.dimensions, dimensions)
