import * as z from 'zod'
import { StudioEvent } from '../events.ts'
import { JobId, JobStatus, JobView } from '../jobs.ts'
import { RunId } from '../runs.ts'
import { SessionId } from '../session.ts'
import { afterSeq, pageLimit, type Route, routeDefaults, wholeNumber } from './route.ts'

const jobParams = z.object({ job_id: JobId })

export const jobRoutes = {
  listJobs: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/jobs',
    summary: "The caller's jobs, newest first",
    query: z.object({
      run_id: RunId.optional(),
      session_id: SessionId.optional(),
      status: JobStatus.optional(),
      limit: pageLimit,
      offset: wholeNumber(0, 10_000, 0),
    }),
    answer: z.object({
      jobs: z.array(JobView),
      total: z.number().int(),
      limit: z.number().int(),
      offset: z.number().int(),
    }),
  },
  getJob: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/jobs/{job_id}',
    summary: 'How far a job is',
    params: jobParams,
    answer: JobView,
    problems: ['JOB_NOT_FOUND'],
  },
  streamJob: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/jobs/{job_id}/stream',
    summary: "A job's updates as they come; the stream ends with the job",
    params: jobParams,
    query: z.object({
      /** The last `seq` you have. */
      after: afterSeq,
    }),
    answer: StudioEvent,
    speaks: 'events',
    problems: ['JOB_NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
