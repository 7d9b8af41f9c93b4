import {
  type Clients,
  runFailureService,
  runRecoveryService,
  runService,
  sessionService,
  stageService,
  transcriptionService,
  turnRecoveryService,
  turnService,
  voiceTurnService,
} from '../../../functions/composition.ts'
import type { Once } from '../../../shared/clients/idempotency.ts'
import type { StateMachine } from '../../../shared/clients/state-machine.ts'
import type { StageName } from '../../../shared/contracts/agents.ts'
import { createEventRepository } from '../../../shared/repositories/event-repository.ts'
import { createRunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../../../shared/repositories/session-repository.ts'
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
  /** Clients of voice turns; needed by what takes them. */
  voice?: Pick<Clients, 'media' | 'transcriber' | 'inspectAudio'>
}

const noVoice = (): Promise<never> => Promise.reject(new Error('No voice turn is simulated.'))

/** The product, composed as it deploys, in one process of a simulation. */
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
    voice = { media: noVoice, transcriber: noVoice, inspectAudio: noVoice },
  }: ServiceOptions,
) => {
  const sockets = { post: async () => 'sent' as const }
  const model = createSimulatedModel(turn, turnOutcome, onTurnCall)
  const clients: Clients = { store, clock, sockets, machine, model, once, stage: 'test', ...voice }
  const runs = createRunOutputRepository(store, clock)
  return {
    sessions: createSessionRepository(store, clock),
    runs,
    events: createEventRepository(store, clock),
    failures: runFailureService(clients),
    conversations: sessionService(clients),
    turns: turnService(clients),
    turnRecovery: turnRecoveryService(clients),
    launches: runService(clients),
    recovery: runRecoveryService(clients),
    stages: stageService(clients, createSimulatedAgents(turn, runs, outcome, onStageCall, before)),
    voices: voiceTurnService(clients),
    transcriptions: transcriptionService(clients),
  }
}
