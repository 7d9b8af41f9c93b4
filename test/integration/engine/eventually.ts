import { vi } from 'vitest'
import { limit } from '../../support/limits/machine-speed.ts'

/** Waits until a check no longer throws; generously, for a machine with other work. */
export const eventually = async <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  await vi.waitFor(check, { timeout: limit(30_000), interval: 30 })

/** A JSON answer, whose fields the test compares. */
// biome-ignore lint/suspicious/noExplicitAny: an answer of unknown shape is what is tested
export const jsonOf = async (response: Response | Promise<Response>): Promise<any> =>
  await (await response).json()
