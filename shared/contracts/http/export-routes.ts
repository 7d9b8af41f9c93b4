import * as z from 'zod'
import { ExportId, JobId, JobStatus } from '../jobs.ts'
import { ErrorBody } from '../problems.ts'
import { RunId } from '../runs.ts'
import { SessionId, Timestamp } from '../session.ts'
import { type Route, routeDefaults, runParams } from './route.ts'

const RunExportRequest = z.strictObject({
  /** The date of the weekly plan's first day; tomorrow in Asia/Seoul when not given. */
  start_date: z.iso.date().optional(),
})
export type RunExportRequest = z.infer<typeof RunExportRequest>

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
  error: ErrorBody.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  completed_at: Timestamp.nullable(),
  /** When it is deleted. */
  expires_at: Timestamp,
})
export type RunExportView = z.infer<typeof RunExportView>

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
  getExport: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/runs/{run_id}/exports/{export_id}',
    summary: 'An export with a signed link to its ZIP',
    params: runParams.extend({ export_id: ExportId }),
    answer: RunExportView,
    problems: ['RUN_NOT_FOUND', 'EXPORT_NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
