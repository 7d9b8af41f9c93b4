/**
 * How the copy filter does on the labelled lines of `test/copy-safety`, per law and in all. Exits with
 * 1 when recall or precision of the development part or the part held apart is below its target. The
 * lines that it gets wrong are printed for the parts from which rules may be written; of the part held
 * apart only the counts are, since rules that are written from its lines would make its figures
 * worthless. `--show-heldout` prints them all the same: after a release, and the lines that are read
 * then move to the development part.
 */
import { parseArgs } from 'node:util'
import { type Part, parts, readLabelledLines } from '../test/copy-safety/labelled-lines.ts'
import {
  isFalseAlarm,
  isMiss,
  type JudgedLine,
  judgeLine,
  type Score,
  scoreOf,
  targets,
} from '../test/copy-safety/measure.ts'

const { values } = parseArgs({
  options: { 'show-heldout': { type: 'boolean', default: false } },
})

const share = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(3))

const cellsOf = (name: string, score: Score): string[] => [
  name,
  String(score.lines),
  String(score.guilty),
  String(score.misses),
  String(score.falseAlarms),
  share(score.recall),
  share(score.precision),
  share(score.exact),
]

const heading = ['law', 'lines', 'to flag', 'missed', 'false', 'recall', 'precision', 'exact']

const aligned = (rows: string[][]): string => {
  const widths = heading.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  )
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
  lines.splice(1, 0, '-'.repeat(Math.max(...lines.map((line) => line.length))))
  return lines.join('\n')
}

const tableOf = (judged: JudgedLine[], byCategory: JudgedLine[]): string =>
  aligned([
    heading,
    ...Object.entries(Object.groupBy(judged, ({ line }) => line.law)).map(([law, lines]) =>
      cellsOf(law, scoreOf(lines ?? [])),
    ),
    cellsOf('all', scoreOf(judged)),
    cellsOf('all, types from the category', scoreOf(byCategory)),
  ])

const wrongOf = (judged: JudgedLine[]): string =>
  judged
    .filter((one) => isMiss(one) || isFalseAlarm(one))
    .map(({ line, judgement }) => {
      const rules = judgement.findings.map(({ rule, match }) => `${rule} “${match}”`).join(', ')
      const said = `${line.expected}, judged ${judgement.verdict}${rules && ` by ${rules}`}`
      return `  ${line.id} [${line.category}] ${JSON.stringify(line.text)}\n    ${said}\n`
    })
    .join('')

const isReached = ({ recall, precision }: Score): boolean =>
  recall >= targets.recall && precision >= targets.precision

const measure = (part: Part): boolean => {
  const lines = readLabelledLines(part)
  const judged = lines.map((line) => judgeLine(line, 'labelled'))
  const byCategory = lines.map((line) => judgeLine(line, 'category'))
  process.stdout.write(`${part}\n${tableOf(judged, byCategory)}\n\n`)
  if (part !== 'heldout' || values['show-heldout']) process.stdout.write(`${wrongOf(judged)}\n`)
  return part === 'evasions' || isReached(scoreOf(judged))
}

const missed = parts.filter((part) => !measure(part))
if (missed.length > 0) {
  const { recall, precision } = targets
  process.stderr.write(`Below recall ${recall} or precision ${precision}: ${missed.join(', ')}.\n`)
  process.exitCode = 1
}
