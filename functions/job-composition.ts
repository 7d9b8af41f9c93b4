import {
  createMediaAssetRepository,
  createRunExportRepository,
} from '../shared/repositories/media-asset-repository.ts'
import { createJobService } from '../shared/services/runs/job-service.ts'
import { type Table, table } from './clients.ts'
import {
  durationRepository,
  jobRepository,
  runRepository,
  sessionRepository,
} from './repositories.ts'

export const jobService = (clients: Table = table()) =>
  createJobService({
    clock: clients.clock,
    sessions: sessionRepository(clients),
    jobs: jobRepository(clients),
    runs: runRepository(clients),
    durations: durationRepository(clients),
    assets: createMediaAssetRepository(clients.store, clients.clock),
    exports: createRunExportRepository(clients.store, clients.clock),
  })
