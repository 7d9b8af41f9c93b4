import { once } from '../../shared/clients/idempotency.ts'
import { launchRoutes as routes } from '../../shared/contracts/http/launch-routes.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { eraseLaunch } from '../../shared/services/launches/launch-service.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { launchErasure, launchService } from '../composition.ts'
import { launchEndpoint } from '../launch-endpoint.ts'

const launches = launchService()
const erasure = launchErasure()

/** Seconds within which the HTTP API's route has to answer, with time to spare. */
const waitSeconds = 26

export const handler = httpHandler(
  [
    launchEndpoint(waitSeconds),
    endpoint(routes.launchHistory, async ({ principal, query }) => {
      const { limit, offset } = query
      return { ...(await launches.history(principal, query)), limit, offset }
    }),
    endpoint(routes.launchDetail, async ({ params, principal }) => ({
      package: await launches.view(params.request_id, principal),
    })),
    endpoint(routes.deleteLaunch, async ({ params, principal }) => {
      await eraseLaunch(erasure, params.request_id, principal)
      return undefined
    }),
  ],
  { identify, once },
)
