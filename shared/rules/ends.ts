import type { StageName } from '../contracts/agents.ts'
import type { AssetType } from '../contracts/assets.ts'
import type { AssetEnded, EndOutcome, JobEnded, RunEnded } from '../contracts/ends.ts'
import type { JobStatus, JobType } from '../contracts/jobs.ts'
import type { RunState } from '../contracts/runs.ts'

/** The owner stands beside it as a principal, and is announced as a hash. */
type Unsigned<T> = Omit<T, 'principal'>

/** What is to be announced. */
export type End = { owner: string } & (
  | { type: 'run.ended'; data: Unsigned<RunEnded> }
  | { type: 'job.ended'; data: Unsigned<JobEnded> }
  | { type: 'asset.ended'; data: Unsigned<AssetEnded> }
)

interface Owned {
  owner: string
  session_id: string
  run_id: string
  created_at: string
}

const common = (
  { session_id, run_id, created_at }: Owned,
  { id, outcome, code, at }: { id: string; outcome: EndOutcome; code?: string; at: string },
) => ({
  // Spelt out: the contract's schemas would come along to every function.
  schema_version: 1 as const satisfies RunEnded['schema_version'],
  id,
  session_id,
  run_id,
  outcome,
  error_code: outcome === 'failed' ? (code ?? 'INTERNAL_ERROR') : null,
  created_at,
  ended_at: at,
})

const outcomeOfRun: Partial<Record<RunState, EndOutcome>> = {
  DONE: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

const outcomeOfStatus = (status: JobStatus): EndOutcome | undefined =>
  status === 'queued' || status === 'running' ? undefined : status

/** The ends of a run and of the job that follows it; none while it goes on. */
export const endsOfRun = (
  run: Owned & { attempt: number; job_id?: string },
  now: { state: RunState; stage: StageName; error?: { code: string } },
  at: string,
): End[] => {
  const outcome = outcomeOfRun[now.state]
  if (outcome === undefined) return []
  const { owner, run_id, attempt, job_id } = run
  const ended = { outcome, at, ...(now.error && { code: now.error.code }) }
  const { stage } = now
  const data = common(run, { ...ended, id: `${run_id}-${attempt}` })
  return [
    { type: 'run.ended', owner, data: { ...data, attempt, stage, job_id: job_id ?? null } },
    ...(job_id === undefined
      ? []
      : [
          {
            type: 'job.ended' as const,
            owner,
            data: { ...data, id: `${job_id}-${attempt}`, job_id, job_type: 'generate' as const },
          },
        ]),
  ]
}

/** The end of a job of assets or an export; none while it goes on. */
export const endsOfJob = (
  job: Owned & { job_id: string; type: JobType },
  state: { status: JobStatus; error: { code: string } | null } | undefined,
  at: string,
): End[] => {
  const outcome = state && outcomeOfStatus(state.status)
  if (outcome === undefined) return []
  const { owner, job_id, type } = job
  const ended = { outcome, at, ...(state?.error && { code: state.error.code }) }
  // It ends once: what is asked for again gets another job.
  const data = common(job, { ...ended, id: `${job_id}-1` })
  return [{ type: 'job.ended', owner, data: { ...data, job_id, job_type: type } }]
}

/** The end of an asset; none for an export, of which its job tells. */
export const endsOfAsset = (
  asset: Owned & {
    asset_id: string
    asset_type: AssetType | 'export'
    attempt: number
    job_id: string
  },
  end: { status: EndOutcome; error?: { code: string } },
  at: string,
): End[] => {
  const { owner, asset_id, asset_type, attempt, job_id } = asset
  if (asset_type === 'export') return []
  const ended = { outcome: end.status, at, ...(end.error && { code: end.error.code }) }
  const data = common(asset, { ...ended, id: `${asset_id}-${attempt}` })
  return [{ type: 'asset.ended', owner, data: { ...data, asset_id, asset_type, attempt, job_id } }]
}
