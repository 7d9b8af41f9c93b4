import type { Clock } from '../../platform/clock.ts'
import type { CountedRate, Taken } from '../../repositories/limit-repository.ts'

/** Refusals that one process remembers, and for how many milliseconds at most. */
const maxRemembered = 1_000
const longestMs = 10_000

type Asked = CountedRate & { units: number }

/** What was refused a moment ago, so that a caller who goes on costs no writes. */
export interface RefusalMemory {
  add(asked: Asked, taken: Taken): void
  /** The refusal that still holds for as much or more. */
  find(asked: Asked): Taken | undefined
}

const nameOf = ({ limit, scope, subject, rate }: CountedRate): string =>
  [limit, scope, subject, rate.seconds].join('#')

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
      if (passed < Math.min(longestMs, taken.moreIn * 1_000)) {
        return asked.units >= units
          ? { ...taken, moreIn: taken.moreIn - passed / 1_000 }
          : undefined
      }
      refused.delete(name)
      return undefined
    },
  }
}
