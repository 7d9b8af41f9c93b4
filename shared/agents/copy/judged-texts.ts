import type {
  CopyFinding,
  CopyVerdict,
  ElementVerdict,
  Judgement,
  Verdict,
} from '../../contracts/copy-safety.ts'
import type { CopyFilter } from './copy-filter.ts'
import type { CopyPart, ElementTexts } from './copy-sheet.ts'

/** The worst first: what could not be judged is not to be taken for what only lacks its proof. */
const order = ['blocked', 'unjudged', 'needs_evidence', 'ok'] as const satisfies readonly Verdict[]

const worst = (verdicts: readonly Verdict[]): Verdict =>
  order.find((verdict) => verdicts.includes(verdict)) ?? 'ok'

/** Findings that are told of one part; the first ones decide as well as all. */
const maxFindings = 8
/** Rules that an event names. */
const maxRules = 6

type Judged = Pick<Judgement, 'verdict' | 'findings'>

/** One finding for a rule and its words, blocking ones first. */
const distinct = (findings: readonly CopyFinding[]): CopyFinding[] => {
  const byWords = new Map(findings.map((found) => [`${found.rule}\n${found.match}`, found]))
  return [...byWords.values()]
    .toSorted((one, other) => Number(other.severity === 'block') - Number(one.severity === 'block'))
    .slice(0, maxFindings)
}

/** Judges texts once each, by rules and by what moderation said of them. */
export const createJudgedTexts = ({ judge }: Pick<CopyFilter, 'judge'>) => {
  const byRules = new Map<string, Judged>()
  const moderated = new Map<string, CopyFinding[]>()

  const ruled = (text: string): Judged => {
    const judged = byRules.get(text) ?? judge(text)
    byRules.set(text, judged)
    return judged
  }

  const ofElement = ({ texts, labels = [] }: ElementTexts): Judged[] => [
    ...texts.map(ruled),
    ...labels.map(ruled).filter(({ verdict }) => verdict === 'blocked'),
    ...texts.flatMap((text): Judged[] => {
      const findings = moderated.get(text) ?? []
      return findings.length > 0 ? [{ verdict: 'blocked', findings }] : []
    }),
  ]

  const together = (judged: readonly Judged[]): Judged => ({
    verdict: worst(judged.map(({ verdict }) => verdict)),
    findings: distinct(judged.flatMap(({ findings }) => findings)),
  })

  return {
    element: (texts: ElementTexts): Judged => together(ofElement(texts)),
    text: ruled,
    part: ({ where, texts }: CopyPart): CopyVerdict => ({
      where,
      ...together(texts.flatMap(ofElement)),
    }),
    /** By rules or by moderation. */
    isBlocked: (text: string): boolean =>
      ruled(text).verdict === 'blocked' || (moderated.get(text)?.length ?? 0) > 0,
    /** Whether moderation has said what it finds in the text. */
    isModerated: (text: string): boolean => moderated.has(text),
    keep: (text: string, findings: CopyFinding[]): void => void moderated.set(text, findings),
  }
}
export type JudgedTexts = ReturnType<typeof createJudgedTexts>

/** What an event says of it. */
export const inEvent = ({ verdict, findings }: Judged): ElementVerdict => ({
  verdict,
  rules: [...new Set(findings.map(({ rule }) => rule))].slice(0, maxRules),
})
