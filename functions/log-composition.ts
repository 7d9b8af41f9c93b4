import { sockets } from '../shared/clients/sockets.ts'
import { createStreamService } from '../shared/services/log/stream-service.ts'
import { type Log, table } from './clients.ts'
import { connectionRepository, eventRepository } from './repositories.ts'

// The client of queues is large, and a stage has an end to send at its own alone.
export const endQueue = async () => (await import('../shared/clients/queue.ts')).endQueue()

export const log = (): Log => ({ ...table(), sockets })

export const streamService = (clients: Log = log()) =>
  createStreamService({
    clock: clients.clock,
    events: eventRepository(clients),
    connections: connectionRepository(clients),
    sockets: clients.sockets,
    ends: clients.ends ?? endQueue,
  })
