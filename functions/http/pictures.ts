import { once } from '../../shared/clients/idempotency.ts'
import { pictureRoutes as routes } from '../../shared/contracts/http/picture-routes.ts'
import { systemClock } from '../../shared/platform/clock.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { turnMs } from '../../shared/rules/time-budgets.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { localeOf } from '../locale-composition.ts'
import { pictureService } from '../picture-composition.ts'

const pictures = pictureService()

export const handler = httpHandler(
  [
    endpoint(routes.addProductImage, async ({ params, body, principal, caller }) => {
      const deadline = systemClock.now() + turnMs.http
      const { note, locale } = body
      const source =
        'image' in body ? { image: await body.image.bytes() } : { uploadId: body.upload_id }
      const sessionId = params.session_id
      return pictures.add({ sessionId, principal, caller, source, note, locale, deadline })
    }),
    endpoint(routes.createPictureUpload, ({ params, principal, caller, body: { format } }) =>
      pictures.upload(params.session_id, principal, { format, caller }),
    ),
    endpoint(routes.getProductImage, ({ params, principal }) =>
      pictures.view(params.session_id, principal, params.picture_id),
    ),
  ],
  { identify, addressOf, once, localeOf: localeOf() },
)
