import { platformRoutes as routes } from '../../shared/contracts/http/platform-routes.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'

/** Health, and the answer to every route that there is not. */
export const handler = httpHandler(
  [endpoint(routes.health, async () => ({ status: 'ok' as const }))],
  { identify: async () => undefined },
)
