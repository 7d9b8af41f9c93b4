import type { EventDraft } from '../../contracts/events.ts'
import type { JobView } from '../../contracts/jobs.ts'
import type { AssetsJobState, Job } from '../../repositories/job-repository.ts'
import {
  type AssetPart,
  jobAssetsOf,
  partsOf,
  progressOfParts,
  secondsLeft,
  statusOfParts,
} from '../../rules/media/asset-progress.ts'

const isOver = ({ status }: Pick<AssetsJobState, 'status'>): boolean =>
  status !== 'queued' && status !== 'running'

/** Whether a job of assets has come to its end, which is stored with it. */
export const hasJobEnded = ({ state }: Job): boolean => state !== undefined && isOver(state)

/** The state of a job whose assets are these; it never goes back. */
export const stateOfJob = (job: Job, assets: readonly AssetPart[], now: number): AssetsJobState => {
  if (job.state && isOver(job.state)) return job.state
  const parts = partsOf(job.asset_ids ?? [], assets)
  const status = statusOfParts(parts)
  const over = isOver({ status })
  const progress = Math.max(job.state?.progress ?? 0, progressOfParts(parts))
  const spent = (now - Date.parse(job.created_at)) / 1000
  const [failed] = jobAssetsOf(parts).flatMap(({ error }) => (error ? [error] : []))
  return {
    status,
    progress,
    eta_seconds: over ? (status === 'completed' ? 0 : null) : secondsLeft(progress, spent),
    error: status === 'failed' ? (failed ?? null) : null,
    assets: over ? jobAssetsOf(parts) : null,
  }
}

export const assetsJobUpdate = (job: Job, state: AssetsJobState): EventDraft => ({
  type: 'job.updated',
  run_id: job.run_id,
  data: {
    job_id: job.job_id,
    type: job.type,
    status: state.status,
    progress: state.progress,
    eta_seconds: state.eta_seconds,
  },
})

const noteOf = ({ type }: Job, { status, assets }: AssetsJobState): string | null => {
  if (status === 'cancelled') return 'cancelled'
  if (status === 'completed') {
    return assets?.some(({ status }) => status === 'failed') ? 'partly_failed' : null
  }
  return type
}

/** A job of assets, or of an export, as its route answers it. */
export const viewAssetsJob = (job: Job, assets: readonly AssetPart[], now: number): JobView => {
  const { job_id, type, session_id, run_id, created_at } = job
  const state = stateOfJob(job, assets, now)
  return {
    ...{ job_id, type, session_id, run_id, created_at },
    status: state.status,
    progress: state.progress,
    eta_seconds: state.eta_seconds,
    note: noteOf(job, state),
    error: state.error,
    ...(type === 'export'
      ? { export_id: job.asset_ids?.[0] }
      : { assets: state.assets ?? jobAssetsOf(partsOf(job.asset_ids ?? [], assets)) }),
    updated_at: job.updated_at ?? created_at,
  }
}
