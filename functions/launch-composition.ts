import { createLaunchService } from '../shared/services/launches/launch-service.ts'
import type { Runs, Turns } from './clients.ts'
import { streamService } from './log-composition.ts'
import { runRepository, sessionRepository } from './repositories.ts'
import { runs } from './run-clients.ts'
import { runService } from './run-composition.ts'
import { sessionService } from './session-composition.ts'
import { turnService, turns } from './turn-composition.ts'

/** A launch begins its run as soon as the brief is whole: there is nothing to begin ahead of it. */
const noEarlyResearch = { consider: async () => {} }

export const launchService = (clients: Turns & Runs = { ...turns(), ...runs() }) =>
  createLaunchService({
    clock: clients.clock,
    sessions: sessionService(clients),
    access: sessionRepository(clients),
    turns: turnService(clients, noEarlyResearch),
    runService: runService(clients),
    runs: runRepository(clients),
    streams: streamService(clients),
  })
