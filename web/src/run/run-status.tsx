import { useSignal } from '@preact/signals'
import type { RunView } from '../../../shared/client/contract.ts'
import type { JobState, RunState } from '../../../shared/client/reduce/index.ts'
import { now } from '../app/now.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Progress } from '../design/progress.tsx'
import { Notice } from '../design/surfaces.tsx'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { locale } from '../wording/language.ts'
import { runWords } from '../wording/run.ts'
import { shellWords } from '../wording/shell.ts'
import { duration } from '../wording/time.ts'
import type { Acting } from './actions.ts'
import { costOf } from './cost.ts'
import { isActive } from './run-activity.ts'
import { stages } from './stage-rail.tsx'

export interface RunActions {
  onStart: () => void
  onStop: () => void
  onResume: () => void
  onPackage: () => void
}

export interface RunStatusProps extends RunActions {
  run: RunState
  job: JobState | null
  acting: Acting | null
  /** Whether it is the newest run, which alone can go on. */
  isNewest: boolean
  /** Whether the conversation is gone, and nothing can be done any more. */
  isLost: boolean
}

/** How the run stands and what can be done about it, in a place that is reserved for all of that. */
export const RunStatus = (props: RunStatusProps) => (
  <div class="run-status">
    {isActive(props.run) ? <Going {...props} /> : <Ended {...props} />}
    {props.acting?.problem && !props.isLost && (
      <Refused acting={props.acting} problem={props.acting.problem} />
    )}
  </div>
)

const refusals = { start: 'cannotStart', stop: 'cannotStop', resume: 'cannotResume' } as const

const Refused = ({
  acting,
  problem,
}: {
  acting: Acting
  problem: NonNullable<Acting['problem']>
}) => (
  <ProblemNotice
    problem={problem}
    title={problem.status === 0 ? runWords.value[refusals[acting.act]] : undefined}
  />
)

const isBusy = ({ acting }: RunStatusProps, act: Acting['act']): boolean =>
  acting?.act === act && acting.problem === null

/** Finished stages, of the job's estimate or of the log. */
const progressOf = ({ run, job }: RunStatusProps): number => {
  if (job) return job.progress / 100
  const finished = stages.filter((stage) =>
    ['completed', 'reused'].includes(run.stages[stage].status),
  )
  return finished.length / stages.length
}

const timeLeft = (job: JobState | null): string => {
  const words = runWords.value
  if (!job || job.eta_seconds === null) return words.leftUnknown
  const left = Date.parse(job.updated_at) + job.eta_seconds * 1000 - now.value
  // The reader's clock may be ahead or behind: never more than was said.
  const most = Math.min(left, job.eta_seconds * 1000)
  return most < 1000 ? words.almost : words.left(duration(most))
}

const Going = (props: RunStatusProps) => {
  const words = runWords.value
  const asks = useSignal(false)
  const close = (): void => {
    asks.value = false
  }
  return (
    <div class="run-going">
      <Progress label={words.overall} value={progressOf(props)} text={timeLeft(props.job)} />
      <p>{words.goesOn}</p>
      <div class="actions">
        <Button
          size="small"
          icon="stop"
          busy={isBusy(props, 'stop')}
          disabled={props.isLost}
          onClick={() => {
            asks.value = true
          }}
        >
          {words.stop}
        </Button>
      </div>
      <Dialog
        title={words.stopTitle}
        open={asks.value}
        onClose={close}
        closeLabel={shellWords.value.close}
        actions={
          <>
            <Button kind="quiet" onClick={close}>
              {words.stopNo}
            </Button>
            <Button
              kind="danger"
              onClick={() => {
                close()
                props.onStop()
              }}
            >
              {words.stop}
            </Button>
          </>
        }
      >
        <p>{words.stopText}</p>
      </Dialog>
    </div>
  )
}

const Again = (props: RunStatusProps & { kind?: 'secondary' | 'quiet' }) => (
  <Button
    size="small"
    kind={props.kind ?? 'secondary'}
    busy={isBusy(props, 'start')}
    disabled={props.isLost}
    onClick={props.onStart}
  >
    {runWords.value.again}
  </Button>
)

const Ended = (props: RunStatusProps) => {
  const words = runWords.value
  const { run, isNewest, isLost } = props
  if (run.state === 'DONE') {
    return (
      <Notice
        tone="good"
        title={words.doneTitle}
        actions={
          <>
            <Button size="small" kind="primary" onClick={props.onPackage}>
              {words.package}
            </Button>
            <Again {...props} kind="quiet" />
          </>
        }
      >
        {words.doneText}
      </Notice>
    )
  }
  if (run.state === 'FAILED' && run.problem) {
    const { resume_from, problem } = run
    return (
      <ProblemNotice
        // The law is told in the stage's own place, below.
        problem={problem.code === 'COPY_SAFETY_REJECTED' ? { ...problem, errors: [] } : problem}
        onAgain={resume_from !== null && isNewest && !isLost ? props.onResume : undefined}
        againLabel={resume_from ? words.resume(words.stage[resume_from]) : undefined}
        busy={isBusy(props, 'resume')}
        actions={<Again {...props} kind="quiet" />}
      />
    )
  }
  return (
    <Notice tone="plain" title={words.cancelledTitle} actions={<Again {...props} />}>
      {words.cancelledText}
    </Notice>
  )
}

const elapsedOf = ({ started_at, ended_at }: RunState): string =>
  duration((ended_at === null ? now.value : Date.parse(ended_at)) - Date.parse(started_at))

/** Time, tokens and cost, as far as they are known: the place of each is there from the beginning. */
export const RunFacts = ({ run, view }: { run: RunState; view: RunView | null }) => {
  const words = runWords.value
  const tokens = view?.usage.total_tokens
  const facts = [
    [words.fact.elapsed, elapsedOf(run)],
    [words.fact.tokens, tokens ? tokens.toLocaleString(locale.value) : words.notYet],
    [words.fact.cost, view ? costOf(view.usage) : words.notYet],
  ]
  return (
    <dl class="run-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
