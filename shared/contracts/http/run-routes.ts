import * as z from 'zod'
import { JobId, JobStatus } from '../jobs.ts'
import { ReviseRequest, RunId, RunState, RunSummary, RunView } from '../runs.ts'
import { SessionId } from '../session.ts'
import { pageLimit, type Route, routeDefaults, runParams, sessionParams } from './route.ts'

const startProblems = [
  'SESSION_NOT_FOUND',
  'GATE_NOT_READY',
  'RUN_IN_PROGRESS',
  'TURN_IN_PROGRESS',
  'RATE_LIMITED',
  'BUDGET_EXCEEDED',
  'IDEMPOTENCY_CONFLICT',
  'REQUEST_IN_FLIGHT',
] as const

const accepted = z.object({ run_id: RunId, session_id: SessionId, state: RunState })

export const runRoutes = {
  generate: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/runs/{session_id}/generate',
    summary: 'Starts the run that writes the launch package',
    params: sessionParams,
    idempotent: true,
    status: 202,
    answer: accepted,
    problems: startProblems,
  },
  generateAsync: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/runs/{session_id}/generate/async',
    summary: 'Starts the run, with a job that follows it',
    params: sessionParams,
    idempotent: true,
    status: 202,
    location: 'always',
    answer: z.object({
      job_id: z.string(),
      run_id: RunId,
      session_id: SessionId,
      status: JobStatus,
    }),
    problems: startProblems,
  },
  listRuns: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/runs',
    summary: "The caller's runs, newest first",
    query: z.object({
      session_id: SessionId.optional(),
      limit: pageLimit,
      /** `next_cursor` of the page before. */
      cursor: z.string().max(2000).optional(),
    }),
    answer: z.object({ runs: z.array(RunSummary), next_cursor: z.string().nullable() }),
  },
  getRun: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/runs/{run_id}',
    summary: 'The package, complete or partial, with provenance',
    params: runParams,
    etag: true,
    answer: RunView,
    problems: ['RUN_NOT_FOUND'],
  },
  resumeRun: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/runs/{run_id}/resume',
    summary: 'Goes on with a failed run at the stage that failed; what was finished is used again',
    params: runParams,
    idempotent: true,
    status: 202,
    answer: accepted.extend({ attempt: z.number().int() }),
    problems: [
      'RUN_NOT_FOUND',
      'RUN_NOT_RESUMABLE',
      'GATE_NOT_READY',
      'RUN_IN_PROGRESS',
      'TURN_IN_PROGRESS',
      'RATE_LIMITED',
      'BUDGET_EXCEEDED',
      'IDEMPOTENCY_CONFLICT',
      'REQUEST_IN_FLIGHT',
    ],
  },
  reviseRun: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/runs/{run_id}/revise',
    summary:
      'Writes a part of a package again, in a run of its own that takes over what came before',
    params: runParams,
    body: ReviseRequest,
    idempotent: true,
    status: 202,
    location: 'always',
    answer: accepted.extend({ parent_run_id: RunId, job_id: JobId }),
    problems: [
      'RUN_NOT_FOUND',
      'RUN_NOT_REVISABLE',
      'GATE_NOT_READY',
      'RUN_IN_PROGRESS',
      'TURN_IN_PROGRESS',
      'RATE_LIMITED',
      'BUDGET_EXCEEDED',
      'IDEMPOTENCY_CONFLICT',
      'REQUEST_IN_FLIGHT',
    ],
  },
  cancelRun: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/runs/{run_id}/cancel',
    summary: 'Stops the run at once and leaves what was finished',
    params: runParams,
    status: 202,
    answer: accepted,
    problems: ['RUN_NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
