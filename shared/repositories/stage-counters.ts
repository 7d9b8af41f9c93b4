import type { Condition } from '../clients/store.ts'

export type CallCounter = `calls_${number}` | `calls_${number}_${string}`

/** The attribute that counts the model calls of an attempt, or of one part of the stage in it. */
export const callCounter = (attempt: number, part?: string): CallCounter =>
  part === undefined ? `calls_${attempt}` : `calls_${attempt}_${part}`

/** Calls of the model that are to be made: `maxCalls` are allowed in this attempt. */
export interface CountedCall {
  maxCalls: number
  /** Of a stage whose parts are answers of their own. */
  part?: string | undefined
}

/** One more, or one less, of each call. */
export const countersOf = (
  attempt: number,
  calls: readonly Pick<CountedCall, 'part'>[],
  by: 1 | -1,
): Record<string, number> =>
  Object.fromEntries(calls.map(({ part }) => [callCounter(attempt, part), by]))

/** That each call may be made once more; the expression is empty without calls. */
export const ifAllowed = (attempt: number, calls: readonly CountedCall[]): Required<Condition> => {
  const limits = calls.map(({ maxCalls, part }, index) => ({
    name: callCounter(attempt, part),
    most: `:max_${index}`,
    maxCalls,
  }))
  return {
    expression: limits
      .map(({ name, most }) => `(attribute_not_exists(#${name}) OR #${name} < ${most})`)
      .join(' AND '),
    values: Object.fromEntries(limits.map(({ most, maxCalls }) => [most, maxCalls])),
  }
}
