import { store } from '../shared/clients/store.ts'
import { systemClock as clock } from '../shared/platform/clock.ts'
import { createHandoffRepository } from '../shared/repositories/handoff-repository.ts'
import { createMediaAssetRepository } from '../shared/repositories/media-asset-repository.ts'
import { createReaderRepository } from '../shared/repositories/reader-repository.ts'
import { createSearchRepository } from '../shared/repositories/search-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createPictureCopies } from '../shared/services/sessions/brief-reuse.ts'
import { createBriefService } from '../shared/services/sessions/brief-service.ts'
import { createExportService } from '../shared/services/sessions/export-service.ts'
import { createHandoffService } from '../shared/services/sessions/handoff-service.ts'
import { mintsTokens } from '../shared/services/sessions/principal-service.ts'
import { createReaderService } from '../shared/services/sessions/reader-service.ts'
import { createSessionService } from '../shared/services/sessions/session-service.ts'
import { type Clients, type Limited, type Log, limited, type Table, table } from './clients.ts'
import { earlyResearchRequest } from './early-research-request.ts'
import { limitService } from './limit-composition.ts'
import { log, streamService } from './log-composition.ts'
import { media } from './media-client.ts'
import {
  connectionRepository,
  earlySearchRepository,
  eventRepository,
  jobRepository,
  messageRepository,
  runRepository,
  sessionRepository,
} from './repositories.ts'

export const sessionService = (clients: Limited & Partial<Pick<Clients, 'media'>> = limited()) =>
  createSessionService({
    clock: clients.clock,
    limits: limitService(clients),
    sessions: sessionRepository(clients),
    messages: messageRepository(clients),
    events: eventRepository(clients),
    runs: runRepository(clients),
    connections: connectionRepository(clients),
    earlySearches: earlySearchRepository(clients),
    copyPicture: createPictureCopies(clients.media ?? media),
  })

export const readerService = (clients: Log = log()) =>
  createReaderService({
    sessions: sessionRepository(clients),
    readers: createReaderRepository(clients.store),
    connections: connectionRepository(clients),
    sockets: clients.sockets,
  })

export const exportService = (clients: Table & Pick<Clients, 'media'> = { ...table(), media }) =>
  createExportService({
    clock: clients.clock,
    sessions: sessionRepository(clients),
    messages: messageRepository(clients),
    events: eventRepository(clients),
    runs: runRepository(clients),
    searches: createSearchRepository(clients.store, clients.clock),
    earlySearches: earlySearchRepository(clients),
    jobs: jobRepository(clients),
    assets: createMediaAssetRepository(clients.store, clients.clock),
    media: clients.media,
  })
export const briefService = () =>
  createBriefService({
    limits: limitService(),
    sessions: createSessionRepository(store(), clock),
    streams: streamService(),
    earlyResearch: earlyResearchRequest(),
  })

export const handoffService = () =>
  createHandoffService({
    clock,
    limits: limitService(),
    sessions: createSessionRepository(store(), clock),
    handoffs: createHandoffRepository(store(), clock),
    mintsTokens,
  })
