import type { Once } from '../../../shared/clients/idempotency.ts'
import type { StateMachine } from '../../../shared/clients/state-machine.ts'
import type { StageName } from '../../../shared/contracts/agents.ts'
import { createChatMessageRepository } from '../../../shared/repositories/chat-message-repository.ts'
import { createConnectionRepository } from '../../../shared/repositories/connection-repository.ts'
import { createEventRepository } from '../../../shared/repositories/event-repository.ts'
import { createJobRepository } from '../../../shared/repositories/job-repository.ts'
import { createRunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../../../shared/repositories/session-repository.ts'
import { createStageDurationRepository } from '../../../shared/repositories/stage-duration-repository.ts'
import { createStreamService } from '../../../shared/services/log/stream-service.ts'
import { createRunFailureService } from '../../../shared/services/runs/run-failure-service.ts'
import { createRunRecoveryService } from '../../../shared/services/runs/run-recovery-service.ts'
import { createRunService } from '../../../shared/services/runs/run-service.ts'
import { createStageService } from '../../../shared/services/runs/stage-service.ts'
import { createSessionService } from '../../../shared/services/sessions/session-service.ts'
import { createTurnCommit } from '../../../shared/services/turns/turn-commit.ts'
import { createTurnRecoveryService } from '../../../shared/services/turns/turn-recovery-service.ts'
import { createTurnService } from '../../../shared/services/turns/turn-service.ts'
import {
  createSimulatedAgents,
  createSimulatedModel,
  type ModelOutcome,
} from './simulated-agents.ts'
import type { SimulatedProcess } from './simulation.ts'

export interface ServiceOptions {
  machine: StateMachine
  /** What the model makes of its next call. */
  outcome: () => ModelOutcome
  /** The same for the planner alone. */
  turnOutcome?: (() => ModelOutcome) | undefined
  /** Awaited before a stage's model answers. */
  before?: ((stage: StageName) => Promise<void>) | undefined
  onTurnCall?: () => void
  /** Serves messages that name themselves; every time when not given. */
  once?: Once
  onStageCall?: (stage: StageName, attempt: number) => void
}

/** The product's services and repositories in one process of a simulation. */
export const servicesOn = (
  { store, clock, turn }: SimulatedProcess,
  {
    machine,
    outcome,
    turnOutcome = outcome,
    onTurnCall,
    onStageCall,
    before,
    once = (_, serve) => serve(),
  }: ServiceOptions,
) => {
  const sessions = createSessionRepository(store, clock)
  const messages = createChatMessageRepository(store, clock)
  const events = createEventRepository(store, clock)
  const connections = createConnectionRepository(store, clock)
  const runs = createRunOutputRepository(store, clock)
  const jobs = createJobRepository(store, clock)
  const durations = createStageDurationRepository(store)
  const sockets = { post: async () => 'sent' as const }
  const streams = createStreamService({ events, connections, sockets })
  const failures = createRunFailureService({ runs, sessions, events, streams })
  const model = createSimulatedModel(turn, turnOutcome, onTurnCall)
  return {
    sessions,
    runs,
    events,
    failures,
    conversations: createSessionService({ clock, sessions, messages, events, runs, connections }),
    turns: createTurnService({
      clock,
      model,
      sessions,
      messages,
      events,
      streams,
      once,
    }),
    turnRecovery: createTurnRecoveryService({
      clock,
      sessions,
      streams,
      commit: createTurnCommit({ clock, sessions, messages }),
    }),
    launches: createRunService({
      clock,
      sessions,
      runs,
      jobs,
      durations,
      events,
      streams,
      machine,
    }),
    recovery: createRunRecoveryService({ clock, runs, machine, failures }),
    stages: createStageService({
      clock,
      agents: createSimulatedAgents(turn, runs, outcome, onStageCall, before),
      runs,
      sessions,
      streams,
      failures,
      machine,
      durations,
    }),
  }
}
