import { accessRoutes } from './http/access-routes.ts'
import { assetRoutes } from './http/asset-routes.ts'
import { briefRoutes } from './http/brief-routes.ts'
import { chatRoutes } from './http/chat-routes.ts'
import { exportRoutes } from './http/export-routes.ts'
import { jobRoutes } from './http/job-routes.ts'
import { launchRoutes } from './http/launch-routes.ts'
import { pictureRoutes } from './http/picture-routes.ts'
import { platformRoutes } from './http/platform-routes.ts'
import type { Route } from './http/route.ts'
import { runRoutes } from './http/run-routes.ts'
import { safetyRoutes } from './http/safety-routes.ts'
import { usageRoutes } from './http/usage-routes.ts'
import { voiceOutputRoutes } from './http/voice-output-routes.ts'
import { voiceRoutes } from './http/voice-routes.ts'
import { webhookRoutes } from './http/webhook-routes.ts'

/** Every route there is; a test holds this against the template's routes, both ways. */
export const routes = {
  ...platformRoutes,
  ...chatRoutes,
  ...briefRoutes,
  ...accessRoutes,
  ...runRoutes,
  ...usageRoutes,
  ...jobRoutes,
  ...assetRoutes,
  ...exportRoutes,
  ...launchRoutes,
  ...voiceRoutes,
  ...pictureRoutes,
  ...voiceOutputRoutes,
  ...safetyRoutes,
  ...webhookRoutes,
} as const satisfies Record<string, Route>
