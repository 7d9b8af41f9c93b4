import { table } from '../functions/clients.ts'
import { stateMachine } from '../shared/clients/state-machine.ts'
import { createChatMessageRepository } from '../shared/repositories/chat-message-repository.ts'
import { createEventRepository } from '../shared/repositories/event-repository.ts'
import { createJobRepository } from '../shared/repositories/job-repository.ts'
import {
  createMediaAssetRepository,
  createRunExportRepository,
} from '../shared/repositories/media-asset-repository.ts'
import { createRunOutputRepository } from '../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createSpendRepository } from '../shared/repositories/spend-repository.ts'
import { createVoiceTurnRepository } from '../shared/repositories/voice-turn-repository.ts'

/** The product's own repositories and state machine, over the environment that `openStudio` set. */
export const repositories = () => {
  const { store, clock } = table()
  return {
    clock,
    machine: stateMachine,
    messages: createChatMessageRepository(store, clock),
    events: createEventRepository(store, clock),
    jobs: createJobRepository(store, clock),
    assets: createMediaAssetRepository(store, clock),
    exports: createRunExportRepository(store, clock),
    runs: createRunOutputRepository(store, clock),
    sessions: createSessionRepository(store, clock),
    spends: createSpendRepository(store),
    voiceTurns: createVoiceTurnRepository(store, clock),
  }
}

export type Repositories = ReturnType<typeof repositories>
