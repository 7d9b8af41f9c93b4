import { createEarlyResearchRequest } from '../shared/services/early-research/early-research-request.ts'
import type { Clients } from './clients.ts'

/** The client of queues is large, and a session asks once or twice. */
const earlyResearchQueue = async () =>
  (await import('../shared/clients/queue.ts')).earlyResearchQueue()

export const earlyResearchRequest = ({
  earlyResearches = earlyResearchQueue,
}: Pick<Clients, 'earlyResearches'> = {}) => createEarlyResearchRequest(earlyResearches)
