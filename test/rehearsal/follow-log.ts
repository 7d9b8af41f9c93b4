import { StudioEvent } from '../../shared/contracts/events.ts'
import { ReplayFrame } from '../../shared/contracts/socket.ts'
import type { Socket } from '../support/studio/client.ts'
import { createLogAssembler, type LogAssembler } from '../support/studio/log-assembler.ts'

/** Milliseconds between two questions whether a push got lost. */
const resumeEveryMs = 2000

export interface LogFollower {
  /** Everything that arrived so far, each event once, in the log's order. */
  events(): readonly StudioEvent[]
  /**
   * Resolves with the first event that fits, among those that arrived or are still to come.
   * Rejects when the socket ends or the signal aborts.
   */
  until(fits: (event: StudioEvent) => boolean): Promise<StudioEvent>
}

const takeFrame = (assembler: LogAssembler, frame: Record<string, unknown>): void => {
  if (frame.type === 'rejected') throw new Error(`The socket refused: ${JSON.stringify(frame)}`)
  if (frame.type === 'replay') {
    const { events, next_after } = ReplayFrame.parse(frame)
    assembler.takeReplay({ events: events as StudioEvent[], next_after })
  } else if (typeof frame.seq === 'number') {
    assembler.take(StudioEvent.parse(frame) as StudioEvent)
  }
}

/**
 * Follows a session's log over a socket as a client should: asks for what there is, drops what it
 * has seen, and asks again when a number is missing.
 * @param onEvent called with each event once, in order
 */
export const followLog = (
  socket: Socket,
  onEvent: (event: StudioEvent) => void,
  signal: AbortSignal,
): LogFollower => {
  const assembler = createLogAssembler((after_seq) => socket.send({ action: 'resume', after_seq }))
  let changed = Promise.withResolvers<void>()
  const { promise: ended, reject: end } = Promise.withResolvers<never>()
  // `until` rejects with it; when nothing waits, it is not unhandled.
  ended.catch(() => {})
  signal.addEventListener('abort', () => end(signal.reason), { once: true })

  const listen = async (): Promise<void> => {
    for (let read = 0, delivered = 0; ; ) {
      await socket.until(() => socket.frames.length > read)
      const frames = socket.frames.slice(read)
      read += frames.length
      for (const frame of frames) takeFrame(assembler, frame)
      for (const event of assembler.events().slice(delivered)) onEvent(event)
      delivered = assembler.events().length
      changed.resolve()
      changed = Promise.withResolvers()
    }
  }
  listen().catch(end)
  assembler.ask()
  const asking = setInterval(assembler.ask, resumeEveryMs)
  ended.catch(() => clearInterval(asking))

  return {
    events: assembler.events,
    async until(fits) {
      for (;;) {
        const found = assembler.events().find(fits)
        if (found) return found
        await Promise.race([changed.promise, ended])
      }
    },
  }
}
