import type { MediaStore } from '../shared/clients/media-store.ts'
import type { Queue } from '../shared/clients/queue.ts'
import { createJobRepository } from '../shared/repositories/job-repository.ts'
import { createMediaAssetRepository } from '../shared/repositories/media-asset-repository.ts'
import { createPurchaseRepository } from '../shared/repositories/purchase-repository.ts'
import { createRunOutputRepository } from '../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createSpendRepository } from '../shared/repositories/spend-repository.ts'
import type { Makers, Planners } from '../shared/services/media/asset-maker.ts'
import { createAssetRecovery } from '../shared/services/media/asset-recovery.ts'
import { createAssetService } from '../shared/services/media/asset-service.ts'
import { createMediaPipeline } from '../shared/services/media/media-pipeline.ts'
import type { FindProductPicture } from '../shared/services/media/workshop.ts'
import { createFindProductPicture } from '../shared/services/pictures/find-product-picture.ts'
import { createSpendService } from '../shared/services/spend/spend-service.ts'
import { type Limited, type Log, limited, log, media, type Table, table } from './clients.ts'
import { limitService, streamService } from './composition.ts'

/**
 * What makes assets, and what tells ahead what that buys. Each is loaded by the function that needs it, and
 * when it does: nothing else of the product holds code for pictures, sound and film.
 */
export interface Media {
  media: () => Promise<MediaStore>
  queue: () => Promise<Queue>
  productPicture: FindProductPicture
}

/** By the type that each makes. A type without one ends its assets with CAPABILITY_NOT_CONFIGURED. */
export const makers: Makers = {
  async poster() {
    const [{ createPosterMaker }, { openaiImages }, { imageOffer }, { copySafetyService }] =
      await Promise.all([
        import('../shared/services/media/posters/poster-maker.ts'),
        import('../shared/clients/images/openai-images.ts'),
        import('../shared/clients/images/image-offer.ts'),
        import('./safety-composition.ts'),
      ])
    return createPosterMaker({
      // A capability that is not configured ends the assets that need it, one by one.
      background: {
        offer: imageOffer,
        make: async (order, key, signal) => openaiImages().make(order, key, signal),
      },
      copyFilter: (run) => copySafetyService().forRun(run),
    })
  },
}
export const planners: Planners = {
  async poster() {
    const [{ createPosterPlanner }, { imageOffer }] = await Promise.all([
      import('../shared/services/media/posters/poster-planner.ts'),
      import('../shared/clients/images/image-offer.ts'),
    ])
    return createPosterPlanner({ offer: imageOffer })
  },
}

const queue = async () => (await import('../shared/clients/queue.ts')).mediaQueue()

const usualMedia: Media = {
  media,
  queue,
  productPicture: (sessionId) => {
    const { store, clock } = log()
    const sessions = createSessionRepository(store, clock)
    return createFindProductPicture({ sessions, media })(sessionId)
  },
}

const mediaServices = (clients: Log & Media) => ({
  clock: clients.clock,
  media: clients.media,
  queue: clients.queue,
  productPicture: clients.productPicture,
  assets: createMediaAssetRepository(clients.store, clients.clock),
  purchases: createPurchaseRepository(clients.store, clients.clock),
  jobs: createJobRepository(clients.store, clients.clock),
  runs: createRunOutputRepository(clients.store, clients.clock),
  sessions: createSessionRepository(clients.store, clients.clock),
  streams: streamService(clients),
})

const pipelineOf = (made: Makers, clients: Log & Media) =>
  createMediaPipeline({
    ...mediaServices(clients),
    makers: made,
    spend: createSpendService({
      clock: clients.clock,
      spends: createSpendRepository(clients.store),
    }),
  })

export const mediaPipeline = (
  made: Makers = makers,
  clients: Log & Media = { ...log(), ...usualMedia },
) => pipelineOf(made, clients)

/** What ends assets, and makes none: its bundle holds no maker. */
export const mediaDeadLetters = () =>
  pipelineOf({}, { ...log(), media, queue, productPicture: async () => null })

export const assetService = (
  planned: Planners = planners,
  clients: Log & Limited & Media = { ...log(), ...limited(), ...usualMedia },
) =>
  createAssetService({
    ...mediaServices(clients),
    limits: limitService(clients),
    planners: planned,
  })

export const assetRecovery = (clients: Table & Pick<Media, 'queue'> = { ...table(), queue }) =>
  createAssetRecovery({
    clock: clients.clock,
    queue: clients.queue,
    assets: createMediaAssetRepository(clients.store, clients.clock),
  })
