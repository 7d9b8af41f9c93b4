import { speaker } from '../shared/clients/speech/select-speaker.ts'
import { store } from '../shared/clients/store.ts'
import { systemClock as clock } from '../shared/platform/clock.ts'
import { createChatMessageRepository } from '../shared/repositories/chat-message-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createSpendRepository } from '../shared/repositories/spend-repository.ts'
import { createSpeechService } from '../shared/services/speech/speech-service.ts'
import { createSpendService } from '../shared/services/spend/spend-service.ts'
import { limitService } from './limit-composition.ts'
import { media } from './media-client.ts'

/**
 * Apart from the rest of the composition: a module imported there would be loaded at the start of every
 * function that should load it late.
 */
export const speechService = () =>
  createSpeechService({
    clock,
    limits: limitService(),
    sessions: createSessionRepository(store(), clock),
    messages: createChatMessageRepository(store(), clock),
    media,
    speaker,
    spend: createSpendService({ clock, spends: createSpendRepository(store()) }),
  })
