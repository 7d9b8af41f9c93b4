import type { Queue } from '../shared/clients/queue.ts'
import {
  createMediaAssetRepository,
  createRunExportRepository,
} from '../shared/repositories/media-asset-repository.ts'
import { createAssetRecovery } from '../shared/services/media/asset-recovery.ts'
import { type Table, table } from './clients.ts'
import { mediaQueue as queue } from './media-queue.ts'

type Recovering = Table & { queue: () => Promise<Queue> }

export const assetRecovery = (clients: Recovering = { ...table(), queue }) =>
  createAssetRecovery({
    clock: clients.clock,
    queue: clients.queue,
    assets: createMediaAssetRepository(clients.store, clients.clock),
  })

export const exportRecovery = (clients: Recovering = { ...table(), queue }) =>
  createAssetRecovery({
    clock: clients.clock,
    queue: clients.queue,
    assets: createRunExportRepository(clients.store, clients.clock),
  })
