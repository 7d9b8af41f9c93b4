import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import type { RoundPlan } from './rounds.ts'
import type { Row } from './statistics.ts'

/** A run of the benchmark, as it is kept. */
export interface Results {
  /** When it began. */
  date: string
  node: string
  machine: { processor: string; cores: number; gigabytes: number }
  /** Of one minute, when it began and when it ended; the benchmark's own work is in the second. */
  load: { before: number; after: number }
  /** Empty outside of a checkout. */
  commit: string
  quick: boolean
  plan: RoundPlan
  seconds: number
  rows: (Row & { part: string })[]
  /** Parts that could not be measured. */
  failures: { part: string; error: string }[]
}

/** What git leaves alone. */
export const studioFolder =
  process.env.LAUNCH_STUDIO_DATA ?? join(import.meta.dirname, '..', '.launch-studio')

const commitOfCheckout = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

/** What is known when a run begins. */
export const beginResults = (quick: boolean, plan: RoundPlan): Results => ({
  date: new Date().toISOString(),
  node: process.version,
  machine: {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    gigabytes: Math.round(totalmem() / 2 ** 30),
  },
  load: { before: loadavg()[0] ?? 0, after: 0 },
  commit: commitOfCheckout(),
  quick,
  plan,
  seconds: 0,
  rows: [],
  failures: [],
})

/**
 * Keeps a run in a file of its own, and in a second one if that is asked for.
 * @param kind names the file beside the time
 * @returns the path of the run's own file
 */
export const keepResults = (results: Results, kind: string, save?: string): string => {
  const own = join(studioFolder, 'bench', `${kind}-${results.date.replaceAll(':', '-')}.json`)
  for (const path of save === undefined ? [own] : [own, save]) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
  }
  return own
}
