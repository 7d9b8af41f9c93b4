import type { MetricWidget, Widget } from './dashboard-body.ts'
import type { RecordedMetrics, Series } from './recorded-metrics.ts'
import { seriesOf } from './recorded-metrics.ts'

/** Pixels of one cell of the dashboard's grid. */
const cell = { width: 56, height: 40 }
const periods = 30

/** Told apart by the colour-blind, too; the first is also that of what went well. */
const colours = ['#0b7a75', '#4f46e5', '#ca8a04', '#be185d', '#475569', '#65a30d']
const badColour = '#c2410c'
const bad = new Set(['failed', 'timeout', 'dead', 'failure', 'repair failed', 'interrupted'])
const colourOf = ({ label }: Series, index: number): string =>
  bad.has(label) ? badColour : (colours[index % colours.length] ?? '')

const limitColour = '#b91c1c'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const amount = (value: number): string => {
  if (Math.abs(value) >= 10_000) return `${Math.round(value / 1000)}k`
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return String(Math.round(value))
  return value < 0.1 ? value.toFixed(3) : value.toFixed(value < 10 ? 2 : 1)
}

const plot = { left: 46, right: 8, top: 6, bottom: 18 }

interface Scale {
  x: (period: number) => number
  y: (value: number) => number
  most: number
}

/** A line of points, broken where there was nothing. */
const lineOf = ({ points }: Series, colour: string, { x, y }: Scale): string => {
  const marks = points.flatMap((value, period) =>
    value === undefined ? [] : [`${x(period).toFixed(1)},${y(value).toFixed(1)}`],
  )
  const dots = marks
    .map((mark) => mark.split(','))
    .map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="2.4" fill="${colour}"/>`)
  return `<polyline points="${marks.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6"/>${dots.join('')}`
}

/** Bars on top of each other, one for each period. */
const barsOf = (series: readonly Series[], { x, y }: Scale, width: number): string =>
  Array.from({ length: periods }, (_, period) => {
    let below = 0
    return series
      .map((one, index) => {
        const value = one.points[period] ?? 0
        const [from, to] = [y(below), y(below + value)]
        below += value
        return value === 0
          ? ''
          : `<rect x="${(x(period) - width / 2).toFixed(1)}" y="${to.toFixed(1)}" width="${width.toFixed(1)}" height="${(from - to).toFixed(1)}" fill="${colourOf(one, index)}"/>`
      })
      .join('')
  }).join('')

const axis = ({ y, most }: Scale, width: number): string =>
  [0, most / 2, most]
    .map(
      (value) =>
        `<line x1="${plot.left}" x2="${width - plot.right}" y1="${y(value)}" y2="${y(value)}" stroke="#e2e8f0"/>` +
        `<text x="${plot.left - 6}" y="${y(value) + 4}" text-anchor="end" class="tick">${amount(value)}</text>`,
    )
    .join('')

const highest = (widget: MetricWidget, series: readonly Series[]): number => {
  const sums = Array.from({ length: periods }, (_, period) => {
    const values = series.map(({ points }) => points[period] ?? 0)
    return widget.properties.stacked
      ? values.reduce((sum, value) => sum + value, 0)
      : Math.max(0, ...values)
  })
  return Math.max(...sums) || 1
}

/** The end of an axis, whose half is a round number, too; nothing is counted in halves. */
const roundEnd = (most: number, isCount: boolean): number => {
  const power = 10 ** Math.floor(Math.log10(most))
  const end = power * ([1, 2, 4, 6, 8].find((step) => step * power >= most) ?? 10)
  return isCount ? Math.max(2, end) : end
}

const legendOf = (series: readonly Series[], limit: string): string =>
  [
    ...series.map(
      (one, index) =>
        `<span><i style="background:${colourOf(one, index)}"></i>${escaped(one.label)}</span>`,
    ),
    ...(limit ? [`<span><i class="limit"></i>${escaped(limit)}</span>`] : []),
  ].join('')

const graph = (widget: MetricWidget, series: readonly Series[], seconds: number): string => {
  const width = widget.width * cell.width - 26
  const height = widget.height * cell.height - 84
  const [limit] = widget.properties.annotations?.horizontal ?? []
  const data = highest(widget, series)
  // A limit far above is named beside its line, which stays at the top: the data would lie on the axis.
  const far = limit !== undefined && limit.value > data * 4
  const isCount = widget.properties.yAxis?.left.label === undefined
  const most = roundEnd(limit && !far ? Math.max(limit.value, data) : data, isCount)
  const inner = { width: width - plot.left - plot.right, height: height - plot.top - plot.bottom }
  const scale: Scale = {
    x: (period) => plot.left + ((period + 0.5) / periods) * inner.width,
    y: (value) => plot.top + inner.height * (1 - value / most),
    most,
  }
  const marks = widget.properties.stacked
    ? barsOf(series, scale, (inner.width / periods) * 0.7)
    : series.map((one, index) => lineOf(one, colourOf(one, index), scale)).join('')
  const limitY = limit ? (far ? plot.top + 1 : scale.y(limit.value)) : 0
  const line = limit
    ? `<line x1="${plot.left}" x2="${width - plot.right}" y1="${limitY}" y2="${limitY}" stroke="${limitColour}" stroke-width="1.5" stroke-dasharray="5 4"/>`
    : ''
  const label = limit ? `${limit.label}: ${amount(limit.value)}${far ? ' (far above)' : ''}` : ''
  const end = `<text x="${plot.left}" y="${height - 3}" class="tick">0 s</text><text x="${width - plot.right}" y="${height - 3}" text-anchor="end" class="tick">${Math.round(seconds)} s</text>`
  return `<svg width="${width}" height="${height}">${axis(scale, width)}${marks}${line}${end}</svg><div class="legend">${legendOf(series, label)}</div>`
}

const nothing = ({ properties }: MetricWidget): string => {
  const isOurs = properties.metrics.some(([namespace]) => namespace === 'LaunchStudio')
  if (!isOurs) return '<p class="none">Measured by AWS alone.</p>'
  return properties.start === undefined
    ? '<p class="none">Nothing happened in this run.</p>'
    : '<p class="none">Looked at once a day, so not in this run.</p>'
}

/** The colour of the last band that holds a value, as CloudWatch paints a gauge. */
export const bandColour = ({ properties }: MetricWidget, value: number): string =>
  (properties.annotations?.horizontal ?? [])
    .filter(({ value: edge, fill }) => (fill === 'below' ? value <= edge : value >= edge))
    .at(-1)?.color ?? '#0f172a'

const gaugeWidth = 150

/** A track in the colours of its bands, with a mark at the value. */
const track = (widget: MetricWidget, value: number): string => {
  const max = widget.properties.yAxis?.left.max ?? 100
  const bands = (widget.properties.annotations?.horizontal ?? []).map(
    ({ value: edge, fill, color }) => {
      const [from, to] = fill === 'below' ? [0, edge] : [edge, max]
      return `<rect x="${(from / max) * gaugeWidth}" width="${((to - from) / max) * gaugeWidth}" y="8" height="5" fill="${color}"/>`
    },
  )
  const at = (Math.min(Math.max(value, 0), max) / max) * gaugeWidth
  const mark = `<path d="M${at - 5} 0h10l-5 7z" fill="#0f172a"/>`
  return `<svg class="track" width="${gaugeWidth + 10}" height="14" viewBox="-5 0 ${gaugeWidth + 10} 14">${bands.join('')}${mark}</svg>`
}

const single = (widget: MetricWidget, metrics: RecordedMetrics): string => {
  const [series] = seriesOf(widget, metrics, 1)
  const value = series?.points[0]
  if (!series || value === undefined) return nothing(widget)
  const unit = series.label === '%' ? '%' : ` ${series.label}`
  const number = `<p class="verdict" style="color:${bandColour(widget, value)}">${amount(value)}<small>${escaped(unit)}</small></p>`
  return widget.properties.view === 'gauge' ? number + track(widget, value) : number
}

const contentOf = (widget: Widget, metrics: RecordedMetrics): string => {
  if (widget.type === 'text') return ''
  if (widget.type === 'alarm') {
    return `<div class="alarms">${'<i></i>'.repeat(widget.properties.alarms.length)}</div>`
  }
  if (widget.properties.view !== 'timeSeries') return single(widget, metrics)
  const series = seriesOf(widget, metrics, periods)
  return series.length === 0
    ? nothing(widget)
    : graph(widget, series, (metrics.to - metrics.from) / 1000)
}

const titleOf = (widget: Widget): string => {
  if (widget.type === 'text') return widget.properties.markdown.replace(/^#+ /, '')
  return widget.type === 'alarm'
    ? `${widget.properties.title}: ${widget.properties.alarms.length}, here without the names and states that CloudWatch shows`
    : widget.properties.title
}

const style = `
  * { box-sizing: border-box; margin: 0 }
  body { font: 13px/1.35 "Noto Sans", "DejaVu Sans", sans-serif; color: #0f172a; background: #eef2f6; position: relative }
  section { position: absolute; padding: 4px }
  article { height: 100%; background: #fff; border: 1px solid #d8dfe8; border-radius: 6px; padding: 8px 8px 4px; overflow: hidden }
  section.text article { background: none; border: none; padding: 12px 4px 0 }
  section.text h2 { font-size: 17px }
  h2 { font-size: 13px; font-weight: 600; margin-bottom: 4px; white-space: nowrap }
  .tick { font-size: 11px; fill: #475569 }
  .legend { display: flex; flex-wrap: wrap; gap: 1px 12px; font-size: 11.5px; color: #334155; padding-left: 6px }
  .legend i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 4px }
  .legend i.limit { height: 0; border-top: 2px dashed ${limitColour}; border-radius: 0; vertical-align: middle; width: 14px }
  .verdict { font-size: 40px; font-weight: 600; text-align: center; margin-top: 14px }
  .track { display: block; margin: 0 auto }
  .verdict small { font-size: 20px; font-weight: 400; color: #475569 }
  .none { color: #64748b; padding: 6px 12px; text-align: center }
  .alarms { display: flex; flex-wrap: wrap; gap: 4px }
  .alarms i { width: 22px; height: 14px; background: #e2e8f0; border: 1px solid #cbd5e1; border-radius: 3px }
`

/** Cells of a row in which there is little to see. */
const emptyRow = 2

/** The top and the height of each row of widgets in cells, where those without data are drawn low. */
const rowsOfPage = (widgets: readonly Widget[], contents: readonly string[]) => {
  const rows = new Map<number, { top: number; height: number }>()
  let top = 0
  for (const y of [...new Set(widgets.map((widget) => widget.y))].sort((one, two) => one - two)) {
    const indices = widgets.flatMap((widget, index) => (widget.y === y ? [index] : []))
    const isEmpty = indices.every((index) => /class="(?:none|alarms)"/.test(contents[index] ?? ''))
    const whole = Math.max(...indices.map((index) => widgets[index]?.height ?? 0))
    const height = isEmpty ? emptyRow : whole
    rows.set(y, { top, height })
    top += height
  }
  return { rows, height: top * cell.height }
}

/** The dashboard as a page, with what a local run measured. */
export const dashboardPage = (widgets: readonly Widget[], metrics: RecordedMetrics) => {
  const contents = widgets.map((widget) => contentOf(widget, metrics))
  const { rows, height } = rowsOfPage(widgets, contents)
  const sections = widgets.map((widget, index) => {
    const row = rows.get(widget.y)
    if (!row) return ''
    const box = `left:${widget.x * cell.width}px;top:${row.top * cell.height}px;width:${widget.width * cell.width}px;height:${row.height * cell.height}px`
    return `<section class="${widget.type}" style="${box}"><article><h2>${escaped(titleOf(widget))}</h2>${contents[index]}</article></section>`
  })
  const html = `<!doctype html><meta charset="utf-8"><style>${style}body{height:${height}px}</style>${sections.join('')}`
  return { html, width: 24 * cell.width, height }
}
