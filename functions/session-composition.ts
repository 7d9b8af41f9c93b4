import { store } from '../shared/clients/store.ts'
import { systemClock as clock } from '../shared/platform/clock.ts'
import { createHandoffRepository } from '../shared/repositories/handoff-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createBriefService } from '../shared/services/sessions/brief-service.ts'
import { createHandoffService } from '../shared/services/sessions/handoff-service.ts'
import { mintsTokens } from '../shared/services/sessions/principal-service.ts'
import { limitService, streamService } from './composition.ts'

export const briefService = () =>
  createBriefService({
    limits: limitService(),
    sessions: createSessionRepository(store(), clock),
    streams: streamService(),
  })

export const handoffService = () =>
  createHandoffService({
    clock,
    limits: limitService(),
    sessions: createSessionRepository(store(), clock),
    handoffs: createHandoffRepository(store(), clock),
    mintsTokens,
  })
