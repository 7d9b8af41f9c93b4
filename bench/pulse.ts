import { readFileSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { now } from './clock.ts'

/** Milliseconds between two beats. */
const beatMs = 10
/** Timers and disks are late by some milliseconds on any machine. */
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

/** Times of `now` between which something was not ours, and for how many milliseconds. */
interface Loss {
  from: number
  to: number
  lost: number
}

const lostOf = (losses: readonly Loss[], from: number, to: number): number =>
  losses
    .map((loss) => Math.min(loss.lost, Math.min(loss.to, to) - Math.max(loss.from, from)))
    .reduce((sum, lost) => sum + Math.max(0, lost), 0)

/** Of the processors: this process stood still, or one was taken away. */
const watchProcessors = (losses: Loss[]): (() => void) => {
  let last = { at: now(), stolen: stolenMs() }
  const beat = (): void => {
    const next = { at: now(), stolen: stolenMs() }
    const late = next.at - last.at - beatMs
    const lost = Math.max(late > usualMs ? late : 0, next.stolen - last.stolen)
    if (lost > 0) losses.push({ from: last.at, to: next.at, lost })
    last = next
  }
  const timer = setInterval(beat, beatMs)
  return () => clearInterval(timer)
}

/** Of the disk that the table engine writes to: a page that is to be kept took long. */
const watchDisk = async (losses: Loss[], signal: AbortSignal): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-pulse-'))
  const file = await open(join(folder, 'page'), 'w')
  try {
    const page = Buffer.alloc(4096)
    while (!signal.aborted) {
      const from = now()
      await file.write(page, 0, page.length, 0)
      await file.datasync()
      const to = now()
      if (to - from > usualMs) losses.push({ from, to, lost: to - from })
      await pause(beatMs)
    }
  } finally {
    await file.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Notes when the machine was at other work. */
export interface Pulse extends AsyncDisposable {
  /** Milliseconds between two times of `now` that its processors or its disk lost, whichever is more. */
  lostBetween(from: number, to: number): number
}

export const openPulse = (): Pulse => {
  const [processors, disk]: [Loss[], Loss[]] = [[], []]
  const end = new AbortController()
  const stopProcessors = watchProcessors(processors)
  const watching = watchDisk(disk, end.signal)
  // Its failure is met at the end; until then it must not go unhandled.
  watching.catch(() => {})
  return {
    lostBetween: (from, to) => Math.max(lostOf(processors, from, to), lostOf(disk, from, to)),
    async [Symbol.asyncDispose]() {
      stopProcessors()
      end.abort()
      await watching
    },
  }
}
