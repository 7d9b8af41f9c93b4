import { now } from './clock.ts'

/** Milliseconds between two beats. */
const beatMs = 5
/** Timers are late by some milliseconds on any machine. */
const usualMs = 15

/** Notes when the process that measures stood still itself, since its machine was at other work. */
export interface Pulse extends Disposable {
  /** Milliseconds between two times of `now` for which it stood still. */
  stillBetween(from: number, to: number): number
}

export const openPulse = (): Pulse => {
  const pauses: { from: number; to: number }[] = []
  let last = now()
  const beat = (): void => {
    const at = now()
    if (at - last > beatMs + usualMs) pauses.push({ from: last, to: at })
    last = at
  }
  const timer = setInterval(beat, beatMs)
  return {
    stillBetween(from, to) {
      const within = pauses.map((pause) => Math.min(pause.to, to) - Math.max(pause.from, from))
      return within.reduce((sum, each) => sum + Math.max(0, each), 0)
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
