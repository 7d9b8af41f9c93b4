/** The figures of `docs/copy-safety.md`. */
import {
  type LabelledLine,
  type Part,
  readLabelledLines,
} from '../../test/copy-safety/labelled-lines.ts'
import { judgeLine, type Score, scoreOf } from '../../test/copy-safety/measure.ts'

const lawNames: Readonly<Record<LabelledLine['law'], string>> = {
  cosmetics: 'cosmetics',
  food: 'food',
  health_functional_food: 'health functional food',
  quasi_drug: 'quasi-drugs',
  medical_device: 'medical devices',
  children: 'products and ads for children',
  general: 'advertising in general',
  ai_expert: 'experts made by AI',
  ftc: 'English copy',
}

const percent = (share: number): string =>
  Number.isNaN(share) ? '-' : `${(100 * share).toFixed(1)} %`

const rowOf = (name: string, { lines, guilty, recall, precision, exact }: Score): string =>
  `| ${name} | ${lines} | ${guilty} | ${percent(recall)} | ${percent(precision)} | ${percent(exact)} |`

const tableOf = (name: string, rows: [string, Score][]): string =>
  [
    `| ${name} | lines | to be flagged | recall | precision | exact verdict |`,
    '|---|---:|---:|---:|---:|---:|',
    ...rows.map(([row, score]) => rowOf(row, score)),
  ].join('\n')

const judge = (part: Part) => readLabelledLines(part).map((line) => judgeLine(line, 'labelled'))

/** Parts in all, and the part held apart by law. */
export const figures = (): { parts: string; laws: string } => {
  const heldout = judge('heldout')
  const byLaw = Object.groupBy(heldout, ({ line }) => line.law)
  return {
    parts: tableOf('part', [
      ['held apart', scoreOf(heldout)],
      ['development', scoreOf(judge('development'))],
      ['evasions', scoreOf(judge('evasions'))],
    ]),
    laws: tableOf(
      'held apart, by law',
      Object.entries(lawNames).flatMap(([law, name]) => {
        const lines = byLaw[law as LabelledLine['law']]
        return lines === undefined ? [] : [[name, scoreOf(lines)]]
      }),
    ),
  }
}
