import { createRunService } from '../shared/services/runs/run-service.ts'
import type { Runs } from './clients.ts'
import { limitService, runLimits } from './limit-composition.ts'
import { streamService } from './log-composition.ts'
import {
  durationRepository,
  eventRepository,
  jobRepository,
  runRepository,
  sessionRepository,
  spendRepository,
} from './repositories.ts'
import { runs } from './run-clients.ts'
import { spendService } from './spend-composition.ts'

export const runService = (clients: Runs = runs()) =>
  createRunService({
    clock: clients.clock,
    limits: limitService(clients),
    runLimits: runLimits(clients),
    jobs: jobRepository(clients),
    durations: durationRepository(clients),
    sessions: sessionRepository(clients),
    runs: runRepository(clients),
    events: eventRepository(clients),
    streams: streamService(clients),
    machine: clients.machine,
    spends: spendRepository(clients),
    spend: spendService(clients),
  })
