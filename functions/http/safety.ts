import { safetyRoutes as routes } from '../../shared/contracts/http/safety-routes.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { limitService } from '../limit-composition.ts'
import { copySafetyService } from '../safety-composition.ts'

const copySafety = copySafetyService()
const limits = limitService()

export const handler = httpHandler(
  [
    endpoint(routes.checkCopy, async ({ caller, body }) => {
      await limits.admit(caller, { safety_checks: 1 })
      const { text, product_category: category, locale } = body
      return copySafety.check({ text, category, locale })
    }),
  ],
  { identify, addressOf },
)
