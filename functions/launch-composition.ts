import { createLaunchService } from '../shared/services/launches/launch-service.ts'
import type { Runs, Turns } from './clients.ts'
import { streamService } from './log-composition.ts'
import { runRepository, sessionRepository } from './repositories.ts'
import { runs } from './run-clients.ts'
import { runService } from './run-composition.ts'
import { sessionService } from './session-composition.ts'
import { turnService, turns } from './turn-composition.ts'

export const launchService = (clients: Turns & Runs = { ...turns(), ...runs() }) =>
  createLaunchService({
    clock: clients.clock,
    sessions: sessionService(clients),
    access: sessionRepository(clients),
    turns: turnService(clients),
    runService: runService(clients),
    runs: runRepository(clients),
    streams: streamService(clients),
  })
