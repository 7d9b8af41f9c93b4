import type { Authored, Provenance } from '../contracts/provenance.ts'

const sealedTexts = new WeakSet<object>()

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}

/**
 * Seals a model's text with its provenance; neither can be changed afterwards. Only the agent runtime
 * may import this, because only it has seen the answer complete; a lint rule enforces that.
 */
export const authored = <T>(value: T, provenance: Provenance): Authored<T> => {
  const sealed = Object.freeze({ value: frozen(value), provenance: frozen(provenance) })
  sealedTexts.add(sealed)
  // The brand exists in the type only, and this is the one place that may assert it.
  return sealed as unknown as Authored<T>
}

/** Whether the agent runtime of this process made it; an object of the same shape does not count. */
export const isAuthored = (candidate: unknown): candidate is Authored<unknown> =>
  typeof candidate === 'object' && candidate !== null && sealedTexts.has(candidate)

/** Returns what the agent runtime made. @throws Error for any other object of the same shape */
export const assertAuthored = <T>(text: Authored<T>): Authored<T> => {
  if (!isAuthored(text)) throw new Error('Only what a model wrote may be stored as its words.')
  return text
}
