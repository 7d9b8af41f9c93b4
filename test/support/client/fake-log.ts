import { eventId, type StudioEvent } from '../../../shared/contracts/events.ts'
import type { FakeClock } from './fake-clock.ts'

export const sessionId = 'sess_00000000000000000000000000'

/** What becomes of a request. */
export type Fate =
  | 'answered'
  /** It never arrives. */
  | 'unreachable'
  /** It is served, and its answer is lost. */
  | 'lost'
  /** Nothing comes back, and nothing says so. */
  | 'hangs'
  | 'limited'
  /** Asked to stay away for a hundred days. */
  | 'awayForMonths'
  | 'unavailable'
  | 'unauthorized'
/** What becomes of a socket that is opened. */
export type SocketFate = 'opens' | 'refused' | 'hangs'
/** What becomes of one frame from the server, or of one piece of a stream. */
export type FrameFate = 'once' | 'dropped' | 'twice' | 'late' | 'cut' | 'half-open'

export interface Fates {
  request(path: string): Fate
  socket(): SocketFate
  frame(): FrameFate
}

/** One session's log, and what watches it. */
export const createFakeLog = (clock: FakeClock) => {
  const events: StudioEvent[] = []
  const watchers = new Set<(event: StudioEvent) => void>()
  return {
    events,
    watchers,
    append(count = 1): void {
      for (let each = 0; each < count; each += 1) {
        const seq = events.length + 1
        const event: StudioEvent = {
          ...{ event_id: eventId(seq), seq, session_id: sessionId, type: 'planner.delta' },
          created_at: new Date(clock.now()).toISOString(),
          data: { text: `말 ${seq}`, turn: 1, try: 1 },
        }
        events.push(event)
        for (const watch of [...watchers]) watch(event)
      }
    },
    /** Resolves with the next event, or when the time is up. */
    news(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
      return new Promise((resolve) => {
        const done = (): void => {
          cancel()
          watchers.delete(done)
          resolve()
        }
        const cancel = clock.after(milliseconds, done)
        watchers.add(done)
        signal?.addEventListener('abort', done)
      })
    },
  }
}
export type FakeLog = ReturnType<typeof createFakeLog>
