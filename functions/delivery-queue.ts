/** The client of queues is large, and few requests send a message. */
export const deliveryQueue = async () =>
  (await import('../shared/clients/queue.ts')).deliveryQueue()
