import * as z from 'zod'
import { ErrorBody } from './problems.ts'
import { RunId } from './runs.ts'
import { SessionId, Timestamp } from './session.ts'

export const JobId = z.string().regex(/^job_[0-9a-z]{26}$/)
export const ExportId = z.string().regex(/^export_[0-9a-z]{26}$/)
export const JobType = z.enum(['generate', 'assets', 'export'])
export type JobType = z.infer<typeof JobType>
/** Of a job whose run was cancelled, `cancelled`: it has no error. */
export const JobStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled'])
export type JobStatus = z.infer<typeof JobStatus>

/** One asset of a job. One that was deleted counts as cancelled. */
export const JobAsset = z.object({
  asset_id: z.string(),
  status: JobStatus,
  error: ErrorBody.nullable(),
})
export type JobAsset = z.infer<typeof JobAsset>

/** Work that goes on by itself, for callers that ask how far it is. */
export const JobView = z.object({
  job_id: JobId,
  type: JobType,
  status: JobStatus,
  progress: z.number().int().min(0).max(100),
  /** From how long such work took before; null while that is not known. */
  eta_seconds: z.number().int().min(0).nullable(),
  /** What it is at, as a code: a stage, `cancelled`, or `partly_failed` of assets; null when all is completed. */
  note: z.string().nullable(),
  session_id: SessionId,
  run_id: RunId,
  error: ErrorBody.nullable(),
  /** Of a job of type `assets`: each asset that was asked for, and what became of it. */
  assets: z.array(JobAsset).optional(),
  /** Of a job of type `export`: where its ZIP is, `GET /api/runs/{run_id}/exports/{export_id}`. */
  export_id: ExportId.optional(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type JobView = z.infer<typeof JobView>
