import type { PeerFigure } from './peers/figures.ts'
import { type PeerResults, titlesOf } from './peers/peer-results.ts'
import { card, label, line, quiet } from './picture.ts'
import { withUnit } from './statistics.ts'

const panelWidth = 464
const barHeight = 20
const nameWidth = 150
const valueWidth = 110
const own = '#0969da'
const other = '#8c959f'

/** What is drawn; the rest is in the table. */
const drawn = [
  "first text later than the raw client's",
  'its processor time, with caller and model',
  'a run of seven calls beside the sum of its calls',
  'good turns a second, 50 at once',
  'resident memory after the start',
] as const

const named: Readonly<Record<(typeof drawn)[number], string>> = {
  "first text later than the raw client's": "First text later than the raw client's",
  'its processor time, with caller and model':
    'Processor time of a turn, caller and model included',
  'a run of seven calls beside the sum of its calls':
    'Run of seven calls beside the sum of its calls',
  'good turns a second, 50 at once': 'Good turns a second, 50 at once (more is better)',
  'resident memory after the start': 'Resident memory after the start',
}

/** A name that fits beside a bar. */
const shortened = (title: string): string =>
  title.split(/,| \d/)[0]?.replace('Vercel ', '') ?? title

interface Bar {
  title: string
  name: string
  value: number
}

const barsOf = ({ values }: PeerFigure, titles: readonly [string, string][]): Bar[] =>
  titles.flatMap(([name, title]) => {
    const value = values[name]?.median
    return value === undefined ? [] : [{ title, name, value }]
  })

const panel = (figure: PeerFigure, bars: readonly Bar[], x: number, y: number): string[] => {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE)
  const room = panelWidth - nameWidth - valueWidth
  const title = named[figure.measure as (typeof drawn)[number]] ?? figure.measure
  return [
    label(x, y, title, { size: 13.5 }),
    ...bars.flatMap(({ title: whose, name, value }, index) => {
      const at = y + 14 + index * barHeight
      const long = Math.max(1, (Math.max(0, value) / most) * room)
      return [
        label(x, at + 12, shortened(whose), { size: 12 }),
        `<rect x="${x + nameWidth}" y="${at + 2}" width="${long.toFixed(1)}" height="${barHeight - 6}" rx="2" fill="${name === 'studio' ? own : other}"/>`,
        label(x + nameWidth + long + 6, at + 12.5, withUnit(value, figure.unit), { size: 12 }),
      ]
    }),
  ]
}

/** A panel of bars for each of the main figures. */
export const peersPicture = (results: PeerResults): string => {
  const titles = titlesOf(results)
  const panels = drawn.flatMap((measure) => {
    const figure = results.figures.find((one) => one.measure === measure)
    return figure ? [{ figure, bars: barsOf(figure, titles) }] : []
  })
  const panelHeight = 14 + titles.length * barHeight + 30
  const rows = Math.ceil(panels.length / 2)
  const bottom = 72 + rows * panelHeight
  const { machine, date, node, load } = results
  return card(bottom + 24, 'The same work by peers', [
    label(16, 30, 'The same work in the same rounds, by what people would use instead', {
      size: 15,
    }),
    `<line x1="16" x2="944" y1="42" y2="42" stroke="${line}"/>`,
    ...panels.flatMap(({ figure, bars }, index) =>
      panel(
        figure,
        bars,
        16 + (index % 2) * (panelWidth + 8),
        68 + Math.floor(index / 2) * panelHeight,
      ),
    ),
    label(
      16,
      bottom + 8,
      `${date.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores, Node ${node}, load ${load.before.toFixed(1)} in the minute before; less is better unless said otherwise`,
      { size: 11, fill: quiet },
    ),
  ])
}
