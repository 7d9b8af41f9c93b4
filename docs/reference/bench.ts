import { existsSync, readFileSync } from 'node:fs'
import { crashRows, figureRows, type PeerResults } from '../../bench/peers/peer-results.ts'
import { peersPicture } from '../../bench/peers-picture.ts'
import { targetsPicture } from '../../bench/picture.ts'
import type { Results } from '../../bench/results.ts'
import { type Row, spreadText, withUnit } from '../../bench/statistics.ts'

/** What `npm run bench -- --save docs/bench-figures.json` kept. */
const kept: Results = JSON.parse(
  readFileSync(new URL('../bench-figures.json', import.meta.url), 'utf8'),
)

const peersFile = new URL('../bench-peers-figures.json', import.meta.url)
/** What `npm run bench:peers -- --save docs/bench-peers-figures.json` kept, if it was run to its end. */
const keptPeers: PeerResults | undefined = existsSync(peersFile)
  ? JSON.parse(readFileSync(peersFile, 'utf8'))
  : undefined

/** What a page has of the peers' figures, or that there are none. */
const ofPeers = (lines: (results: PeerResults) => string[]) => (): string[] =>
  keptPeers ? lines(keptPeers) : ['No figures of `npm run bench:peers` are kept yet.']

const line = (...cells: string[]): string => `| ${cells.join(' | ')} |`
const verdict = ({ passed, held }: Row): string => {
  if (passed === undefined) return ''
  if (passed) return 'yes'
  return held?.keeps ? `**missed**, held to ${held.to}` : '**missed**'
}

/** When, on what and how a run was measured. */
export const circumstances = (results: Omit<Results, 'rows'>): string => {
  const { date, machine, node, load, plan, quick, commit, seconds } = results
  const { rounds, size, warmUps } = plan
  const busy =
    load.before > machine.cores / 2
      ? ', which was not idle: what of it went on adds to every time'
      : ''
  return [
    `Measured on ${date.slice(0, 10)} at commit ${commit} with Node ${node} on ${machine.processor}, ${machine.cores} cores, ${machine.gigabytes} GB of memory,`,
    `in ${Math.round(seconds / 60)} minutes;`,
    `${rounds} rounds of ${size} after ${warmUps} warm-ups${quick ? ' (`--quick`)' : ''};`,
    `load average ${load.before.toFixed(1)} in the minute before${busy}.`,
  ].join(' ')
}

const restlessNote =
  'An asterisk marks what holds rounds in which the raw client was restless: no calmer ones were to be had.'

const restlessLine = (rows: readonly Row[]): string[] =>
  rows.some(({ restless = 0 }) => restless > 0) ? ['', restlessNote] : []

const star = ({ restless = 0 }: Row): string => (restless > 0 ? ' *' : '')

const readme = (): string[] => {
  const rows = kept.rows.filter(({ headline }) => headline !== undefined)
  return [
    circumstances(kept),
    '',
    line('what', 'median', 'spread of the rounds', 'target', 'met'),
    line('---', '---', '---', '---', '---'),
    ...rows.map((row) =>
      line(
        `${row.headline}${star(row)}`,
        withUnit(row.median, row.unit),
        spreadText(row),
        row.target,
        verdict(row),
      ),
    ),
    ...kept.failures.map(({ part }) =>
      line(`part \`${part}\``, 'could not be measured', '', '', '**missed**'),
    ),
    ...restlessLine(rows),
  ]
}

const all = (): string[] => [
  circumstances(kept),
  '',
  line('part', 'what', 'median', 'spread of the rounds', 'n', 'target', 'met'),
  line('---', '---', '---', '---', '---', '---', '---'),
  ...kept.rows.map((row) =>
    line(
      row.part,
      `${row.what.trim()}${star(row)}`,
      withUnit(row.median, row.unit),
      spreadText(row),
      String(row.n),
      row.target,
      verdict(row),
    ),
  ),
  ...restlessLine(kept.rows),
]

const tableOf = ([head = [], ...rows]: string[][]): string[] => [
  line(...head),
  line(...head.map(() => '---')),
  ...rows.map((cells) => line(...cells)),
]

const beside = (keptPeers: PeerResults): string[] => [
  circumstances(keptPeers),
  '',
  ...tableOf(figureRows(keptPeers)),
  ...(keptPeers.figures.some(({ restless }) => restless > 0) ? ['', restlessNote] : []),
  '',
  ...tableOf([
    ['target', 'measured', 'wanted', 'met'],
    ...keptPeers.rows.map((row) => [
      row.headline ?? row.what,
      withUnit(row.median, row.unit),
      row.target,
      verdict(row),
    ]),
  ]),
]

const limits = ({ peers, missing }: PeerResults): string[] => {
  const lines = peers.flatMap(({ name, title, cannot }) => [
    ...cannot.map((what) => `- ${title}: ${what}.`),
    ...(missing[name] === undefined ? [] : [`- ${title} was not measured: ${missing[name]}`]),
  ])
  return ['', ...lines, '']
}

export const benchTables: Readonly<Record<string, () => string[]>> = {
  'bench-headlines': readme,
  bench: all,
  'bench-peers': ofPeers(beside),
  'bench-peers-picture': ofPeers(() => [
    `![The same work by peers](docs/pictures/bench-peers.svg)`,
  ]),
  'bench-crashes': ofPeers((results) => tableOf(crashRows(results))),
  'bench-limits': ofPeers(limits),
}

/** The pictures of docs/pictures that are drawn from kept figures, by their names. */
export const benchPictures: Readonly<Record<string, () => string>> = {
  'bench.svg': () => targetsPicture(kept),
  ...(keptPeers && { 'bench-peers.svg': () => peersPicture(keptPeers) }),
}
