import { createRunFailureService } from '../shared/services/runs/run-failure-service.ts'
import { createRunRecoveryService } from '../shared/services/runs/run-recovery-service.ts'
import { createTurnCommit } from '../shared/services/turns/turn-commit.ts'
import { createTurnRecoveryService } from '../shared/services/turns/turn-recovery-service.ts'
import type { Log, Runs } from './clients.ts'
import { log, streamService } from './log-composition.ts'
import {
  eventRepository,
  messageRepository,
  runRepository,
  sessionRepository,
} from './repositories.ts'
import { runs } from './run-clients.ts'

export const runFailureService = (clients: Log = log()) =>
  createRunFailureService({
    runs: runRepository(clients),
    sessions: sessionRepository(clients),
    events: eventRepository(clients),
    streams: streamService(clients),
  })

export const runRecoveryService = (clients: Runs = runs()) =>
  createRunRecoveryService({
    clock: clients.clock,
    runs: runRepository(clients),
    machine: clients.machine,
    failures: runFailureService(clients),
  })

export const turnRecoveryService = (clients: Log = log()) =>
  createTurnRecoveryService({
    clock: clients.clock,
    sessions: sessionRepository(clients),
    messages: messageRepository(clients),
    streams: streamService(clients),
    commit: createTurnCommit({
      clock: clients.clock,
      sessions: sessionRepository(clients),
      messages: messageRepository(clients),
    }),
  })
