import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SlotPath } from '../../../shared/client/contract.ts'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { navigate } from '../app/navigation.ts'
import { Button } from '../design/button.tsx'
import { Card, Chip } from '../design/card.tsx'
import type { IconName } from '../design/icons.tsx'
import { Meter } from '../design/progress.tsx'
import { announce } from '../design/status.tsx'
import { Notice } from '../design/surfaces.tsx'
import { log, lost, noteLoss, session } from '../session/current-session.ts'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { briefWords } from '../wording/brief.ts'
import { EarlyResearchLine } from './early-research.tsx'
import { beginEdit, isReadOnly } from './editing.ts'
import { confidenceNeeded, isLocked, type Need, needsOf } from './slots.ts'

const needIcons = {
  missing: 'plus',
  unsure: 'warning',
  there: 'check',
} as const satisfies Record<Need, IconName>

/** What is there, what is still missing before a run, and the button that starts one. */
export const Gate = () => {
  const words = briefWords.value
  const { gate, state, slots } = log.value
  const locked = isLocked(state)
  return (
    <Card
      title={words.title}
      aside={
        <Chip tone={gate.ready ? 'good' : 'plain'}>
          {gate.ready ? words.ready : words.collecting}
        </Chip>
      }
    >
      <div class="brief-gauges">
        <Meter label={words.completeness} value={gate.completeness} />
        <Meter label={words.confidence} value={gate.confidence} low={confidenceNeeded} />
      </div>
      <div class="brief-missing">
        <p>{gate.ready ? words.nothingMissing : words.missing(gate.missing_required.length)}</p>
        <ul class="brief-needs" aria-label={words.needs}>
          {needsOf(gate, slots).map(({ path, need }) => (
            <li key={path}>
              <Button
                size="small"
                kind={need === 'there' ? 'quiet' : 'secondary'}
                icon={needIcons[need]}
                disabled={isReadOnly.value}
                onClick={() => edit(path)}
              >
                {words.slot[path]}
                <span class="visually-hidden">: {words.need[need]}</span>
              </Button>
            </li>
          ))}
        </ul>
      </div>
      <EarlyResearchLine />
      {locked ? <Running /> : <Start ready={gate.ready} />}
    </Card>
  )
}

const edit = (path: SlotPath): void => {
  beginEdit(path)
  requestAnimationFrame(() =>
    document.activeElement?.scrollIntoView({ block: 'nearest', behavior: 'smooth' }),
  )
}

const toRun = (): void => navigate({ place: 'run', sessionId: session.peek()?.id ?? null })

/** A run works from the brief. */
const Running = () => {
  const words = briefWords.value
  return (
    <Notice
      tone="plain"
      title={words.running}
      actions={
        <Button size="small" onClick={toRun}>
          {words.seeRun}
        </Button>
      }
    >
      {words.lockedWhileRunning}
    </Notice>
  )
}

const Start = ({ ready }: { ready: boolean }) => {
  const words = briefWords.value
  const busy = useSignal(false)
  const problem = useSignal<StudioProblem | null>(null)
  const { gate, state, seq } = log.value
  useEffect(() => {
    // The reason may be gone with what has changed.
    problem.value = null
  }, [gate, state])
  const start = async (): Promise<void> => {
    const open = session.peek()
    if (!open) return
    busy.value = true
    problem.value = null
    try {
      await open.generate()
      announce(briefWords.peek().started)
      if (session.peek()?.id === open.id) navigate({ place: 'run', sessionId: open.id })
    } catch (error) {
      problem.value = error as StudioProblem
      noteLoss(open, problem.value)
    }
    busy.value = false
  }
  return (
    <div class="brief-start">
      <Button
        kind={ready ? 'primary' : 'secondary'}
        icon="run"
        busy={busy.value}
        disabled={seq === 0 || lost.value !== null}
        onClick={() => void start()}
      >
        {state === 'DONE' || state === 'FAILED' ? words.startAgain : words.start}
      </Button>
      {problem.value && lost.value === null && <Refused problem={problem.value} />}
    </div>
  )
}

/** Why no run starts. */
const Refused = ({ problem }: { problem: StudioProblem }) => {
  const words = briefWords.value
  if (problem.code !== 'GATE_NOT_READY') {
    return <ProblemNotice problem={problem} title={words.notStarted} />
  }
  // What is missing stands above.
  return (
    <Notice tone="warn" title={words.gateShut}>
      {problem.message}
    </Notice>
  )
}
