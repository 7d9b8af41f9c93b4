import { jobRoutes as routes } from '../../shared/contracts/http/job-routes.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { jobService } from '../job-composition.ts'
import { localeOf } from '../locale-composition.ts'

const jobs = jobService()

export const handler = httpHandler(
  [
    endpoint(routes.listJobs, async ({ principal, query }) => {
      const { limit, offset, run_id, session_id, status } = query
      const filter = { limit, offset, runId: run_id, sessionId: session_id, status }
      return { ...(await jobs.list(principal, filter)), limit, offset }
    }),
    endpoint(routes.getJob, ({ params, principal }) => jobs.find(params.job_id, principal)),
  ],
  { identify, localeOf: localeOf() },
)
