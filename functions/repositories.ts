import { createChatMessageRepository } from '../shared/repositories/chat-message-repository.ts'
import { createConnectionRepository } from '../shared/repositories/connection-repository.ts'
import { createEarlySearchRepository } from '../shared/repositories/early-search-repository.ts'
import { createEventRepository } from '../shared/repositories/event-repository.ts'
import { createJobRepository } from '../shared/repositories/job-repository.ts'
import { createRunOutputRepository } from '../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createSpendRepository } from '../shared/repositories/spend-repository.ts'
import { createStageDurationRepository } from '../shared/repositories/stage-duration-repository.ts'
import { type Table, table } from './clients.ts'

export const sessionRepository = ({ store, clock }: Table) => createSessionRepository(store, clock)
export const messageRepository = ({ store, clock }: Table) =>
  createChatMessageRepository(store, clock)
export const eventRepository = ({ store, clock }: Table) => createEventRepository(store, clock)
export const runRepository = ({ store, clock }: Table) => createRunOutputRepository(store, clock)
export const earlySearchRepository = ({ store, clock }: Table) =>
  createEarlySearchRepository(store, clock)
export const jobRepository = ({ store, clock }: Table) => createJobRepository(store, clock)
export const durationRepository = ({ store, clock }: Table) =>
  createStageDurationRepository(store, clock)
export const spendRepository = ({ store }: Table) => createSpendRepository(store)
export const connectionRepository = ({ store, clock }: Table = table()) =>
  createConnectionRepository(store, clock)
