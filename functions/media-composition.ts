import { createMediaAssetRepository } from '../shared/repositories/media-asset-repository.ts'
import type { Makers } from '../shared/services/media/asset-maker.ts'
import { type Media, pipelineOf, usualMedia } from './asset-composition.ts'
import type { Log } from './clients.ts'
import { log } from './log-composition.ts'

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

/** What makes assets, by these makers, and packs exports. */
export const mediaPipeline = (made: Makers, clients: Log & Media = { ...log(), ...usualMedia }) =>
  pipelineOf({ ...packers(clients), ...made }, clients)
