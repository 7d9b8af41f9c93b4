import { useSignal } from '@preact/signals'
import type { RunSummary, SessionSummary } from '../../../shared/client/contract.ts'
import { StudioProblem } from '../../../shared/client/index.ts'
import { routeAddress } from '../app/route.ts'
import { Button } from '../design/button.tsx'
import { Chip, type Tone } from '../design/card.tsx'
import { Skeleton } from '../design/surfaces.tsx'
import { studio } from '../session/studio.ts'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { libraryWords } from '../wording/library.ts'
import { runWords } from '../wording/run.ts'
import { dayAndTime } from '../wording/time.ts'

const tones: Partial<Record<SessionSummary['state'] | RunSummary['state'], Tone>> = {
  RUN_RESEARCH: 'accent',
  GEN_STRATEGY: 'accent',
  GEN_CREATIVES: 'accent',
  DONE: 'good',
  FAILED: 'bad',
}

export interface SessionRowProps {
  session: SessionSummary
  /** It is the one that the page shows. */
  isOpen: boolean
  /** @throws StudioProblem */
  onReuse: (runId: string) => Promise<void>
  onDelete: () => void
}

/** One conversation: its product, how far it is, its runs, and what can be done with it. */
export const SessionRow = ({ session, isOpen, onReuse, onDelete }: SessionRowProps) => {
  const words = libraryWords.value
  const { session_id, state, run_id, from_run_id, product_category } = session
  const name = session.product_name ?? words.unnamed
  return (
    <li class="session">
      <div class="session-head">
        <h3>
          <a href={routeAddress({ place: placeOf(session), sessionId: session_id })}>{name}</a>
        </h3>
        <Chip tone={tones[state] ?? 'plain'}>{words.state[state]}</Chip>
        {isOpen && <Chip tone="accent">{words.current}</Chip>}
      </div>
      <p class="session-about">
        {[product_category, dayAndTime(Date.parse(session.updated_at))].filter(Boolean).join(' · ')}
        {from_run_id && ` · ${words.reused}`}
      </p>
      <div class="actions">
        {run_id && <Reuse label={words.reuse} name={name} onReuse={() => onReuse(run_id)} />}
        <Button size="small" kind="quiet" aria-label={words.deleteOf(name)} onClick={onDelete}>
          {words.delete}
        </Button>
      </div>
      {run_id && <Runs sessionId={session_id} name={name} onReuse={onReuse} />}
    </li>
  )
}

/** Where one goes on with it. */
const placeOf = ({ state, run_id }: SessionSummary) =>
  run_id === null ? 'talk' : state === 'DONE' ? 'package' : 'run'

interface ReuseProps {
  label: string
  name: string
  onReuse: () => Promise<void>
}

const Reuse = ({ label, name, onReuse }: ReuseProps) => {
  const problem = useSignal<StudioProblem | null>(null)
  const busy = useSignal(false)
  const reuse = async (): Promise<void> => {
    busy.value = true
    problem.value = null
    try {
      await onReuse()
    } catch (error) {
      if (!(error instanceof StudioProblem)) throw error
      problem.value = error
    } finally {
      busy.value = false
    }
  }
  return (
    <>
      <Button
        size="small"
        busy={busy.value}
        aria-label={libraryWords.value.reuseOf(name)}
        onClick={() => void reuse()}
      >
        {label}
      </Button>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </>
  )
}

interface RunsProps extends Pick<SessionRowProps, 'onReuse'> {
  sessionId: string
  name: string
}

type Read = { runs: readonly RunSummary[]; cursor: string | null }

/** The runs of one conversation, read when they are asked for. */
const Runs = ({ sessionId, name, onReuse }: RunsProps) => {
  const words = libraryWords.value
  const known = useSignal<Read | null>(null)
  const problem = useSignal<StudioProblem | null>(null)
  const read = async (): Promise<void> => {
    problem.value = null
    const { runs = [], cursor } = known.peek() ?? {}
    try {
      const page = await studio.runs.list({
        session_id: sessionId,
        limit: 20,
        ...(cursor && { cursor }),
      })
      known.value = { runs: [...runs, ...page.runs], cursor: page.next_cursor }
    } catch (error) {
      if (!(error instanceof StudioProblem)) throw error
      problem.value = error
    }
  }
  return (
    <details
      class="session-runs"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && known.peek() === null) void read()
      }}
    >
      <summary>{words.runs}</summary>
      {known.value === null && !problem.value && <Skeleton lines={2} label={words.loading} />}
      {problem.value && <ProblemNotice problem={problem.value} onAgain={() => void read()} />}
      <ol>
        {known.value?.runs.map((run) => (
          <RunRow key={run.run_id} run={run} name={name} onReuse={onReuse} />
        ))}
      </ol>
      {known.value?.cursor && (
        <Button size="small" kind="quiet" onClick={() => void read()}>
          {words.more}
        </Button>
      )}
    </details>
  )
}

const RunRow = ({ run, name, onReuse }: { run: RunSummary } & Omit<RunsProps, 'sessionId'>) => {
  const words = libraryWords.value
  const when = dayAndTime(Date.parse(run.created_at))
  return (
    <li class="session-run">
      <a href={routeAddress({ place: 'run', sessionId: run.session_id, runId: run.run_id })}>
        {when}
      </a>
      <Chip tone={tones[run.state] ?? 'plain'}>{words.runState[run.state]}</Chip>
      {run.revision && (
        <span class="session-about">
          {words.runRevised(runWords.value.stage[run.revision.from])}
        </span>
      )}
      <Reuse label={words.reuse} name={`${name}, ${when}`} onReuse={() => onReuse(run.run_id)} />
    </li>
  )
}
