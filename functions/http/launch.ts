import { once } from '../../shared/clients/idempotency.ts'
import { launchRoutes as routes } from '../../shared/contracts/http/launch-routes.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { launchWaitMs } from '../../shared/rules/time-budgets.ts'
import { eraseLaunch } from '../../shared/services/launches/launch-service.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { launchErasure } from '../erasure-composition.ts'
import { launchService } from '../launch-composition.ts'
import { launchEndpoint } from '../launch-endpoint.ts'
import { localeOf } from '../locale-composition.ts'

const launches = launchService()
const erasure = launchErasure()

export const handler = httpHandler(
  [
    launchEndpoint(launchWaitMs.http / 1000),
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
  { identify, addressOf, once, localeOf: localeOf() },
)
