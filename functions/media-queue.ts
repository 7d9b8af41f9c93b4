/** The client of queues is large, and few requests send a message. */
export const mediaQueue = async () => (await import('../shared/clients/queue.ts')).mediaQueue()
