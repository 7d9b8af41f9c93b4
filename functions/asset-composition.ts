import type { MediaStore } from '../shared/clients/media-store.ts'
import type { Queue } from '../shared/clients/queue.ts'
import { createJobRepository } from '../shared/repositories/job-repository.ts'
import {
  createMediaAssetRepository,
  createRunExportRepository,
} from '../shared/repositories/media-asset-repository.ts'
import { createPurchaseRepository } from '../shared/repositories/purchase-repository.ts'
import { createRunOutputRepository } from '../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createSpendRepository } from '../shared/repositories/spend-repository.ts'
import { workKindOf } from '../shared/repositories/table-keys.ts'
import { createRunExportService } from '../shared/services/export/run-export-service.ts'
import type { Makers, Planners } from '../shared/services/media/asset-maker.ts'
import { createAssetService } from '../shared/services/media/asset-service.ts'
import { createMediaPipeline, type MediaPipeline } from '../shared/services/media/media-pipeline.ts'
import type { FindProductPicture } from '../shared/services/media/workshop.ts'
import { createFindProductPicture } from '../shared/services/pictures/find-product-picture.ts'
import { createSpendService } from '../shared/services/spend/spend-service.ts'
import { type Limited, type Log, limited } from './clients.ts'
import { limitService } from './limit-composition.ts'
import { log, streamService } from './log-composition.ts'
import { media } from './media-client.ts'
import { mediaQueue as queue } from './media-queue.ts'

/** What services of assets need beside the table and the log. */
export interface Media {
  media: () => Promise<MediaStore>
  queue: () => Promise<Queue>
  productPicture: FindProductPicture
}

export const usualMedia: Media = {
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

/** What makes assets, and exports, by these makers. */
export const pipelineOf = (made: Makers, clients: Log & Media): MediaPipeline => {
  const shared = {
    ...mediaServices(clients),
    makers: made,
    spend: createSpendService({
      clock: clients.clock,
      spends: createSpendRepository(clients.store),
    }),
  }
  const exports = createRunExportRepository(clients.store, clients.clock)
  const pipelines = {
    ASSET: createMediaPipeline(shared),
    EXPORT: createMediaPipeline({ ...shared, assets: exports }),
  }
  return {
    run: (task, receipt) => pipelines[workKindOf(task.asset_id)].run(task, receipt),
    undeliverable: (task) => pipelines[workKindOf(task.asset_id)].undeliverable(task),
  }
}

/** What ends assets, and makes none. */
export const mediaDeadLetters = () =>
  pipelineOf({}, { ...log(), media, queue, productPicture: async () => null })

export const assetService = (
  planned: Planners,
  clients: Log & Limited & Media = { ...log(), ...limited(), ...usualMedia },
) =>
  createAssetService({
    ...mediaServices(clients),
    limits: limitService(clients),
    exports: createRunExportRepository(clients.store, clients.clock),
    planners: planned,
  })

export const runExportService = (
  clients: Log & Limited & Media = { ...log(), ...limited(), ...usualMedia },
) =>
  createRunExportService({
    ...mediaServices(clients),
    limits: limitService(clients),
    exports: createRunExportRepository(clients.store, clients.clock),
  })
