/** How the copy filter does on labelled lines. */
import type { Judgement, Verdict } from '../../shared/contracts/copy-safety.ts'
import { judgeCopy } from '../../shared/rules/copy-safety/judge.ts'
import { productTypesOf } from '../../shared/rules/copy-safety/product-type.ts'
import type { LabelledLine } from './labelled-lines.ts'

/** The day on which a line is judged that names none; fixed, so that figures do not change by themselves. */
const usualDay = '2026-12-01'

/** `labelled`: as the line says; `category`: from its category alone, as the product has it. */
export type TypesFrom = 'labelled' | 'category'

export interface JudgedLine {
  line: LabelledLine
  judgement: Judgement
}

export const judgeLine = (line: LabelledLine, typesFrom: TypesFrom): JudgedLine => ({
  line,
  judgement: judgeCopy(line.text, {
    productTypes:
      (typesFrom === 'labelled' ? line.product_types : null) ?? productTypesOf(line.category),
    at: `${line.date ?? usualDay}T12:00:00+09:00`,
    locale: 'ko-KR',
    evidence: line.evidence ?? [],
  }),
})

const flags: readonly Verdict[] = ['needs_evidence', 'blocked']

/** A line to be flagged that is not; `unjudged` is no flag. */
export const isMiss = ({ line, judgement }: JudgedLine): boolean =>
  line.expected !== 'ok' && !flags.includes(judgement.verdict)

/** An innocent line that is not let through; `unjudged` lets nothing through. */
export const isFalseAlarm = ({ line, judgement }: JudgedLine): boolean =>
  line.expected === 'ok' && judgement.verdict !== 'ok'

export interface Score {
  lines: number
  /** Lines that are to be flagged, with either kind of flag. */
  guilty: number
  misses: number
  falseAlarms: number
  /** Of the guilty lines, the share that is flagged; NaN without any. */
  recall: number
  /** Of the lines that are flagged, the share that is guilty; NaN without any. */
  precision: number
  /** The share of lines with exactly the expected verdict. */
  exact: number
}

export const scoreOf = (judged: readonly JudgedLine[]): Score => {
  const guilty = judged.filter(({ line }) => line.expected !== 'ok').length
  const misses = judged.filter(isMiss).length
  const falseAlarms = judged.filter(isFalseAlarm).length
  const found = guilty - misses
  const exact = judged.filter(({ line, judgement }) => line.expected === judgement.verdict).length
  return {
    lines: judged.length,
    guilty,
    misses,
    falseAlarms,
    recall: found / guilty,
    precision: found / (found + falseAlarms),
    exact: exact / judged.length,
  }
}

/** What `npm run bench:safety` and the tests ask of the development part and of the part held apart. */
export const targets = { recall: 0.95, precision: 0.9 } as const
