import type { AssetStatus } from '../../contracts/assets.ts'
import type { JobAsset, JobStatus } from '../../contracts/jobs.ts'
import type { ErrorBody } from '../../contracts/problems.ts'

/** What a job knows of one of its assets; one that is gone was deleted. */
export interface AssetPart {
  asset_id: string
  status: AssetStatus
  /** Percent. */
  share: number
  error?: ErrorBody | undefined
}

export const isEnded = ({ status }: Pick<AssetPart, 'status'>): boolean =>
  status !== 'queued' && status !== 'running'

/** Every asset of a job, in its order. */
export const partsOf = (ids: readonly string[], found: readonly AssetPart[]): AssetPart[] => {
  const known = new Map(found.map((part) => [part.asset_id, part]))
  return ids.map((id) => known.get(id) ?? { asset_id: id, status: 'cancelled', share: 0 })
}

/** A job has failed when nothing of it was made, and is cancelled when nothing was even tried. */
export const statusOfParts = (parts: readonly AssetPart[]): JobStatus => {
  if (!parts.every(isEnded)) {
    return parts.every(({ status }) => status === 'queued') ? 'queued' : 'running'
  }
  if (parts.some(({ status }) => status === 'completed')) return 'completed'
  return parts.some(({ status }) => status === 'failed') ? 'failed' : 'cancelled'
}

/** Percent of a job's work that is done; 100 when it is at its end, and not before. */
export const progressOfParts = (parts: readonly AssetPart[]): number => {
  if (parts.every(isEnded)) return 100
  const done = parts.reduce((sum, part) => sum + (isEnded(part) ? 100 : part.share), 0)
  return Math.min(99, Math.floor(done / parts.length))
}

export const jobAssetsOf = (parts: readonly AssetPart[]): JobAsset[] =>
  parts.map(({ asset_id, status, error }) => ({
    asset_id,
    status,
    error: error ? { code: error.code, message: error.message, retryable: error.retryable } : null,
  }))

/** Seconds that are left, when work goes on as it went; null before there is anything to go by. */
export const secondsLeft = (progress: number, spentSeconds: number): number | null =>
  progress < 5 || progress >= 100 ? null : Math.ceil((spentSeconds * (100 - progress)) / progress)
