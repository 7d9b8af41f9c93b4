import { useRef } from 'preact/hooks'
import type { StageName } from '../../../shared/client/contract.ts'
import type { RunState, Stage } from '../../../shared/client/reduce/index.ts'
import { now } from '../app/now.ts'
import { Icon, type IconName } from '../design/icons.tsx'
import { nextTab } from '../design/tabs.tsx'
import { runWords } from '../wording/run.ts'
import { duration } from '../wording/time.ts'

export const stages = ['research', 'strategy', 'creative', 'voice'] as const satisfies StageName[]

export const tabId = (stage: StageName): string => `stage-${stage}`
export const panelId = 'stage-panel'

const marks: Partial<Record<Stage['status'], IconName>> = {
  completed: 'check',
  reused: 'link',
  failed: 'warning',
  cancelled: 'stop',
}

export interface StageRailProps {
  run: RunState
  /** How many elements each has. */
  counts: Record<StageName, number>
  selected: StageName
  onSelect: (stage: StageName) => void
}

/** The four stages in their order, of one height however far they are: nothing below them moves. */
export const StageRail = ({ run, counts, selected, onSelect }: StageRailProps) => {
  const list = useRef<HTMLDivElement>(null)
  const go = (event: KeyboardEvent): void => {
    const next = stages[nextTab(event.key, stages.indexOf(selected), stages.length) ?? -1]
    if (!next) return
    event.preventDefault()
    onSelect(next)
    list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus()
  }
  return (
    <div
      class="stage-rail"
      role="tablist"
      aria-label={runWords.value.stages}
      ref={list}
      onKeyDown={go}
    >
      {stages.map((stage) => (
        <button
          key={stage}
          type="button"
          role="tab"
          class="stage"
          id={tabId(stage)}
          data-status={run.stages[stage].status}
          aria-selected={stage === selected}
          aria-controls={panelId}
          tabIndex={stage === selected ? 0 : -1}
          onClick={() => onSelect(stage)}
        >
          <StageText stage={stage} state={run.stages[stage]} count={counts[stage]} />
        </button>
      ))}
    </div>
  )
}

interface StageTextProps {
  stage: StageName
  state: Stage
  count: number
}

const StageText = ({ stage, state, count }: StageTextProps) => {
  const words = runWords.value
  const mark = marks[state.status]
  return (
    <>
      <span class="stage-mark" aria-hidden="true">
        {mark && <Icon name={mark} />}
      </span>
      <span class="stage-name">{words.stage[stage]}</span>
      <span class="stage-state">
        {[words.stageState[state.status], timeOf(state)].filter(Boolean).join(' ')}
      </span>
      <span class="stage-count">{count > 0 ? words.count(count) : '\u00a0'}</span>
    </>
  )
}

const timeOf = ({ started_at, ended_at, status }: Stage): string | null => {
  if (started_at === null) return null
  if (ended_at !== null) return duration(Date.parse(ended_at) - Date.parse(started_at))
  return status === 'running' ? duration(now.value - Date.parse(started_at)) : null
}
