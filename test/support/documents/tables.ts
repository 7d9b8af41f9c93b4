import { referenceTables } from '../../../docs/reference/tables.ts'
import { findingKinds } from '../../../shared/rules/checkup/finding-kinds.ts'
import { type MetricDefinition, metrics } from '../../../shared/rules/metrics.ts'
import { type Retention, retention } from '../../../shared/rules/retention.ts'

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`

const dimensionsOf = ({ sets, values = {} }: MetricDefinition): string =>
  sets
    .map((set) =>
      set.length === 0
        ? 'all'
        : set
            .map((name) => (values[name] ? `${name} (${values[name].join(', ')})` : name))
            .join(' × '),
    )
    .join('; ')

const span = (seconds: number): string => {
  const units: [number, string][] = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
  ]
  const parts: string[] = []
  let left = seconds
  for (const [size, unit] of units) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`)
  }
  return parts.join(' ')
}

const by: Record<Retention['by'], string> = {
  ttl: "the item's `ttl`",
  lifecycle: "the bucket's lifecycle",
  log: 'the log group',
  queue: 'the queue',
}

const tables: Readonly<Record<string, () => string[]>> = {
  ...referenceTables,
  metrics: () => [
    row('metric', 'unit', 'dimensions', 'meaning'),
    row('---', '---', '---', '---'),
    ...Object.entries(metrics).map(([name, metric]) =>
      row(`\`${name}\``, metric.unit, dimensionsOf(metric), metric.meaning),
    ),
  ],
  findings: () => [
    row('code', 'area', 'severity', 'meaning', 'what to do'),
    row('---', '---', '---', '---', '---'),
    ...Object.entries(findingKinds).map(([code, { area, severity, meaning, action }]) =>
      row(`\`${code}\``, area, severity, meaning, action),
    ),
  ],
  retention: () => [
    row('kind', 'kept for', 'from', 'by', 'what'),
    row('---', '---', '---', '---', '---'),
    ...Object.entries(retention).map(([kind, { seconds, from, what, ...rest }]) =>
      row(kind, span(seconds), from, by[rest.by], what),
    ),
  ],
}

/**
 * A page with each of its tables as the code has it now, between the table's two marks.
 * @throws Error for a mark that names no table
 */
export const withTables = (page: string): string =>
  page.replace(
    /(<!-- table: ([\w-]+) -->\n)[\s\S]*?(\n?<!-- end -->)/g,
    (_, begin: string, name: string) => {
      const lines = tables[name]
      if (!lines) throw new Error(`There is no table ${name}.`)
      return `${begin}${lines().join('\n').trimEnd()}\n<!-- end -->`
    },
  )
