import { Chip, type Tone } from '../design/card.tsx'
import { Icon, type IconName } from '../design/icons.tsx'
import { packageWords } from '../wording/package.ts'
import { view } from './open-package.ts'
import { type CopyVerdict, type Finding, type Verdict, verdictOf } from './safety.ts'

const tones: Record<Verdict, Tone> = {
  ok: 'good',
  needs_evidence: 'warn',
  blocked: 'bad',
  unjudged: 'plain',
}

const icons: Record<Verdict, IconName> = {
  ok: 'check',
  needs_evidence: 'warning',
  blocked: 'warning',
  unjudged: 'information',
}

export const VerdictChip = ({ verdict }: { verdict: Verdict }) => (
  <Chip tone={tones[verdict]}>
    <Icon name={icons[verdict]} />
    {packageWords.value.verdict[verdict]}
  </Chip>
)

/** Rule and law of each finding, and what would allow the wording. */
export const Findings = ({ findings }: { findings: readonly Finding[] }) => {
  const words = packageWords.value
  return (
    <ul class="judgements">
      {findings.map(({ rule, law, match, explanation, allowed_by }) => (
        <li key={`${rule} ${match}`}>
          <p>
            <mark>{match}</mark> {explanation}
          </p>
          <p class="judgement-law">{law}</p>
          <p>{allowed_by === null ? words.neverAllowed : words.allowedBy(allowed_by)}</p>
          <p class="judgement-rule">{rule}</p>
        </li>
      ))}
    </ul>
  )
}

export const Why = ({ verdict }: { verdict: CopyVerdict }) => {
  const words = packageWords.value
  if (verdict.verdict === 'unjudged') return <p class="section-note">{words.unjudgedWhy}</p>
  if (verdict.findings.length === 0) return null
  return (
    <details class="why">
      <summary>{words.why}</summary>
      <Findings findings={verdict.findings} />
    </details>
  )
}

/** Of a text whose wording is fine, nothing. */
export const VerdictNote = ({ where }: { where: string }) => {
  const verdict = verdictOf(view.value?.copy_safety ?? null, where)
  if (!verdict || verdict.verdict === 'ok') return null
  return (
    <div class="verdict-note">
      <VerdictChip verdict={verdict.verdict} />
      <Why verdict={verdict} />
    </div>
  )
}
