import { once } from '../../shared/clients/idempotency.ts'
import { runRoutes as routes } from '../../shared/contracts/http/run-routes.ts'
import { usageRoutes } from '../../shared/contracts/http/usage-routes.ts'
import { Reply } from '../../shared/platform/http-answer.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { localeOf } from '../locale-composition.ts'
import { runService } from '../run-composition.ts'
import { usageService } from '../spend-composition.ts'

const runs = runService()
const usage = usageService()

export const handler = httpHandler(
  [
    endpoint(routes.generate, async ({ params, principal, caller }) => {
      const run = await runs.start(params.session_id, principal, { caller })
      const { run_id, session_id, state } = run
      return { run_id, session_id, state }
    }),
    endpoint(routes.generateAsync, async ({ params, principal, caller }) => {
      const run = await runs.start(params.session_id, principal, { withJob: true, caller })
      const { run_id, session_id, job_id = '' } = run
      const headers = { location: `/api/jobs/${job_id}` }
      return new Reply({ job_id, run_id, session_id, status: 'queued' }, { headers })
    }),
    endpoint(routes.resumeRun, async ({ params, principal, caller }) => {
      const run = await runs.resume(params.run_id, principal, caller)
      const { run_id, session_id, state, attempt } = run
      return { run_id, session_id, state, attempt }
    }),
    endpoint(routes.reviseRun, async ({ params, principal, caller, body }) => {
      const run = await runs.revise(params.run_id, principal, body, caller)
      const { run_id, session_id, state, job_id = '' } = run
      const headers = { location: `/api/jobs/${job_id}` }
      const answer = { run_id, parent_run_id: params.run_id, session_id, state, job_id }
      return new Reply(answer, { headers })
    }),
    endpoint(routes.cancelRun, async ({ params, principal }) => {
      const { run_id, session_id, state } = await runs.cancel(params.run_id, principal)
      return { run_id, session_id, state }
    }),
    endpoint(routes.listRuns, ({ principal, query }) =>
      runs.list(principal, {
        limit: query.limit,
        ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
        ...(query.session_id === undefined ? {} : { sessionId: query.session_id }),
      }),
    ),
    endpoint(usageRoutes.usage, ({ principal }) => usage.report(principal)),
    endpoint(routes.getRun, ({ params, principal }) => runs.view(params.run_id, principal)),
  ],
  { identify, addressOf, once, localeOf: localeOf() },
)
