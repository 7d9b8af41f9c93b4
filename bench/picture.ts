import type { Results } from './results.ts'
import { type Row, withUnit } from './statistics.ts'

const width = 960
const rowHeight = 30
const top = 64
/** Where the axis begins and ends. */
const [left, right] = [470, 790]
/** How far the axis reaches on both sides of the target, as a factor. */
const reach = 8

export const ink = '#1f2328'
export const quiet = '#656d76'
export const line = '#d0d7de'
const met = '#1a7f37'
const missed = '#cf222e'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Text at a place; backticks are for Markdown. */
export const label = (
  x: number,
  y: number,
  text: string,
  {
    fill = ink,
    size = 13,
    anchor = 'start',
  }: { fill?: string; size?: number; anchor?: string } = {},
): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escaped(text.replaceAll('`', ''))}</text>`

/** A picture on a card of its own, so that it can be read on a dark page too. */
export const card = (height: number, title: string, inside: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif">`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#ffffff" stroke="${line}"/>`,
    ...inside,
    '</svg>',
    '',
  ].join('\n')

/** Where a share of the target lies on the axis, which is logarithmic. */
const placeOf = (share: number): number => {
  const held = Math.min(reach, Math.max(1 / reach, share))
  return left + ((Math.log(held) / Math.log(reach) + 1) / 2) * (right - left)
}

/** A target of nothing at all is met or missed by far. */
const shareOf = (value: number, bound: number): number => {
  if (bound === 0) return value === 0 ? 0 : Number.POSITIVE_INFINITY
  return value / bound
}

const mark = (row: Row & { bound: number }, y: number): string[] => {
  const colour = row.passed ? met : missed
  const [low, high] = row.spread ?? [row.median, row.median]
  const [from, to] = [placeOf(shareOf(low, row.bound)), placeOf(shareOf(high, row.bound))]
  const at = placeOf(shareOf(row.median, row.bound))
  return [
    `<line x1="${from.toFixed(1)}" x2="${to.toFixed(1)}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="3" stroke-opacity="0.35" stroke-linecap="round"/>`,
    `<circle cx="${at.toFixed(1)}" cy="${y}" r="5.5" fill="${colour}"/>`,
  ]
}

const lineOf = (row: Row & { bound: number }, index: number): string[] => {
  const y = top + index * rowHeight + rowHeight / 2
  return [
    `<line x1="16" x2="${width - 16}" y1="${y + rowHeight / 2}" y2="${y + rowHeight / 2}" stroke="${line}" stroke-width="0.5"/>`,
    label(16, y + 4.5, row.headline ?? row.what),
    ...mark(row, y),
    label(width - 16, y + 4.5, `${withUnit(row.median, row.unit)}  (${row.target})`, {
      anchor: 'end',
      fill: row.passed ? ink : missed,
    }),
  ]
}

/** One line for each figure with a target: the median, and the rounds' spread, in targets. */
export const targetsPicture = (results: Results): string => {
  const rows = results.rows.filter(
    (row): row is typeof row & { bound: number } =>
      row.headline !== undefined && row.bound !== undefined && !Number.isNaN(row.median),
  )
  const bottom = top + rows.length * rowHeight
  const { machine, date, node } = results
  const ticks = [1 / 4, 1 / 2, 1, 2, 4]
  return card(bottom + 40, 'What was measured beside its target', [
    label(16, 30, 'Measured, as a share of the target (left of the line is better)', { size: 15 }),
    ...ticks.flatMap((tick) => {
      const x = placeOf(tick).toFixed(1)
      const colour = tick === 1 ? ink : line
      return [
        `<line x1="${x}" x2="${x}" y1="${top}" y2="${bottom}" stroke="${colour}"${tick === 1 ? '' : ' stroke-dasharray="2 4"'}/>`,
        label(Number(x), top - 8, tick === 1 ? 'target' : `${tick} ×`, {
          anchor: 'middle',
          size: 11,
          fill: quiet,
        }),
      ]
    }),
    ...rows.flatMap(lineOf),
    label(
      16,
      bottom + 24,
      `${date.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores, Node ${node}, load ${results.load.before.toFixed(1)} in the minute before; dot: median of the rounds, bar: their spread`,
      { size: 11, fill: quiet },
    ),
  ])
}
