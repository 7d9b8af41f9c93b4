import { createChatMessageRepository } from '../shared/repositories/chat-message-repository.ts'
import { createConnectionRepository } from '../shared/repositories/connection-repository.ts'
import { createErasureRepository } from '../shared/repositories/erasure-repository.ts'
import { createEventRepository } from '../shared/repositories/event-repository.ts'
import { createJobRepository } from '../shared/repositories/job-repository.ts'
import { createLimitRepository } from '../shared/repositories/limit-repository.ts'
import {
  createMediaAssetRepository,
  createRunExportRepository,
} from '../shared/repositories/media-asset-repository.ts'
import { createOpenRunRepository } from '../shared/repositories/open-run-repository.ts'
import { createReaderRepository } from '../shared/repositories/reader-repository.ts'
import { createRunOutputRepository } from '../shared/repositories/run-output-repository.ts'
import { createSearchRepository } from '../shared/repositories/search-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createSpendRepository } from '../shared/repositories/spend-repository.ts'
import { createStageDurationRepository } from '../shared/repositories/stage-duration-repository.ts'
import { createSocketAdmission } from '../shared/services/delivery/socket-admission.ts'
import { createLaunchService } from '../shared/services/launches/launch-service.ts'
import { createLimitService } from '../shared/services/limits/limit-service.ts'
import { createRunLimits } from '../shared/services/limits/run-limits.ts'
import { createStreamService } from '../shared/services/log/stream-service.ts'
import { createJobService } from '../shared/services/runs/job-service.ts'
import { createRunFailureService } from '../shared/services/runs/run-failure-service.ts'
import { createRunRecoveryService } from '../shared/services/runs/run-recovery-service.ts'
import { createRunService } from '../shared/services/runs/run-service.ts'
import { createStageAgents } from '../shared/services/runs/stage-agents.ts'
import { createStageService } from '../shared/services/runs/stage-service.ts'
import { createPictureCopies } from '../shared/services/sessions/brief-reuse.ts'
import { createErasureService } from '../shared/services/sessions/erasure-service.ts'
import { createExportService } from '../shared/services/sessions/export-service.ts'
import { createLocaleService } from '../shared/services/sessions/locale-service.ts'
import { createReaderService } from '../shared/services/sessions/reader-service.ts'
import { createSessionService } from '../shared/services/sessions/session-service.ts'
import { createSpendService } from '../shared/services/spend/spend-service.ts'
import { createUsageService } from '../shared/services/spend/usage-service.ts'
import { createTurnCommit } from '../shared/services/turns/turn-commit.ts'
import { createTurnRecoveryService } from '../shared/services/turns/turn-recovery-service.ts'
import { createTurnService } from '../shared/services/turns/turn-service.ts'
import {
  type Clients,
  endQueue,
  type Limited,
  type Log,
  limited,
  log,
  media,
  type Runs,
  runs,
  type Stages,
  stages,
  type Table,
  type Turns,
  table,
  turns,
} from './clients.ts'
import { copySafetyService } from './safety-composition.ts'

export const sessionRepository = ({ store, clock }: Table) => createSessionRepository(store, clock)
export const messageRepository = ({ store, clock }: Table) =>
  createChatMessageRepository(store, clock)
export const eventRepository = ({ store, clock }: Table) => createEventRepository(store, clock)
const runRepository = ({ store, clock }: Table) => createRunOutputRepository(store, clock)
const jobRepository = ({ store, clock }: Table) => createJobRepository(store, clock)
const durationRepository = ({ store, clock }: Table) => createStageDurationRepository(store, clock)
const spendRepository = ({ store }: Table) => createSpendRepository(store)
export const spendService = (clients: Table) =>
  createSpendService({ clock: clients.clock, spends: spendRepository(clients) })

/** The rates by which callers are limited. */
export const limitService = ({ store, clock, limits }: Limited = limited()) =>
  createLimitService({ clock, limits, counters: createLimitRepository(store, clock) })

const runLimits = ({ store, clock, limits }: Limited) =>
  createRunLimits({
    clock,
    limits,
    openRuns: createOpenRunRepository(store, clock),
    runs: createRunOutputRepository(store, clock),
  })

/**
 * The one place where services meet what they need. Each export is a function that builds on demand,
 * so that a handler's bundle holds only what it calls; over other clients it composes the same
 * product for a test.
 */
export const connectionRepository = ({ store, clock }: Table = table()) =>
  createConnectionRepository(store, clock)

export const streamService = (clients: Log = log()) =>
  createStreamService({
    clock: clients.clock,
    events: eventRepository(clients),
    connections: connectionRepository(clients),
    sockets: clients.sockets,
    ends: clients.ends ?? endQueue,
  })

export const sessionService = (clients: Limited & Partial<Pick<Clients, 'media'>> = limited()) =>
  createSessionService({
    clock: clients.clock,
    limits: limitService(clients),
    sessions: sessionRepository(clients),
    messages: messageRepository(clients),
    events: eventRepository(clients),
    runs: runRepository(clients),
    connections: connectionRepository(clients),
    copyPicture: createPictureCopies(clients.media ?? media),
  })

export const readerService = (clients: Log = log()) =>
  createReaderService({
    sessions: sessionRepository(clients),
    readers: createReaderRepository(clients.store),
    connections: connectionRepository(clients),
    sockets: clients.sockets,
  })

export const socketAdmission = (clients: Table = table()) =>
  createSocketAdmission({
    connections: connectionRepository(clients),
    sessions: sessionRepository(clients),
  })

export const exportService = (clients: Table & Pick<Clients, 'media'> = { ...table(), media }) =>
  createExportService({
    clock: clients.clock,
    sessions: sessionRepository(clients),
    messages: messageRepository(clients),
    events: eventRepository(clients),
    runs: runRepository(clients),
    searches: createSearchRepository(clients.store, clients.clock),
    jobs: jobRepository(clients),
    assets: createMediaAssetRepository(clients.store, clients.clock),
    media: clients.media,
  })

/** The language of what a request is about, for the problems that it is answered with. */
export const localeOf = (clients: Table = table()) =>
  createLocaleService({
    sessions: sessionRepository(clients),
    runs: runRepository(clients),
    jobs: jobRepository(clients),
  })

export const turnService = (clients: Turns = turns()) =>
  createTurnService({
    clock: clients.clock,
    limits: limitService(clients),
    model: clients.model,
    sessions: sessionRepository(clients),
    messages: messageRepository(clients),
    events: eventRepository(clients),
    streams: streamService(clients),
    spend: spendService(clients),
    once: clients.once,
  })

export const usageService = (clients: Table = table()) =>
  createUsageService({ clock: clients.clock, spends: spendRepository(clients) })

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

export const stageService = (
  clients: Stages = stages(),
  agents = createStageAgents({
    limits: limitService(clients),
    model: clients.model,
    clock: clients.clock,
    runs: runRepository(clients),
    searches: createSearchRepository(clients.store, clients.clock),
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
    streams: streamService(clients),
    failures: runFailureService(clients),
    machine: clients.machine,
    durations: durationRepository(clients),
    spend: spendService(clients),
  })

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

export const launchErasure = (clients: Runs & Pick<Clients, 'media'> = { ...runs(), media }) => ({
  runs: runRepository(clients),
  access: sessionRepository(clients),
  erasure: erasureService(clients),
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
