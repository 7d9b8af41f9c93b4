import { model } from '../shared/clients/openai/model.ts'
import type { PageReader } from '../shared/clients/pages/page-reader.ts'
import { searchRoutes } from '../shared/clients/search/select-search.ts'
import { createSearchRepository } from '../shared/repositories/search-repository.ts'
import { createStageAgents } from '../shared/services/runs/stage-agents.ts'
import { createStageService } from '../shared/services/runs/stage-service.ts'
import type { Stages } from './clients.ts'
import { earlyResearchTake } from './early-research-composition.ts'
import { limitService } from './limit-composition.ts'
import { streamService } from './log-composition.ts'
import { runFailureService } from './recovery-composition.ts'
import {
  durationRepository,
  eventRepository,
  runRepository,
  sessionRepository,
} from './repositories.ts'
import { runs } from './run-clients.ts'
import { copySafetyService } from './safety-composition.ts'
import { spendService } from './spend-composition.ts'

/** Parsing pages takes large libraries, which research alone loads. */
const pages: PageReader = {
  async read(url, signal) {
    const { configuredPageReader } = await import(
      '../shared/clients/pages/configured-page-reader.ts'
    )
    return configuredPageReader().read(url, signal)
  },
}

export const stages = (): Stages => ({ ...runs(), model, searchRoutes, pages })

export const stageService = (
  clients: Stages = stages(),
  agents = createStageAgents({
    limits: limitService(clients),
    model: clients.model,
    clock: clients.clock,
    runs: runRepository(clients),
    searches: createSearchRepository(clients.store, clients.clock),
    earlyResearch: earlyResearchTake(clients),
    searchRoutes: clients.searchRoutes,
    pages: clients.pages,
    copySafety: copySafetyService(clients),
  }),
) =>
  createStageService({
    clock: clients.clock,
    agents,
    runs: runRepository(clients),
    sessions: sessionRepository(clients),
    events: eventRepository(clients),
    streams: streamService(clients),
    failures: runFailureService(clients),
    model: clients.model,
    machine: clients.machine,
    durations: durationRepository(clients),
    spend: spendService(clients),
  })
