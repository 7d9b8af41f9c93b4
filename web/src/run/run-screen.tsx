import { computed, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { StageName } from '../../../shared/client/contract.ts'
import type { RunState } from '../../../shared/client/reduce/index.ts'
import { navigate } from '../app/navigation.ts'
import { Button } from '../design/button.tsx'
import { announce } from '../design/status.tsx'
import { EmptyState, Skeleton } from '../design/surfaces.tsx'
import { link, log, lost, session } from '../session/current-session.ts'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { runWords } from '../wording/run.ts'
import { shellWords } from '../wording/shell.ts'
import { acting, resumeRun, startRun, stopRun } from './actions.ts'
import { RunPage } from './run-page.tsx'
import { shownJob, shownRun, shownView } from './shown-run.ts'

/** The stage that the reader has turned to, of one run; else the one that runs is shown. */
const chosen = signal<{ runId: string; stage: StageName } | null>(null)

/** Of a conversation whose log has not come yet, nothing is known: whether it is on its way, or cannot be read. */
const unread = computed<'reading' | 'unreadable' | null>(() => {
  if (session.value === null || link.value.state === 'live') return null
  if (lost.value) return 'unreadable'
  if (log.value.seq > 0 && link.value.state !== 'connecting') return null
  return link.value.state === 'unauthorized' ? 'unreadable' : 'reading'
})

export const RunScreen = () => {
  const run = shownRun.value
  if (run && session.value) return <Shown run={run} sessionId={session.value.id} />
  if (unread.value === 'reading') return <Skeleton lines={6} label={shellWords.value.loading} />
  if (unread.value) return <EmptyState icon="run" title={runWords.value.unreadable} />
  return <NoRun />
}

const actingOn = (...ids: string[]) => {
  const now = acting.value
  return now && ids.includes(now.id) ? now : null
}

const Shown = ({ run, sessionId }: { run: RunState; sessionId: string }) => {
  const { run_id } = run
  const { runs, run_ids } = log.value
  const view = shownView.value
  useAnnounced(run)
  return (
    <RunPage
      run={run}
      job={shownJob.value}
      view={view?.run_id === run_id ? view : null}
      acting={actingOn(run_id, sessionId)}
      isLost={lost.value !== null}
      isNewest={run_ids.at(-1) === run_id}
      others={run_ids.flatMap((id) => runs[id] ?? [])}
      sessionId={sessionId}
      selected={chosen.value?.runId === run_id ? chosen.value.stage : run.stage}
      onSelect={(stage) => {
        // Back at the stage that runs, the page follows the run again.
        chosen.value = stage === run.stage ? null : { runId: run_id, stage }
      }}
      onStart={() => void startRun()}
      onStop={() => void stopRun(run_id)}
      onResume={() => void resumeRun(run_id)}
      onPackage={() => navigate({ place: 'package', sessionId, runId: run_id })}
    />
  )
}

/** Tells a screen reader what the page shows by changing. */
const useAnnounced = ({ run_id, state, stage }: RunState): void => {
  const known = useRef<string | null>(null)
  useEffect(() => {
    const words = runWords.peek()
    const isNews = known.current !== null
    known.current = run_id
    if (!isNews) return
    if (state === 'DONE') announce(words.said.done)
    else if (state === 'FAILED') announce(words.said.failed)
    else if (state === 'CANCELLED') announce(words.said.cancelled)
    else announce(words.said.started(words.stage[stage]))
  }, [run_id, state, stage])
}

const NoRun = () => {
  const words = runWords.value
  const open = session.value
  const { ready } = log.value.gate
  const now = open && actingOn(open.id)
  return (
    <>
      <EmptyState
        icon="run"
        title={ready ? words.readyTitle : words.emptyTitle}
        actions={
          ready ? (
            <Button
              kind="primary"
              busy={now?.problem === null}
              disabled={lost.value !== null}
              onClick={() => void startRun()}
            >
              {words.start}
            </Button>
          ) : (
            open && (
              <Button onClick={() => navigate({ place: 'brief', sessionId: open.id })}>
                {words.brief}
              </Button>
            )
          )
        }
      >
        {ready ? words.ready : words.empty}
      </EmptyState>
      {now?.problem && lost.value === null && <ProblemNotice problem={now.problem} />}
    </>
  )
}
