import * as fc from 'fast-check'
import { onTestFinished } from 'vitest'
import { slowness } from './machine-speed.ts'
import { isFullLength } from './run-length.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Drawn cases of a property that were tried, and those that were asked for. */
    runs?: { tried: number; wanted: number }
  }
}

/** A case that once broke a property, as fast-check named it, and what was wrong with the code then. */
export interface KeptCase {
  seed: number
  path: string
  when: string
}

export interface Runs {
  /** Drawn cases of `npm test`, and of `npm run test:all`. */
  short: number
  full: number
  /** Cases that are tried first, whatever the length. */
  kept?: readonly KeptCase[]
}

/** Milliseconds after which no further case is begun. */
const budgetMs = isFullLength ? 120_000 : 10_000

/** How long a property's test may take: its budget, and a case that was begun before it ran out. */
export const propertyLimit = (): number => Math.round(2 * budgetMs + 60_000 * slowness())

/**
 * Ends the drawing of cases between two of them. fast-check's own `interruptAfterTimeLimit` leaves an
 * asynchronous case behind, which then goes on without its surroundings.
 */
const untilBudgetEnds = <T>(property: fc.IAsyncProperty<T>): fc.IAsyncProperty<T> => {
  const end = Date.now() + budgetMs
  return Object.create(property, {
    run: {
      value: async (drawn: T) =>
        Date.now() > end ? new fc.PreconditionFailure(true) : property.run(drawn),
    },
  })
}

/**
 * Tries a property on its kept cases and then on as many drawn ones as the run's length wants and the
 * budget allows; the reporter says how many those were. Answers with their number.
 */
export const holds = async <T>(
  property: fc.IAsyncProperty<T>,
  { short, full, kept = [] }: Runs,
): Promise<number> => {
  for (const { seed, path } of kept) await fc.assert(property, { seed, path, numRuns: 1 })
  const wanted = isFullLength ? full : short
  const details = await fc.check(untilBudgetEnds(property), {
    numRuns: wanted,
    endOnFailure: false,
  })
  if (details.failed) {
    throw new Error(await fc.asyncDefaultReportMessage(details), { cause: details.errorInstance })
  }
  const tried = details.numRuns
  onTestFinished(({ task }) => {
    task.meta.runs = { tried, wanted }
  })
  return tried
}
