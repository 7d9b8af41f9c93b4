import { safetyRoutes as routes } from '../../shared/contracts/http/safety-routes.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { copySafetyService } from '../safety-composition.ts'

const copySafety = copySafetyService()

export const handler = httpHandler(
  [
    endpoint(routes.checkCopy, ({ body }) => {
      const { text, product_category: category, locale } = body
      return copySafety.check({ text, category, locale })
    }),
  ],
  { identify },
)
