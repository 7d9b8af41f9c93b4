import { createErasureRepository } from '../shared/repositories/erasure-repository.ts'
import { createErasureService } from '../shared/services/sessions/erasure-service.ts'
import type { Clients, Runs } from './clients.ts'
import { runLimits } from './limit-composition.ts'
import { media } from './media-client.ts'
import {
  connectionRepository,
  jobRepository,
  runRepository,
  sessionRepository,
} from './repositories.ts'
import { runs } from './run-clients.ts'
import { runService } from './run-composition.ts'

export const erasureService = (clients: Runs & Pick<Clients, 'media'> = { ...runs(), media }) =>
  createErasureService({
    sessions: sessionRepository(clients),
    runs: runRepository(clients),
    jobs: jobRepository(clients),
    erasure: createErasureRepository(clients.store),
    connections: connectionRepository(clients),
    sockets: clients.sockets,
    media: clients.media,
    runService: runService(clients),
    runLimits: runLimits(clients),
  })

export const launchErasure = (clients: Runs & Pick<Clients, 'media'> = { ...runs(), media }) => ({
  runs: runRepository(clients),
  access: sessionRepository(clients),
  erasure: erasureService(clients),
})
