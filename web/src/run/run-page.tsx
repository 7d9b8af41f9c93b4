import type { RunView, StageName } from '../../../shared/client/contract.ts'
import type { RunState } from '../../../shared/client/reduce/index.ts'
import type { Evidence } from '../../../shared/contracts/agents.ts'
import { routeAddress } from '../app/route.ts'
import { Chip } from '../design/card.tsx'
import { AuthorLine } from '../trouble/author-line.tsx'
import { runWords } from '../wording/run.ts'
import { dayAndTime } from '../wording/time.ts'
import type { Sources } from './element.tsx'
import { type ShownElement, storedElements } from './element-lists.ts'
import { isActive } from './run-activity.ts'
import { RunFacts, RunStatus, type RunStatusProps } from './run-status.tsx'
import { StagePanel } from './stage-panel.tsx'
import { StageRail, stages } from './stage-rail.tsx'
import './run.css'

export interface RunPageProps extends RunStatusProps {
  view: RunView | null
  selected: StageName
  onSelect: (stage: StageName) => void
  /** All runs of the conversation, oldest first. */
  others: readonly RunState[]
  sessionId: string
}

/** What each stage has: stored when it has ended, else as it streamed. */
const elementsOf = (
  { stages: states }: RunState,
  view: RunView | null,
): Record<StageName, readonly ShownElement[]> => {
  const of = (name: StageName): readonly ShownElement[] => {
    const { status, elements } = states[name]
    const isOver = status === 'completed' || status === 'reused'
    return (isOver && view ? storedElements(view, name) : null) ?? elements
  }
  return {
    research: of('research'),
    strategy: of('strategy'),
    creative: of('creative'),
    voice: of('voice'),
  }
}

const sourcesOf = (elements: readonly ShownElement[]): Sources =>
  new Map(
    elements
      .filter(({ kind }) => kind === 'evidence')
      .map(({ item }) => item as Evidence)
      .map((source) => [source.id, source]),
  )

/** A run from its first stage to its package. */
export const RunPage = (props: RunPageProps) => {
  const { run, view, selected } = props
  const words = runWords.value
  const elements = elementsOf(run, view)
  const counts = Object.fromEntries(
    stages.map((stage) => [stage, elements[stage].length]),
  ) as Record<StageName, number>
  return (
    <section class="run" aria-labelledby="run-title">
      <header class="run-head">
        <h2 id="run-title">{words.state[run.state]}</h2>
        {run.attempt > 1 && <Chip>{words.attempt(run.attempt)}</Chip>}
      </header>
      <AuthorLine provenance={view?.provenance} isOver={!isActive(run)} />
      <RunFacts run={run} view={view} />
      <RunStatus {...props} />
      <StageRail run={run} counts={counts} selected={selected} onSelect={props.onSelect} />
      <StagePanel
        run={run}
        stage={selected}
        elements={elements[selected]}
        sources={sourcesOf(elements.research)}
      />
      <Ancestry {...props} />
      <Others {...props} />
    </section>
  )
}

/** Which run this one was made from, and how it differs. */
const Ancestry = ({ view, sessionId }: RunPageProps) => {
  const words = runWords.value
  if (!view?.parent_run_id || !view.revision) return null
  const { from, note } = view.revision
  return (
    <aside class="run-ancestry">
      <p>{words.revised(words.stage[from])}</p>
      {note && <p>{words.note(note)}</p>}
      <a href={routeAddress({ place: 'run', sessionId, runId: view.parent_run_id })}>
        {words.parent}
      </a>
    </aside>
  )
}

const Others = ({ run, others, sessionId }: RunPageProps) => {
  const words = runWords.value
  if (others.length < 2) return null
  return (
    <nav class="run-others" aria-labelledby="run-others">
      <h3 id="run-others">{words.others}</h3>
      <ol>
        {others.toReversed().map((other) => (
          <li key={other.run_id}>
            <a
              href={routeAddress({ place: 'run', sessionId, runId: other.run_id })}
              aria-current={other.run_id === run.run_id ? 'true' : undefined}
            >
              <span>{dayAndTime(Date.parse(other.started_at))}</span>
              <span>{words.state[other.state]}</span>
              {other.run_id === run.run_id && <Chip>{words.current}</Chip>}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
