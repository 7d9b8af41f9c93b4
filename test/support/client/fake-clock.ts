import type { Clock } from '../../../shared/client/clock.ts'

interface Timer {
  at: number
  call: () => void
}

export interface FakeClock extends Clock {
  /** Lets so much time pass, timer after timer, with everything that follows from each. */
  pass(milliseconds: number): Promise<void>
  /** Lets time pass until this holds; false when it does not within so many milliseconds. */
  passUntil(holds: () => boolean, milliseconds: number): Promise<boolean>
}

/** Everything that is ready now runs: promises, and the streams of the platform, which take several turns. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

export const createFakeClock = (): FakeClock => {
  let now = 1_800_000_000_000
  const timers = new Set<Timer>()
  const nextTimer = (until: number): Timer | undefined => {
    let next: Timer | undefined
    for (const timer of timers)
      if (timer.at <= until && timer.at < (next?.at ?? until + 1)) next = timer
    return next
  }
  const passUntil = async (holds: () => boolean, milliseconds: number): Promise<boolean> => {
    const until = now + milliseconds
    await settle()
    while (!holds()) {
      const next = nextTimer(until)
      if (!next) {
        now = until
        return holds()
      }
      timers.delete(next)
      now = Math.max(now, next.at)
      next.call()
      await settle()
    }
    return true
  }
  return {
    now: () => now,
    after(milliseconds, call) {
      const timer = { at: now + milliseconds, call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    passUntil,
    async pass(milliseconds) {
      await passUntil(() => false, milliseconds)
    },
  }
}
