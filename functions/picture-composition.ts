import { once } from '../shared/clients/idempotency.ts'
import { store } from '../shared/clients/store.ts'
import { systemClock as clock } from '../shared/platform/clock.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createPictureService } from '../shared/services/pictures/picture-service.ts'
import { createPictureStore } from '../shared/services/pictures/picture-store.ts'
import { limitService } from './limit-composition.ts'
import { media } from './media-client.ts'
import { turnService } from './turn-composition.ts'

/** Apart from the rest of the composition, so that its agent is in one bundle. Codecs load with a picture. */
export const pictureService = () =>
  createPictureService({
    clock,
    once,
    sessions: createSessionRepository(store(), clock),
    limits: limitService(),
    turns: turnService(),
    pictures: createPictureStore({
      clock,
      media,
      async inspect(bytes) {
        const { inspectPicture } = await import('../shared/services/pictures/picture-inspection.ts')
        return inspectPicture(bytes)
      },
    }),
  })
