import { readFileSync } from 'node:fs'
import type { Act } from './points.ts'

/** Probabilities, for each call that a function makes. */
export interface Rates {
  /** The thread ends before the call is made. */
  killBefore?: number
  /** The thread ends when the call has taken effect and before its answer is seen. */
  killAfter?: number
  /** The call takes effect, and the connection breaks before its answer. */
  loseAnswer?: number
  /** The call is not made, and throws what no code foresees. */
  mistakeBefore?: number
  /** The call takes effect, and throws the same in the place of its answer. */
  mistakeAfter?: number
  /** The thread stands still, its timers too, and then goes on as if nothing had been. */
  freeze?: number
}

/** One line that the hook writes. */
export type HookRecord =
  | {
      record: 'fault'
      at: number
      /** The function's. */
      name: string
      fault: string
      point: string
      run: string | undefined
    }
  | ({ record: 'act'; at: number; name: string } & Act)

export interface HookSettings {
  seed: string
  /** The file that takes the records. */
  file: string
  /** By function, or by function and the beginning of a point: `HttpRuns states.StartExecution`. */
  rates: Record<string, Rates>
  freezeMs: number
}

export const hookUrl = new URL('./fault-hook.ts', import.meta.url).href

/** The environment in which the hook finds its settings. */
export const hookEnvironment = ({ seed, file, rates, freezeMs }: HookSettings) => ({
  CHAOS_SEED: seed,
  CHAOS_RECORD: file,
  CHAOS_RATES: JSON.stringify(rates),
  CHAOS_FREEZE_MS: String(freezeMs),
})

export const readRecords = (file: string): HookRecord[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): HookRecord => JSON.parse(line))
