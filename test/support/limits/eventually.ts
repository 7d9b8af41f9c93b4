import { vi } from 'vitest'
import { limit } from './machine-speed.ts'

/** Waits until a check no longer throws, where no event announces that. */
export const eventually = <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(check, { timeout: limit(20_000), interval: 30 })
