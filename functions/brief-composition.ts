import { store } from '../shared/clients/store.ts'
import { systemClock as clock } from '../shared/platform/clock.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createBriefService } from '../shared/services/sessions/brief-service.ts'
import { limitService, streamService } from './composition.ts'

export const briefService = () =>
  createBriefService({
    limits: limitService(),
    sessions: createSessionRepository(store(), clock),
    streams: streamService(),
  })
