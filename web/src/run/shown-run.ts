import { computed, effect, signal } from '@preact/signals'
import type { RunView } from '../../../shared/client/contract.ts'
import type { JobState, RunState } from '../../../shared/client/reduce/index.ts'
import { route } from '../app/navigation.ts'
import { log } from '../session/current-session.ts'
import { studio } from '../session/studio.ts'

const shownId = computed(() => route.value.runId ?? log.value.run_ids.at(-1) ?? null)

/** The run of the address, or else the newest of the conversation, as the log tells it. */
export const shownRun = computed<RunState | null>(() => {
  const id = shownId.value
  return id === null ? null : (log.value.runs[id] ?? null)
})

/** The job that follows it, with the time that is left. */
export const shownJob = computed<JobState | null>(() => {
  const { jobs, job_ids } = log.value
  const id = job_ids.findLast(
    (job) => jobs[job]?.type === 'generate' && jobs[job].run_id === shownId.value,
  )
  return id === undefined ? null : (jobs[id] ?? null)
})

/**
 * The run as it is stored: what it cost, which models wrote it, what its stages delivered. Read again when a
 * stage ends, and not in between, since its log tells the rest.
 */
export const shownView = signal<RunView | null>(null)

/** Changes when a stage of the shown run has ended. */
const reading = computed(() => {
  const run = shownRun.value
  return run && `${run.run_id} ${run.state} ${run.stage} ${run.attempt}`
})

effect(() => {
  const id = reading.value?.split(' ')[0]
  if (shownView.peek()?.run_id !== id) shownView.value = null
  if (id === undefined) return undefined
  const ended = new AbortController()
  studio
    .run(id)
    .view({ signal: ended.signal })
    .then(
      (view) => {
        if (!ended.signal.aborted) shownView.value = view
      },
      // It is read again when the next stage ends; until then the page says less.
      () => {},
    )
  return () => ended.abort()
})
