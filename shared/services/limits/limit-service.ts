import { StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type {
  CountedLimit,
  LimitRepository,
  MetRate,
  Taken,
} from '../../repositories/limit-repository.ts'
import { type Caller, policyOf, type Quota } from '../../rules/caller.ts'
import { type LimitName, type LimitScope, type Limits, limitScopes } from '../../rules/limits.ts'
import { createRefusalMemory, type RefusalMemory } from './refusal-memory.ts'

export interface LimitDependencies {
  clock: Clock
  counters: LimitRepository
  limits: Limits
}

/** How much of each limit a request takes. */
export type Amounts = Partial<Record<LimitName, number>>

/** What was taken for a request. */
export interface Admission {
  /** Puts it back, or a part of it, for what came to nothing. Best effort: never rejects. */
  giveBack(part?: Amounts): Promise<void>
}

export const nothingTaken: Admission = { giveBack: async () => {} }

/** One limit in one scope, as a request meets it. */
interface Meeting extends CountedLimit {
  limit: LimitName
  scope: LimitScope
  units: number
}

interface Met {
  meeting: Meeting
  taken: Taken
}

type Context = LimitDependencies & { refusals: RefusalMemory }

/** The one subject of the deployment's scope. */
const allCallers = 'all'

const subjectOf = (caller: Caller, scope: LimitScope): string | undefined =>
  scope === 'deployment' ? allCallers : caller[scope]

const meetingsOf = ({ rates }: Limits, caller: Caller, amounts: Amounts): Meeting[] =>
  Object.entries(amounts).flatMap(([name, units]) => {
    const limit = name as LimitName
    if (units <= 0) return []
    return limitScopes.flatMap((scope) => {
      const subject = subjectOf(caller, scope)
      if (subject === undefined) return []
      const counted = rates[limit][scope] ?? []
      return counted.length > 0 ? [{ limit, scope, subject, rates: counted, units }] : []
    })
  })

/** One rate of a meeting, with what is left of it. */
type Level = Pick<Meeting, 'limit' | 'scope'> & MetRate

const levelsOf = (met: readonly Met[]): Level[] =>
  met.flatMap(({ meeting: { limit, scope }, taken }) =>
    taken.rates.map((rate) => ({ limit, scope, ...rate })),
  )

const quotaOf = ({ limit, scope, rate, remaining, moreIn }: Level): Quota => ({
  policy: policyOf(limit, scope, rate.seconds),
  max: rate.max,
  seconds: rate.seconds,
  remaining,
  moreIn: Math.ceil(moreIn),
})

/** @throws StudioError RATE_LIMITED for what refuses longest */
const refuse = (caller: Caller, refused: readonly Met[]): never => {
  const [worst] = levelsOf(refused).toSorted((one, other) => other.moreIn - one.moreIn)
  if (!worst) throw new Error('Nothing was refused.')
  const { limit: name, scope, rate, moreIn } = worst
  measure('LimitRefused', 1, { limit: `${name}.${scope}` })
  caller.onQuotas?.([quotaOf(worst)])
  throw new StudioError(
    'RATE_LIMITED',
    `The limit ${name}.${scope} is reached: ${rate.max} in ${rate.seconds} s.`,
    {
      retryAfter: Math.max(1, Math.ceil(moreIn)),
      limit: { name, scope, max: rate.max, window_seconds: rate.seconds },
    },
  )
}

const giveBack = async ({ counters }: Context, meetings: readonly Meeting[]): Promise<void> => {
  const results = await Promise.allSettled(
    meetings.map((meeting) => counters.giveBack(meeting, meeting.units)),
  )
  for (const result of results) {
    if (result.status === 'rejected') log.warn('limit not given back', { error: result.reason })
  }
}

/** Takes from every scope side by side; what some admitted and others refused is given back. */
const takeAll = async (context: Context, caller: Caller, meetings: Meeting[]): Promise<Met[]> => {
  const results = await Promise.allSettled(
    meetings.map(async (meeting): Promise<Met> => {
      const taken = await context.counters.take(meeting, meeting.units)
      if (!taken.admitted) context.refusals.add(meeting, taken)
      return { meeting, taken }
    }),
  )
  const met = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const admitted = met.filter(({ taken }) => taken.admitted)
  if (admitted.length === meetings.length) return admitted
  await giveBack(
    context,
    admitted.map(({ meeting }) => meeting),
  )
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return refuse(
    caller,
    met.filter(({ taken }) => !taken.admitted),
  )
}

const admit = async (context: Context, caller: Caller, amounts: Amounts): Promise<Admission> => {
  const meetings = meetingsOf(context.limits, caller, amounts)
  // A caller that was refused a moment ago costs no write at all.
  const remembered = meetings.flatMap((meeting): Met[] => {
    const taken = context.refusals.find(meeting)
    return taken ? [{ meeting, taken }] : []
  })
  if (remembered.length > 0) return refuse(caller, remembered)
  const met = await takeAll(context, caller, meetings)
  // The deployment's load is not disclosed to callers.
  const own = met.filter(({ meeting }) => meeting.scope !== 'deployment')
  if (own.length > 0) caller.onQuotas?.(levelsOf(own).map(quotaOf))
  return {
    giveBack: (part = amounts) => giveBack(context, meetingsOf(context.limits, caller, part)),
  }
}

export type LimitService = ReturnType<typeof createLimitService>

/** What every request that costs something passes, beside what it has to read anyway. */
export const createLimitService = (dependencies: LimitDependencies) => {
  const context: Context = { ...dependencies, refusals: createRefusalMemory(dependencies.clock) }
  return {
    /**
     * Takes what a request needs from each limit of its caller. A failure of the table is thrown: what
     * cannot be counted is not admitted.
     * @throws StudioError RATE_LIMITED with the limit that was reached; nothing is taken then
     */
    admit: (caller: Caller, amounts: Amounts): Promise<Admission> =>
      admit(context, caller, amounts),
  }
}
