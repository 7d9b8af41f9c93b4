import * as fc from 'fast-check'

/** A case that once broke a property, as fast-check named it, and what was wrong with the code then. */
export interface KeptCase {
  seed: number
  path: string
  when: string
}

/** A property: of the cases that once broke it first, then of as many drawn ones. */
export const holds = async <T>(
  property: fc.IAsyncProperty<T>,
  { kept, runs }: { kept: readonly KeptCase[]; runs: number },
): Promise<void> => {
  for (const { seed, path } of kept) await fc.assert(property, { seed, path, numRuns: 1 })
  await fc.assert(property, { numRuns: runs })
}
