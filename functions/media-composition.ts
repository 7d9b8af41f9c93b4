import { createMediaAssetRepository } from '../shared/repositories/media-asset-repository.ts'
import type { Makers } from '../shared/services/media/asset-maker.ts'
import { type Media, pipelineOf, usualMedia } from './asset-composition.ts'
import { type Log, log } from './clients.ts'

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

/** What packs the export of a run. */
const packers = (clients: Log & Media): Makers => ({
  async export() {
    const { createExportMaker } = await import('../shared/services/export/export-maker.ts')
    return createExportMaker({
      media: clients.media,
      assets: createMediaAssetRepository(clients.store, clients.clock),
    })
  },
})

export const mediaPipeline = (
  made: Makers = makers,
  clients: Log & Media = { ...log(), ...usualMedia },
) => pipelineOf({ ...packers(clients), ...made }, clients)
