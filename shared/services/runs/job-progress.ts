import { type StageName, stageNames } from '../../contracts/agents.ts'
import type { EventDraft } from '../../contracts/events.ts'
import type { JobStatus } from '../../contracts/jobs.ts'
import type { RunState } from '../../contracts/runs.ts'
import type { Run } from '../../repositories/run-output-repository.ts'
import type { StageDurations } from '../../repositories/stage-duration-repository.ts'

const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/**
 * Seconds until a run that is at `stage` will be done, from the durations of past runs; null while
 * there are none of one of the stages to come.
 * @param spentSeconds seconds that the stage at work has taken so far
 */
export const estimateSeconds = (
  stage: StageName,
  spentSeconds: number,
  past: StageDurations,
): number | null => {
  const ahead = stageNames.slice(stageNames.indexOf(stage)).map((name) => past[name] ?? [])
  if (ahead.some((durations) => durations.length === 0)) return null
  const [current = 0, ...later] = ahead.map(median)
  const left = Math.max(0, current - spentSeconds) + later.reduce((sum, each) => sum + each, 0)
  return Math.ceil(left)
}

export interface Progress {
  status: JobStatus
  progress: number
  eta_seconds: number | null
}

/** The progress of a job whose run is at `state` and `stage`. */
export const progressOf = (
  { state, stage }: { state: RunState; stage: StageName },
  options: { started: boolean; spentSeconds: number; past: StageDurations },
): Progress => {
  const percent = Math.round((100 * stageNames.indexOf(stage)) / stageNames.length)
  if (state === 'DONE') return { status: 'completed', progress: 100, eta_seconds: 0 }
  if (state === 'FAILED') return { status: 'failed', progress: percent, eta_seconds: null }
  if (state === 'CANCELLED') return { status: 'cancelled', progress: percent, eta_seconds: null }
  return {
    status: options.started ? 'running' : 'queued',
    progress: percent,
    eta_seconds: estimateSeconds(stage, options.spentSeconds, options.past),
  }
}

/** The event of a change of a run's job; none for a run without a job. */
export const jobUpdate = (
  run: Pick<Run, 'run_id' | 'job_id'>,
  now: { state: RunState; stage: StageName },
  past: StageDurations = {},
): EventDraft[] =>
  run.job_id === undefined
    ? []
    : [
        {
          type: 'job.updated',
          run_id: run.run_id,
          data: {
            job_id: run.job_id,
            type: 'generate',
            ...progressOf(now, { started: true, spentSeconds: 0, past }),
          },
        },
      ]
