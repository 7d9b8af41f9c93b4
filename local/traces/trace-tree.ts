import type { SegmentDocument } from '../../shared/platform/segment-document.ts'
import type { Trace } from './trace-assembly.ts'

/** Alike parts in a row that are told in one line. */
const fewest = 3

const millisecondsOf = ({ start_time, end_time = start_time }: SegmentDocument): number =>
  Math.max(0, Math.round((end_time - start_time) * 1000))

const duration = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(2)} s`

/** Ids and outcomes that tell one span from the next; the request's own ids stand in the first line. */
const told = [
  'session_id',
  'run_id',
  'job_id',
  'attempt',
  'turn',
  'outcome',
  'status',
  'model',
  'error',
]

const factsOf = ({ annotations = {}, fault }: SegmentDocument, above: Record<string, unknown>) => {
  const facts = told
    .filter((name) => annotations[name] !== undefined && annotations[name] !== above[name])
    .filter((name) => name !== 'outcome' || annotations.outcome !== 'ok')
    .map((name) => `${name.replace(/_id$/, '')} ${annotations[name]}`)
  return [...(fault && annotations.error === undefined ? ['failed'] : []), ...facts].join(', ')
}

interface Line {
  tree: string
  start: string
  took: string
  facts: string
}

const childrenOf = (trace: Trace, parent: string): SegmentDocument[] =>
  trace
    .filter(({ parent_id }) => parent_id === parent)
    .toSorted((one, other) => one.start_time - other.start_time)

/** Siblings in rows of alike ones: many commits of a growing text are one line. */
const rowsOf = (trace: Trace, siblings: readonly SegmentDocument[]): SegmentDocument[][] => {
  const rows: SegmentDocument[][] = []
  for (const one of siblings) {
    const row = rows.at(-1)
    const isAlike = row?.[0]?.name === one.name && row[0].fault === one.fault
    if (row && isAlike && childrenOf(trace, one.id).length === 0) row.push(one)
    else rows.push([one])
  }
  return rows.flatMap((row) => (row.length < fewest ? row.map((one) => [one]) : [row]))
}

const lineOf = (
  [first, ...more]: readonly SegmentDocument[],
  { tree, origin, above }: { tree: string; origin: number; above: Record<string, unknown> },
): Line => {
  if (first === undefined) return { tree, start: '', took: '', facts: '' }
  const start = `+${duration(Math.max(0, Math.round((first.start_time - origin) * 1000)))}`
  const all = [first, ...more].map(millisecondsOf)
  const took = duration(all.reduce((sum, each) => sum + each, 0))
  return more.length === 0
    ? { tree: `${tree}${first.name}`, start, took, facts: factsOf(first, above) }
    : { tree: `${tree}${first.name} ×${all.length}`, start, took, facts: 'together' }
}

const linesBelow = (
  trace: Trace,
  parent: SegmentDocument,
  { indent, origin, above }: { indent: string; origin: number; above: Record<string, unknown> },
): Line[] => {
  const known = { ...above, ...parent.annotations }
  const rows = rowsOf(trace, childrenOf(trace, parent.id))
  return rows.flatMap((row, position) => {
    const isLast = position === rows.length - 1
    const line = lineOf(row, { tree: `${indent}${isLast ? '└─ ' : '├─ '}`, origin, above: known })
    const [only] = row
    if (row.length > 1 || only === undefined) return [line]
    const below = { indent: `${indent}${isLast ? '   ' : '│  '}`, origin, above: known }
    return [line, ...linesBelow(trace, only, below)]
  })
}

/** A trace as lines: each span's place in the tree, when it began, how long it took, and its ids. */
export const traceLines = (trace: Trace): string[] => {
  const ids = new Set(trace.map(({ id }) => id))
  const roots = trace
    .filter(({ parent_id }) => parent_id === undefined || !ids.has(parent_id))
    .toSorted((one, other) => one.start_time - other.start_time)
  const origin = roots[0]?.start_time ?? 0
  const lines = roots.flatMap((root) => [
    lineOf([root], { tree: '', origin, above: {} }),
    ...linesBelow(trace, root, { indent: '', origin, above: {} }),
  ])
  const width = (part: (line: Line) => string): number =>
    Math.max(...lines.map((line) => part(line).length))
  const [tree, start, took] = [
    width((it) => it.tree),
    width((it) => it.start),
    width((it) => it.took),
  ]
  return [
    `Trace ${trace[0]?.trace_id ?? ''}`,
    ...lines.map((line) =>
      `  ${line.tree.padEnd(tree)}  ${line.start.padStart(start)}  ${line.took.padStart(took)}  ${line.facts}`.trimEnd(),
    ),
  ]
}
