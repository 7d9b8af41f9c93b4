import { unlessAborted } from '../../platform/abort.ts'

/** Keeps the number of requests at a time within limits, in all and per host; first come, first served. */
export interface RequestSlots {
  /** Runs the work as soon as there is room. Rejects with the signal's reason while it waits. */
  within<T>(host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

export const createRequestSlots = (limit: {
  maxRequests: number
  maxRequestsPerHost: number
}): RequestSlots => {
  const running = new Map<string, number>()
  let waiting: { host: string; enter: () => void }[] = []

  const hasRoom = (host: string): boolean =>
    [...running.values()].reduce((sum, count) => sum + count, 0) < limit.maxRequests &&
    (running.get(host) ?? 0) < limit.maxRequestsPerHost
  const take = (host: string): void => void running.set(host, (running.get(host) ?? 0) + 1)
  const leave = (host: string): void => {
    const left = (running.get(host) ?? 0) - 1
    if (left > 0) running.set(host, left)
    else running.delete(host)
    const next = waiting.find((other) => hasRoom(other.host))
    if (next === undefined) return
    waiting = waiting.filter((other) => other !== next)
    take(next.host)
    next.enter()
  }

  const enter = async (host: string, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted()
    if (hasRoom(host)) return take(host)
    const { promise, resolve } = Promise.withResolvers<void>()
    const place = { host, enter: resolve }
    waiting.push(place)
    try {
      await unlessAborted(promise, signal)
    } catch (error) {
      // Room that was given just now goes to the next one.
      if (waiting.includes(place)) waiting = waiting.filter((other) => other !== place)
      else leave(host)
      throw error
    }
  }

  return {
    async within(host, signal, work) {
      await enter(host, signal)
      try {
        return await work()
      } finally {
        leave(host)
      }
    },
  }
}
