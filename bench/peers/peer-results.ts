import type { Results } from '../results.ts'
import {
  aimedAt,
  atLeast,
  atMost,
  headline,
  type Row,
  rangeText,
  rowOf,
  verdictOf,
  withUnit,
} from '../statistics.ts'
import type { Crash } from './crash.ts'
import { goodput, type PeerFigure } from './figures.ts'
import type { Peer } from './peers.ts'

/** A run of `npm run bench:peers`, as it is kept. */
export interface PeerResults extends Results {
  peers: Omit<Peer, 'start'>[]
  /** Peers that could not be installed or started, and why. */
  missing: Record<string, string>
  figures: PeerFigure[]
  crashes: Crash[]
}

/** Contestants in the order of the tables, by the names that readers see. */
export const titlesOf = ({ peers, missing }: PeerResults): [name: string, title: string][] => [
  ['raw', 'raw client'],
  ['studio', 'Launch Studio'],
  ...peers
    .filter(({ name }) => missing[name] === undefined)
    .map(({ name, title, version }): [string, string] => [name, `${title} ${version}`]),
]

/** The best goodput of a peer that keeps what it does; undefined when none was measured. */
const bestDurable = ({ peers, figures }: PeerResults): number | undefined => {
  const values = figures.find(({ measure }) => measure === goodput)?.values ?? {}
  const of = peers
    .filter(({ durable }) => durable)
    .flatMap(({ name }) => values[name]?.median ?? [])
  return of.length === 0 ? undefined : Math.max(...of)
}

/** What issue 15 wants of the studio beside its peers. */
export const targetsOf = (results: PeerResults): (Row & { part: string })[] => {
  const rows: Row[] = []
  const best = bestDurable(results)
  const own = results.figures.find(({ measure }) => measure === goodput)?.values.studio
  if (best !== undefined && own !== undefined) {
    rows.push(
      headline(
        'good turns a second with 50 at once, beside the best durable peer',
        rowOf(
          'goodput beside the best durable peer',
          [own.median / best],
          '×',
          aimedAt(atLeast(2, '×'), atLeast(0.5, '×')),
        ),
      ),
    )
  }
  const crash = results.crashes.find(({ contestant }) => contestant === 'studio')
  if (crash) {
    const finished = crash.finished ? 0 : 1
    rows.push(
      headline(
        'killed in the middle of a stream: characters lost',
        rowOf('lost by a kill', [crash.lost], '', atMost(0, '')),
      ),
      headline('events twice', rowOf('twice after a kill', [crash.duplicate], '', atMost(0, ''))),
      headline(
        'runs that did not come to their end',
        rowOf('unfinished after a kill', [finished], '', atMost(0, '')),
      ),
    )
  }
  return rows.map((row) => ({ part: 'peers', ...row }))
}

/** A row for each figure, a column for each contestant. */
export const figureRows = (results: PeerResults): string[][] => {
  const titles = titlesOf(results)
  return [
    ['', ...titles.map(([, title]) => title)],
    ...results.figures.map(({ measure, unit, values, restless }) => [
      `${measure}${restless > 0 ? ' *' : ''}`,
      ...titles.map(([name]) => {
        const value = values[name]
        if (!value) return '-'
        const [low, high] = value.spread
        const spread = low === high ? '' : ` (${rangeText(value.spread, unit)})`
        return `${withUnit(value.median, unit)}${spread}`
      }),
    ]),
  ]
}

/** What the kill came to, a row for each that took it. */
export const crashRows = (results: PeerResults): string[][] => {
  const titles = new Map(titlesOf(results))
  return [
    [
      'killed in the third of seven calls',
      'serves again after',
      'run ends',
      'calls answered',
      'characters seen',
      'lost',
      'twice',
      'note',
    ],
    ...results.crashes.map((crash) => [
      titles.get(crash.contestant) ?? crash.contestant,
      withUnit(crash.servingAfter, 's'),
      crash.finished ? 'yes' : 'no',
      String(crash.calls),
      String(crash.seen),
      String(crash.lost),
      String(crash.duplicate),
      crash.note,
    ]),
  ]
}

/** The results for a terminal. */
export const textOfResults = (results: PeerResults): string => {
  const aligned = (rows: string[][]): string => {
    const widths = (rows[0] ?? []).map((_, column) =>
      Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
    )
    return rows
      .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
      .join('\n')
  }
  const missing = Object.entries(results.missing).map(([name, why]) => `${name}: ${why}`)
  const targets = results.rows.map(
    (row) => `${row.what}: ${withUnit(row.median, row.unit)} (${row.target})  ${verdictOf(row)}`,
  )
  return [aligned(figureRows(results)), aligned(crashRows(results)), ...missing, ...targets].join(
    '\n\n',
  )
}
