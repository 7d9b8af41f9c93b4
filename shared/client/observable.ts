import type { StreamStatus } from './stream/connection.ts'

/** Something that changes, and tells. */
export interface Observable<T> {
  readonly value: T
  /** Calls back with each new value. */
  subscribe(listener: (value: T) => void): () => void
}

/** A listener's mistake is its own: the stream and the other listeners go on. */
export const tellSafely = <T>(listener: (value: T) => void, value: T): void => {
  try {
    listener(value)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

export const createStatus = () => {
  let value: StreamStatus = { state: 'idle', transport: null, problem: null }
  const listeners = new Set<(value: StreamStatus) => void>()
  return {
    set(next: StreamStatus): void {
      const same = next.state === value.state && next.transport === value.transport
      if (same && next.problem === value.problem) return
      value = next
      for (const listener of [...listeners]) tellSafely(listener, next)
    },
    observable: {
      get value() {
        return value
      },
      subscribe(listener: (value: StreamStatus) => void) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    } satisfies Observable<StreamStatus>,
  }
}
