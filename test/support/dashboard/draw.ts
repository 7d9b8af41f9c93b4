import type { MetricWidget, Widget } from './dashboard-body.ts'
import type { RecordedMetrics, Series } from './recorded-metrics.ts'
import { seriesOf } from './recorded-metrics.ts'

/** Pixels of one cell of the dashboard's grid. */
const cell = { width: 62, height: 44 }
const periods = 30

/** Told apart by the colour-blind, too; the first is also that of what went well. */
const colours = ['#0b7a75', '#c2410c', '#4f46e5', '#b45309', '#be185d', '#475569', '#65a30d']
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
      .map(({ points }, index) => {
        const value = points[period] ?? 0
        const [from, to] = [y(below), y(below + value)]
        below += value
        return value === 0
          ? ''
          : `<rect x="${(x(period) - width / 2).toFixed(1)}" y="${to.toFixed(1)}" width="${width.toFixed(1)}" height="${(from - to).toFixed(1)}" fill="${colours[index % colours.length]}"/>`
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

const legendOf = (series: readonly Series[], limit: string): string =>
  [
    ...series.map(
      ({ label }, index) =>
        `<span><i style="background:${colours[index % colours.length]}"></i>${escaped(label)}</span>`,
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
  const most = (limit && !far ? Math.max(limit.value, data) : data) * 1.15
  const inner = { width: width - plot.left - plot.right, height: height - plot.top - plot.bottom }
  const scale: Scale = {
    x: (period) => plot.left + ((period + 0.5) / periods) * inner.width,
    y: (value) => plot.top + inner.height * (1 - value / most),
    most,
  }
  const marks = widget.properties.stacked
    ? barsOf(series, scale, (inner.width / periods) * 0.7)
    : series.map((one, index) => lineOf(one, colours[index % colours.length] ?? '', scale)).join('')
  const limitY = limit ? (far ? plot.top + 1 : scale.y(limit.value)) : 0
  const line = limit
    ? `<line x1="${plot.left}" x2="${width - plot.right}" y1="${limitY}" y2="${limitY}" stroke="${limitColour}" stroke-width="1.5" stroke-dasharray="5 4"/>`
    : ''
  const label = limit ? `${limit.label}: ${amount(limit.value)}${far ? ' (far above)' : ''}` : ''
  const end = `<text x="${plot.left}" y="${height - 3}" class="tick">0 s</text><text x="${width - plot.right}" y="${height - 3}" text-anchor="end" class="tick">${Math.round(seconds)} s</text>`
  return `<svg width="${width}" height="${height}">${axis(scale, width)}${marks}${line}${end}</svg><div class="legend">${legendOf(series, label)}</div>`
}

const nothing = (isMeasured: boolean): string =>
  isMeasured
    ? '<p class="none">Nothing happened in this run.</p>'
    : '<p class="none">Measured by AWS: a local studio has no such numbers.</p>'

const single = (widget: MetricWidget, metrics: RecordedMetrics): string => {
  const [series] = seriesOf(widget, metrics, 1)
  const value = series?.points[0]
  if (!series || value === undefined) return nothing(false)
  const unit = series.label === '%' ? '%' : ` ${series.label}`
  return `<p class="verdict">${amount(value)}<small>${escaped(unit)}</small></p>`
}

const contentOf = (widget: Widget, metrics: RecordedMetrics): string => {
  if (widget.type === 'text') return ''
  if (widget.type === 'alarm') {
    const names = widget.properties.alarms.map((name) => name.replace(/[0-9A-F]{8}$/, ''))
    return `<div class="alarms">${names.map((name) => `<span>${escaped(name)}</span>`).join('')}</div>`
  }
  if (widget.properties.view === 'singleValue') return single(widget, metrics)
  const series = seriesOf(widget, metrics, periods)
  const isOurs = widget.properties.metrics.some(([namespace]) => namespace === 'LaunchStudio')
  return series.length === 0
    ? nothing(isOurs)
    : graph(widget, series, (metrics.to - metrics.from) / 1000)
}

const titleOf = (widget: Widget): string => {
  if (widget.type === 'text') return widget.properties.markdown.replace(/^#+ /, '')
  return widget.type === 'alarm'
    ? `${widget.properties.title}: ${widget.properties.alarms.length}, whose states CloudWatch shows here`
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
  .verdict { font-size: 44px; font-weight: 600; color: #0b7a75; text-align: center; margin-top: 26px }
  .verdict small { font-size: 20px; font-weight: 400; color: #475569 }
  .none { color: #64748b; padding: 24px 12px; text-align: center }
  .alarms { display: flex; flex-wrap: wrap; gap: 4px }
  .alarms span { font-size: 11px; background: #f1f5f9; border: 1px solid #cbd5e1; border-radius: 3px; padding: 1px 6px; color: #334155 }
`

/** The dashboard as a page, with what a local run measured. */
export const dashboardPage = (widgets: readonly Widget[], metrics: RecordedMetrics) => {
  const height = Math.max(...widgets.map(({ y, height }) => y + height)) * cell.height
  const sections = widgets.map((widget) => {
    const box = `left:${widget.x * cell.width}px;top:${widget.y * cell.height}px;width:${widget.width * cell.width}px;height:${widget.height * cell.height}px`
    return `<section class="${widget.type}" style="${box}"><article><h2>${escaped(titleOf(widget))}</h2>${contentOf(widget, metrics)}</article></section>`
  })
  const html = `<!doctype html><meta charset="utf-8"><style>${style}body{height:${height}px}</style>${sections.join('')}`
  return { html, width: 24 * cell.width, height }
}
