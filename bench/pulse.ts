import { readFileSync } from 'node:fs'
import { now } from './clock.ts'

/** Milliseconds between two beats. */
const beatMs = 10
/** Timers are late by some milliseconds on any machine. */
const usualMs = 15
/** Linux counts processor time in hundredths of a second. */
const tickMs = 10

/**
 * Milliseconds for which the host has given the processors of this machine to others while they had work, since it
 * was started (proc(5), `steal`); 0 where that is not told.
 */
const stolenMs = (): number => {
  try {
    const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/) ?? []
    return Number(ticks[7] ?? 0) * tickMs
  } catch {
    return 0
  }
}

interface Beat {
  from: number
  to: number
  /** Milliseconds between them that were not ours. */
  lost: number
}

/** Notes when the machine was at other work: this process stood still, or a processor was taken away. */
export interface Pulse extends Disposable {
  /** Milliseconds that were lost between two times of `now`. */
  lostBetween(from: number, to: number): number
}

export const openPulse = (): Pulse => {
  const losses: Beat[] = []
  let last = { at: now(), stolen: stolenMs() }
  const beat = (): void => {
    const next = { at: now(), stolen: stolenMs() }
    const late = next.at - last.at - beatMs
    const lost = Math.max(late > usualMs ? late : 0, next.stolen - last.stolen)
    if (lost > 0) losses.push({ from: last.at, to: next.at, lost })
    last = next
  }
  const timer = setInterval(beat, beatMs)
  return {
    lostBetween(from, to) {
      const within = losses.filter((beat) => beat.from < to && beat.to > from)
      return within.reduce((sum, { lost }) => sum + lost, 0)
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
