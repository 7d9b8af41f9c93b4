import { createLocaleService } from '../shared/services/sessions/locale-service.ts'
import { type Table, table } from './clients.ts'
import { jobRepository, runRepository, sessionRepository } from './repositories.ts'

/** The language of what a request is about, for the problems that it is answered with. */
export const localeOf = (clients: Table = table()) =>
  createLocaleService({
    sessions: sessionRepository(clients),
    runs: runRepository(clients),
    jobs: jobRepository(clients),
  })
