import type { Clock } from '../../platform/clock.ts'
import type { CountedLimit, Taken } from '../../repositories/limit-repository.ts'

/** Refusals that one process remembers, and for how many milliseconds at most. */
const maxRemembered = 1_000
const longestMs = 10_000

type Asked = CountedLimit & { units: number }

/** What was refused a moment ago, so that a caller who goes on costs no writes. */
export interface RefusalMemory {
  add(asked: Asked, taken: Taken): void
  /** The refusal that still holds for as much or more. */
  find(asked: Asked): Taken | undefined
}

const nameOf = ({ limit, scope, subject }: CountedLimit): string =>
  [limit, scope, subject].join('#')

/** Seconds until the last of its rates would admit it. */
const longestOf = ({ rates }: Taken): number => Math.max(...rates.map(({ moreIn }) => moreIn))

export const createRefusalMemory = (clock: Clock): RefusalMemory => {
  const refused = new Map<string, { units: number; at: number; taken: Taken }>()
  return {
    add(asked, taken) {
      if (refused.size >= maxRemembered) refused.clear()
      refused.set(nameOf(asked), { units: asked.units, at: clock.now(), taken })
    },
    find(asked) {
      const name = nameOf(asked)
      const found = refused.get(name)
      if (!found) return undefined
      const { units, at, taken } = found
      const passed = clock.now() - at
      if (passed < Math.min(longestMs, longestOf(taken) * 1_000)) {
        if (asked.units < units) return undefined
        const rates = taken.rates.map((met) => ({ ...met, moreIn: met.moreIn - passed / 1_000 }))
        return { ...taken, rates }
      }
      refused.delete(name)
      return undefined
    },
  }
}
