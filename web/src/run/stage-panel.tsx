import { useRef } from 'preact/hooks'
import type { StageName } from '../../../shared/client/contract.ts'
import type { RunState } from '../../../shared/client/reduce/index.ts'
import { runWords } from '../wording/run.ts'
import { ElementRow, kindName, type Sources } from './element.tsx'
import { inGroups, type ShownElement } from './element-lists.ts'
import { panelId, tabId } from './stage-rail.tsx'

export interface StagePanelProps {
  run: RunState
  stage: StageName
  elements: readonly ShownElement[]
  sources: Sources
}

/** What one stage has come to so far. It only grows at its end. */
export const StagePanel = ({ run, stage, elements, sources }: StagePanelProps) => {
  const { run_id } = run
  const held = useHeld(`${run_id} ${stage}`, run.stages[stage].status === 'running')
  return (
    <div
      class="stage-panel"
      role="tabpanel"
      id={panelId}
      aria-labelledby={tabId(stage)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel may hold nothing else to reach by key.
      tabIndex={0}
    >
      <Standing run={run} stage={stage} isEmpty={elements.length === 0} />
      <div ref={held.sheet} style={{ minBlockSize: `${held.height()}px` }}>
        {inGroups(elements).map(({ kind, elements: group }, at) => (
          // Groups are only ever added at the end, and a later try begins anew.
          <section key={`${stage} ${at} ${kind}`} class="element-group">
            <h3>{kindName(kind)}</h3>
            <ul>
              {group.map((element, index) => (
                <ElementRow
                  key={`${run.stages[stage].try} ${index}`}
                  element={element}
                  sources={sources}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {stage === run.stage && <Law run={run} />}
    </div>
  )
}

/**
 * A later try of the model takes away what an earlier one wrote. Until it has written as much, the panel keeps
 * the height that it had, so that a reader who has scrolled stays where they are.
 */
const useHeld = (of: string, holds: boolean) => {
  const sheet = useRef<HTMLDivElement>(null)
  const most = useRef({ of, height: 0 })
  return {
    sheet,
    height(): number {
      if (most.current.of !== of || !holds) most.current = { of, height: 0 }
      else {
        const height = sheet.current?.scrollHeight ?? 0
        most.current.height = Math.max(most.current.height, height)
      }
      return most.current.height
    },
  }
}

/** One line about the stage; it is there in every state, so that nothing below it moves. */
const Standing = ({
  run,
  stage,
  isEmpty,
}: {
  run: RunState
  stage: StageName
  isEmpty: boolean
}) => {
  const words = runWords.value
  const { status, try: written } = run.stages[stage]
  const lines = {
    waiting: words.waiting(words.stage[stage]),
    running: written > 1 ? words.tries : words.writing,
    completed: isEmpty ? words.nothing : words.whole,
    failed: isEmpty ? words.nothing : words.unfinished,
    cancelled: isEmpty ? words.nothing : words.unfinished,
    reused: words.reused,
  }
  return (
    <p class="stage-standing" data-status={status}>
      {status === 'running' && <span class="thinking" aria-hidden="true" />}
      {/* Another element with another mark before it, rather than one that has moved. */}
      <span key={status}>{lines[status]}</span>
    </p>
  )
}

/** `ad_copies.c6` as it is read: the kind by its name, then which of them. */
const placeName = (path: string): string => {
  const [kind = '', ...rest] = path.split('.')
  return [kindName(kind), ...rest].join(' ')
}

/** Texts that the copy filter held back, each with the law that it rests on. */
const Law = ({ run: { problem } }: { run: RunState }) => {
  if (problem?.code !== 'COPY_SAFETY_REJECTED' || !problem.errors?.length) return null
  return (
    <section class="element-group">
      <h3>{runWords.value.rejected}</h3>
      <ul>
        {problem.errors.map(({ path, message }) => (
          <li key={`${path} ${message}`} class="element">
            <p>{message}</p>
            <p class="element-about">{placeName(path)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
