import type { EventStream } from '../../shared/client/index.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'

export interface LogFollower {
  /** Everything that arrived so far, each event once, in the log's order. */
  events(): readonly StudioEvent[]
  /**
   * Resolves with the first event that fits, among those that arrived or are still to come.
   * Rejects when the stream ends or the signal aborts.
   */
  until(fits: (event: StudioEvent) => boolean): Promise<StudioEvent>
}

/**
 * Keeps what a session's stream brings, for whatever waits for it.
 * @param onEvent called with each event once, in order
 */
export const followLog = (
  stream: EventStream,
  onEvent: (event: StudioEvent) => void,
  signal: AbortSignal,
): LogFollower => {
  const log: StudioEvent[] = []
  let changed = Promise.withResolvers<void>()
  const { promise: ended, reject: end } = Promise.withResolvers<never>()
  // `until` rejects with it; when nothing waits, it is not unhandled.
  ended.catch(() => {})
  signal.addEventListener('abort', () => end(signal.reason), { once: true })
  void stream.ended.then((problem) => end(problem ?? new Error('The stream was closed.')))
  stream.on((event) => {
    log.push(event)
    onEvent(event)
    changed.resolve()
    changed = Promise.withResolvers()
  })
  return {
    events: () => log,
    async until(fits) {
      for (;;) {
        const found = log.find(fits)
        if (found) return found
        await Promise.race([changed.promise, ended])
      }
    },
  }
}
