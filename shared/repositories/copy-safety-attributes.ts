import type {
  CopyFinding,
  CopyRejection,
  CopyReport,
  CopySafety,
  CopyVerdict,
} from '../contracts/copy-safety.ts'
import { jsonBytes } from '../rules/answer-size.ts'
import { boundedText } from '../rules/bounded-text.ts'
import { copyRejectedBytesLimit, copyVerdictBytesLimit } from '../rules/storage-layout.ts'

/** What the finding has of its rule, which many findings share. */
type RuleText = Omit<CopyFinding, 'rule' | 'match'>

/** The verdicts of a stage as its item holds them: the text of each rule once. */
export interface StoredCopySafety extends Omit<CopySafety, 'verdicts'> {
  rules: Record<string, RuleText>
  verdicts: { where: string; verdict: CopyVerdict['verdict']; findings: [string, string][] }[]
}

/** UTF-16 units of the words that a finding is about. */
const matchUnits = 80

/** Findings of each text that are kept, fewer when they would be too large. A verdict is always kept. */
const findingCounts = [8, 3, 1, 0]

const withFindings = (
  { rejected, verdicts, ...basis }: CopyReport,
  count: number,
): StoredCopySafety => {
  const kept = verdicts.map((judged) => ({ ...judged, findings: judged.findings.slice(0, count) }))
  const rules = kept.flatMap(({ findings }) =>
    findings.map(({ rule, match, ...text }): [string, RuleText] => [rule, text]),
  )
  return {
    ...basis,
    rules: Object.fromEntries(rules),
    verdicts: kept.map(({ where, verdict, findings }) => ({
      where,
      verdict,
      findings: findings.map(({ rule, match }) => [rule, boundedText(match, matchUnits)]),
    })),
  }
}

/** The verdicts within what an item has room for, or a share of that. */
export const storedCopySafety = (report: CopyReport, share = 1): StoredCopySafety => {
  const fits = findingCounts
    .map((count) => withFindings(report, count))
    .find((stored) => jsonBytes(stored) <= copyVerdictBytesLimit * share)
  return fits ?? withFindings({ ...report, verdicts: [] }, 0)
}

/** Rejected texts within what an item has room for, or a share of that: all of them, long ones cut. */
export const storedRejections = (
  rejected: readonly CopyRejection[],
  share = 1,
): CopyRejection[] => {
  const limit = copyRejectedBytesLimit * share
  if (jsonBytes(rejected) <= limit) return [...rejected]
  // A UTF-16 unit takes three bytes at most, and six as an escape, which well-formed text has for controls only.
  const units = Math.floor(limit / rejected.length / 4)
  return rejected
    .map((each) => ({ ...each, text: boundedText(each.text, Math.max(1, units - 150)) }))
    .slice(0, 60)
}

export const asCopySafety = ({ rules, verdicts, ...basis }: StoredCopySafety): CopySafety => ({
  ...basis,
  verdicts: verdicts.map(({ where, verdict, findings }) => ({
    where,
    verdict,
    findings: findings.flatMap(([rule, match]) => {
      const text = rules[rule]
      return text ? [{ rule, match, ...text }] : []
    }),
  })),
})
