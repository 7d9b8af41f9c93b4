import { launchRoutes } from '../shared/contracts/http/launch-routes.ts'
import { Reply } from '../shared/platform/http-answer.ts'
import { type Endpoint, endpoint } from '../shared/platform/http-handler.ts'
import { launchService } from './launch-composition.ts'

/**
 * `POST /api/launch/run`, the same behind the HTTP API and the function URL but for how long
 * either may hold the connection: `waitSeconds` in all.
 */
export const launchEndpoint = (waitSeconds: number): Endpoint => {
  const launches = launchService()
  return endpoint(launchRoutes.launch, async ({ principal, caller, body }) => {
    const launch = await launches.run(principal, body, { waitSeconds, caller })
    if (launch.done) return { package: launch.package }
    return new Reply(
      { package: launch.package },
      {
        status: 202,
        headers: {
          location: `/api/launch/history/${launch.package.request_id}`,
          'retry-after': '10',
        },
      },
    )
  })
}
