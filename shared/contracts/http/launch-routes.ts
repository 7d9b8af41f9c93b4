import * as z from 'zod'
import { LaunchBrief, LaunchId, LaunchPackage, LaunchSummary } from '../launch.ts'
import { Locale, Mode } from '../session.ts'
import { text } from '../text.ts'
import { pageLimit, type Route, routeDefaults, wholeNumber } from './route.ts'

const launchParams = z.object({ request_id: LaunchId })

export const launchRoutes = {
  launch: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/launch/run',
    summary:
      'The older one-shot API: 200 with the package when it is done in time, else 202 with Location',
    idempotent: true,
    location: 'late',
    body: z.strictObject({
      brief: LaunchBrief,
      mode: Mode.default('standard'),
      locale: Locale.default('ko-KR'),
    }),
    answer: z.object({ package: LaunchPackage }),
    problems: [
      'GATE_NOT_READY',
      'RUN_NOT_FOUND',
      'TURN_TIMEOUT',
      'UPSTREAM_ERROR',
      'BUDGET_EXCEEDED',
      'RATE_LIMITED',
      'MODEL_REFUSED',
      'SCHEMA_VALIDATION_FAILED',
      'CAPABILITY_NOT_CONFIGURED',
      'IDEMPOTENCY_CONFLICT',
      'REQUEST_IN_FLIGHT',
    ],
  },
  launchHistory: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/launch/history',
    summary: 'Earlier launches, newest first; q looks in product name and KPI',
    query: z.object({
      q: text(200, { min: 0 }).optional(),
      limit: pageLimit,
      offset: wholeNumber(0, 10_000, 0),
    }),
    answer: z.object({
      items: z.array(LaunchSummary),
      total: z.number().int(),
      limit: z.number().int(),
      offset: z.number().int(),
      has_more: z.boolean(),
      /** What was looked for; empty when nothing was. */
      query: z.string(),
    }),
  },
  launchDetail: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/launch/history/{request_id}',
    summary: 'One launch, complete or as far as it is',
    params: launchParams,
    answer: z.object({ package: LaunchPackage }),
    problems: ['RUN_NOT_FOUND'],
  },
  deleteLaunch: {
    ...routeDefaults,
    method: 'DELETE',
    path: '/api/launch/history/{request_id}',
    summary: 'Erases one launch with its session',
    params: launchParams,
    status: 204,
    answer: z.undefined(),
    problems: ['RUN_NOT_FOUND', 'UPSTREAM_ERROR'],
  },
} as const satisfies Record<string, Route>
