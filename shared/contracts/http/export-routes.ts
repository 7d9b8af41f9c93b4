import * as z from 'zod'
import { AssetFailure, AssetId, AssetType, PlacementId } from '../assets.ts'
import { ExportId, JobId, JobStatus } from '../jobs.ts'
import { latestDate } from '../latest-date.ts'
import { RunId } from '../runs.ts'
import { SessionId, Timestamp } from '../session.ts'
import { type Route, routeDefaults, runParams } from './route.ts'

const RunExportRequest = z.strictObject({
  /** The date of the weekly plan's first day; tomorrow in Asia/Seoul when not given. */
  start_date: z.iso
    .date()
    .refine((date) => date <= latestDate, `must not be later than ${latestDate}`)
    .optional(),
})
export type RunExportRequest = z.infer<typeof RunExportRequest>

/** An asset that was not finished when the export was asked for, and so is not in it. */
const UnfinishedAsset = z.object({
  asset_id: AssetId,
  asset_type: AssetType,
  placement: PlacementId.nullable(),
  status: z.enum(['in_progress', 'failed', 'cancelled']),
})
export type UnfinishedAsset = z.infer<typeof UnfinishedAsset>

export const RunExportView = z.object({
  export_id: ExportId,
  run_id: RunId,
  session_id: SessionId,
  status: JobStatus,
  /** The date of the weekly plan's first day, in Asia/Seoul. */
  start_date: z.iso.date(),
  /** The ZIP with a signed link; null until it is packed. */
  file: z
    .object({
      name: z.string(),
      content_type: z.string(),
      bytes: z.number().int(),
      /** Hexadecimal. */
      sha256: z.string().length(64),
      url: z.string(),
      /** Of the link: a new one comes with each answer. */
      expires_at: Timestamp,
    })
    .nullable(),
  /** The finished assets that it holds. */
  asset_ids: z.array(AssetId),
  unfinished: z.array(UnfinishedAsset),
  /**
   * What was deleted, or gone from storage, before it was packed: paths that files would have in the ZIP, or ids
   * of assets. The same request again packs it anew.
   */
  missing: z.array(z.string()),
  /** With the check that a stored file did not pass, and its asset. */
  error: AssetFailure.omit({ source: true }).nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  completed_at: Timestamp.nullable(),
  /** When it is deleted. */
  expires_at: Timestamp,
})
export type RunExportView = z.infer<typeof RunExportView>

const exportParams = runParams.extend({ export_id: ExportId })

export const exportRoutes = {
  exportRun: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/runs/{run_id}/export',
    summary: 'Packs everything that is stored of a run into a ZIP; a job follows it',
    params: runParams,
    body: RunExportRequest,
    access: 'reader',
    idempotent: true,
    status: 202,
    location: 'always',
    answer: z.object({
      job_id: JobId,
      export_id: ExportId,
      run_id: RunId,
      session_id: SessionId,
      status: JobStatus,
    }),
    problems: [
      'RUN_NOT_FOUND',
      'RUN_NOT_READY',
      'RATE_LIMITED',
      'IDEMPOTENCY_CONFLICT',
      'REQUEST_IN_FLIGHT',
    ],
  },
  listExports: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/runs/{run_id}/exports',
    summary: 'The exports of a run with signed links, newest first',
    params: runParams,
    answer: z.object({ run_id: RunId, exports: z.array(RunExportView) }),
    problems: ['RUN_NOT_FOUND'],
  },
  getExport: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/runs/{run_id}/exports/{export_id}',
    summary: 'An export with a signed link to its ZIP',
    params: exportParams,
    answer: RunExportView,
    problems: ['RUN_NOT_FOUND', 'EXPORT_NOT_FOUND'],
  },
  deleteExport: {
    ...routeDefaults,
    method: 'DELETE',
    path: '/api/runs/{run_id}/exports/{export_id}',
    summary: 'Deletes an export with its ZIP; one that is being packed is cancelled',
    params: exportParams,
    status: 204,
    answer: z.undefined(),
    problems: ['RUN_NOT_FOUND', 'EXPORT_NOT_FOUND', 'UPSTREAM_ERROR'],
  },
} as const satisfies Record<string, Route>
