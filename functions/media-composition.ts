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

export const mediaPipeline = (made: Makers, clients: Log & Media = { ...log(), ...usualMedia }) =>
  pipelineOf(made, clients)

/** What ends assets, and makes none: its bundle holds no maker. */
export const mediaDeadLetters = () =>
  pipelineOf({}, { ...log(), media, queue, productPicture: async () => null })

export const assetService = (
  planned: Planners,
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
