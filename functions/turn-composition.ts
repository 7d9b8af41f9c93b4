import { once } from '../shared/clients/idempotency.ts'
import { model } from '../shared/clients/openai/model.ts'
import { createTurnService } from '../shared/services/turns/turn-service.ts'
import { limited, type Turns } from './clients.ts'
import { earlyResearchRequest } from './early-research-request.ts'
import { limitService } from './limit-composition.ts'
import { log, streamService } from './log-composition.ts'
import { eventRepository, messageRepository, sessionRepository } from './repositories.ts'
import { spendService } from './spend-composition.ts'

export const turns = (): Turns => ({ ...log(), ...limited(), model, once })

export const turnService = (
  clients: Turns = turns(),
  earlyResearch = earlyResearchRequest(clients),
) =>
  createTurnService({
    clock: clients.clock,
    limits: limitService(clients),
    model: clients.model,
    sessions: sessionRepository(clients),
    messages: messageRepository(clients),
    events: eventRepository(clients),
    streams: streamService(clients),
    spend: spendService(clients),
    earlyResearch,
    once: clients.once,
  })
