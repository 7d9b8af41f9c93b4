import type { Authored, Provenance } from '../contracts/provenance.ts'

const made = new WeakSet<object>()

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}

/**
 * Seals a model's words with their provenance; neither can be changed afterwards. Only the agent
 * runtime may import this, and a lint rule holds that: it has seen the answer complete.
 */
export const authored = <T>(value: T, provenance: Provenance): Authored<T> => {
  const sealed = Object.freeze({ value: frozen(value), provenance: frozen(provenance) })
  made.add(sealed)
  // The brand exists in the type alone; this is the one place that may claim it.
  return sealed as unknown as Authored<T>
}

/** Whether the agent runtime of this process made it, rather than somebody who built its like. */
export const isAuthored = (candidate: unknown): candidate is Authored<unknown> =>
  typeof candidate === 'object' && candidate !== null && made.has(candidate)

/** Lets through what the agent runtime made. @throws Error for anything built to look like it */
export const assertAuthored = <T>(text: Authored<T>): Authored<T> => {
  if (!isAuthored(text)) throw new Error('Only what a model wrote may be stored as its words.')
  return text
}
