import { createEarlyResearchService } from '../shared/services/early-research/early-research-service.ts'
import { createEarlyResearchTake } from '../shared/services/early-research/early-research-take.ts'
import type { Stages } from './clients.ts'
import { limitService } from './limit-composition.ts'
import { streamService } from './log-composition.ts'
import {
  earlySearchRepository,
  runRepository,
  sessionRepository,
  spendRepository,
} from './repositories.ts'
import { spendService } from './spend-composition.ts'

export const earlyResearchService = (clients: Stages) =>
  createEarlyResearchService({
    clock: clients.clock,
    model: clients.model,
    searchRoutes: clients.searchRoutes,
    pages: clients.pages,
    limits: limitService(clients),
    sessions: sessionRepository(clients),
    streams: streamService(clients),
    searches: earlySearchRepository(clients),
    spend: spendService(clients),
  })

export const earlyResearchTake = (clients: Stages) =>
  createEarlyResearchTake({
    clock: clients.clock,
    searches: earlySearchRepository(clients),
    runs: runRepository(clients),
    spends: spendRepository(clients),
  })
