import type { Clients } from '../../../functions/clients.ts'
import {
  runFailureService,
  runRecoveryService,
  turnRecoveryService,
} from '../../../functions/recovery-composition.ts'
import { runService } from '../../../functions/run-composition.ts'
import { sessionService } from '../../../functions/session-composition.ts'
import { stageService } from '../../../functions/stage-composition.ts'
import { turnService } from '../../../functions/turn-composition.ts'
import { transcriptionService, voiceTurnService } from '../../../functions/voice-composition.ts'
import type { Once } from '../../../shared/clients/idempotency.ts'
import type { StateMachine } from '../../../shared/clients/state-machine.ts'
import type { Positioning, StageName } from '../../../shared/contracts/agents.ts'
import type { Clock } from '../../../shared/platform/clock.ts'
import { createEventRepository } from '../../../shared/repositories/event-repository.ts'
import { createRunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../../../shared/repositories/session-repository.ts'
import { noLimits } from '../../../shared/rules/limits.ts'
import type { MemoryTable } from './memory-table.ts'
import {
  createSimulatedAgents,
  createSimulatedModel,
  type ModelOutcome,
} from './simulated-agents.ts'
import { createSimulatedStore } from './simulated-store.ts'
import type { SimulatedProcess } from './simulation.ts'

export interface ServiceOptions {
  machine: StateMachine
  /** What the model makes of its next call. */
  outcome: () => ModelOutcome
  /** The same for the planner alone. */
  turnOutcome?: (() => ModelOutcome) | undefined
  /** Awaited before a stage's model answers. */
  before?: ((stage: StageName) => Promise<void>) | undefined
  /** Whether creative begins voice ahead. */
  beginsVoice?: (() => boolean) | undefined
  /** The positioning of which strategy tells before its answer is complete. */
  positioning?: (() => Positioning | undefined) | undefined
  onTurnCall?: () => void
  /** Called when the model is prepared for a call. */
  onPrepare?: () => void
  /** Serves messages that name themselves; every time when not given. */
  once?: Once
  onStageCall?: (stage: StageName, attempt: number) => void
  /** Called when the answer of a stage's call may be taken. */
  onStageBegun?: (stage: StageName, attempt: number) => void
  /** Clients of voice turns; needed by what takes them. */
  voice?: Pick<Clients, 'media' | 'transcriber' | 'inspectAudio'>
}

const unused = (): Promise<never> => Promise.reject(new Error('This client is not simulated.'))

/** Clients for the product's composition; those that are not given must not be met. */
export const clientsOn = (given: Pick<Clients, 'store' | 'clock'> & Partial<Clients>): Clients => ({
  // What a simulation does in a moment is more than a caller may.
  limits: noLimits,
  sockets: { post: async () => 'sent', close: async () => {} },
  machine: {
    start: unused,
    stop: unused,
    describe: unused,
    succeed: unused,
    fail: unused,
    heartbeat: unused,
  },
  model: { stream: unused },
  searchRoutes: unused,
  pages: { read: unused },
  once: (_, serve) => serve(),
  media: unused,
  transcriber: unused,
  inspectAudio: unused,
  ends: async () => ({ send: async () => {} }),
  earlyResearches: async () => ({ send: async () => {} }),
  stage: 'test',
  ...given,
})

/** A process outside of any simulation: nothing is lost, and nothing waits for its turn. */
export const processOn = (table: MemoryTable, clock: Clock): SimulatedProcess => ({
  clock,
  store: createSimulatedStore(table, clock),
  turn: async () => {},
  kill: () => {},
  killed: new Promise<void>(() => {}),
})

/** The product, composed as it deploys, in one process of a simulation. */
export const servicesOn = (
  { store, clock, turn }: SimulatedProcess,
  {
    machine,
    outcome,
    turnOutcome = outcome,
    onTurnCall,
    onPrepare,
    onStageCall,
    onStageBegun,
    before,
    beginsVoice,
    positioning,
    once,
    voice,
  }: ServiceOptions,
) => {
  const clients = clientsOn({
    store,
    clock,
    machine,
    model: {
      ...createSimulatedModel(turn, turnOutcome, onTurnCall),
      ...(onPrepare ? { prepare: onPrepare } : {}),
    },
    ...(once ? { once } : {}),
    ...voice,
  })
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
    stages: stageService(
      clients,
      createSimulatedAgents({
        turn,
        clock,
        runs,
        outcome,
        onCall: onStageCall,
        onBegun: onStageBegun,
        before,
        beginsVoice,
        positioning,
      }),
    ),
    voices: voiceTurnService(clients),
    transcriptions: transcriptionService(clients),
  }
}
