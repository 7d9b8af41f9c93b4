import { useSignal } from '@preact/signals'
import { Button } from '../design/button.tsx'
import { announce, toast } from '../design/status.tsx'
import { packageWords } from '../wording/package.ts'
import { type AdCopy, grouped } from './assemble.ts'
import { parts, view } from './open-package.ts'
import { characterCount, countVerdicts, markedPieces, verdictOf } from './safety.ts'
import { Section } from './section.tsx'
import { VerdictChip, Why } from './verdict.tsx'

const whereOf = ({ id }: AdCopy): string => `ad_copies.${id}`

export const Copies = () => {
  const { standing, content } = parts.value.creative
  const groups = grouped(content.ad_copies, ({ channel }) => channel)
  return (
    <Section name="copies" standing={standing} rewrite="creative">
      {standing === 'whole' && <Judged copies={content.ad_copies} />}
      {groups.map(({ name, entries }) => (
        <div key={name} class="copies">
          <h3>
            {name} <span class="count">{entries.length}</span>
          </h3>
          <ul>
            {entries.map((copy) => (
              <Copy key={copy.id} copy={copy} />
            ))}
          </ul>
        </div>
      ))}
      <Rejected />
    </Section>
  )
}

/** How all of them were judged, by what. */
const Judged = ({ copies }: { copies: readonly AdCopy[] }) => {
  const words = packageWords.value
  const safety = view.value?.copy_safety ?? null
  const counts = countVerdicts(copies.map((copy) => verdictOf(safety, whereOf(copy))))
  return (
    <p class="section-note">
      {words.verdicts(counts.ok, counts.needs_evidence, counts.unjudged)}
      {safety && ` · ${words.rules(safety.pack_version)}`}
      {safety?.moderation === 'not_configured' && ` · ${words.moderationOff}`} {words.notLegal}
    </p>
  )
}

const Copy = ({ copy }: { copy: AdCopy }) => {
  const words = packageWords.value
  const verdict = verdictOf(view.value?.copy_safety ?? null, whereOf(copy))
  const pieces = markedPieces(copy.text, verdict?.findings.map(({ match }) => match) ?? [])
  const positioning = parts.value.strategy.content.positioning_options.find(
    ({ id }) => id === copy.positioning_id,
  )
  return (
    <li class="copy">
      <p class="copy-text">
        {pieces.map(({ text, marked }, at) =>
          marked ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
        )}
      </p>
      <div class="copy-about">
        <VerdictChip verdict={verdict?.verdict ?? 'unjudged'} />
        <span>{words.characters(characterCount(copy.text))}</span>
        {positioning && <span class="copy-positioning">{positioning.title}</span>}
        <CopyButton text={copy.text} />
      </div>
      {verdict && <Why verdict={verdict} />}
    </li>
  )
}

/** Milliseconds for which a button says that it has copied. */
const saidMs = 2000

export const CopyButton = ({ text }: { text: string }) => {
  const words = packageWords.value
  const copied = useSignal(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      copied.value = true
      announce(words.copied)
      setTimeout(() => {
        copied.value = false
      }, saidMs)
    } catch {
      toast(words.copyFailed, 'bad')
    }
  }
  return (
    <span class="copy-button" data-copied={copied.value}>
      <Button
        kind="quiet"
        size="small"
        icon={copied.value ? 'check' : 'copy'}
        onClick={() => void copy()}
      >
        {copied.value ? words.copied : words.copy}
      </Button>
    </span>
  )
}

/** What the filter blocked twice: it is in no part of the package, and said so. */
const Rejected = () => {
  const words = packageWords.value
  const rejected = view.value?.copy_rejected ?? []
  if (rejected.length === 0) return null
  return (
    <details class="rejected">
      <summary>{words.rejected(rejected.length)}</summary>
      <ul class="judgements">
        {rejected.map(({ text, rule, law, where }) => (
          <li key={`${where} ${text}`}>
            <p>
              <s>{text}</s>
            </p>
            <p class="judgement-law">{law}</p>
            <p class="judgement-rule">{rule}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
