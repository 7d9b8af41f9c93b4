import { StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type {
  CountedRun,
  Entered,
  OpenRunRepository,
  RunGroup,
} from '../../repositories/open-run-repository.ts'
import type { Run } from '../../repositories/run-output-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { runsAtOnceName } from '../../rules/limit-settings.ts'
import type { Limits, RunsAtOnce } from '../../rules/limits.ts'
import { isFinished } from '../../rules/run-state.ts'

export interface RunLimitDependencies {
  clock: Clock
  openRuns: OpenRunRepository
  runs: { find(runId: string): Promise<Run | undefined> }
  limits: Pick<Limits, 'runsAtOnce'>
}

type Attempt = Pick<CountedRun, 'run_id' | 'attempt'>

/** An attempt that is counted among those in progress. */
export interface RunPlace {
  /** For an attempt that came to nothing. Best effort: never rejects. */
  leave(): Promise<void>
  /** Takes out what has ended of those that are counted beside it. Best effort: never rejects. */
  tidy(): Promise<void>
}

interface Group extends RunGroup {
  scope: keyof RunsAtOnce
  max: number
}

interface Answer extends Entered {
  group: Group
}

/**
 * Milliseconds after which an attempt that the table does not have is none: it is counted a moment before
 * it is stored, and goes with its session.
 */
const storedWithin = 30_000
/** Attempts of one group that are looked at after one start. */
const lookedAt = 10
/** Seconds: about what a stage takes. */
const retryAfter = 30

const groupsOf = ({ runsAtOnce }: Pick<Limits, 'runsAtOnce'>, principal: string): Group[] => {
  const subjects = { principal, deployment: 'all' }
  return (['principal', 'deployment'] as const).flatMap((scope) => {
    const max = runsAtOnce[scope]
    return max === undefined ? [] : [{ scope, subject: subjects[scope], max }]
  })
}

const hasEnded = (counted: CountedRun, run: Run | undefined, now: number): boolean => {
  if (!run || run.attempt < counted.attempt) return now - counted.at > storedWithin
  return run.attempt > counted.attempt || isFinished(run.state)
}

/** Takes the ended ones out of a group. @returns how many those were */
const takeOut = async (
  { clock, openRuns, runs }: RunLimitDependencies,
  group: Group,
  counted: readonly CountedRun[],
): Promise<number> => {
  const looked = await Promise.all(
    counted.map(async (each) => {
      const ended = hasEnded(each, await runs.find(each.run_id), clock.now())
      if (ended) await openRuns.leave(group, each)
      return ended
    }),
  )
  return looked.filter(Boolean).length
}

const enter = async (
  dependencies: RunLimitDependencies,
  group: Group,
  attempt: Attempt,
): Promise<Answer> => {
  const { openRuns } = dependencies
  const first = await openRuns.enter(group, attempt, group.max)
  // Ends are not counted where they happen: whoever finds no place looks which are over.
  if (first.admitted || (await takeOut(dependencies, group, first.counted)) === 0) {
    return { group, ...first }
  }
  return { group, ...(await openRuns.enter(group, attempt, group.max)) }
}

const leave = async (
  { openRuns }: RunLimitDependencies,
  groups: readonly Group[],
  attempt: Attempt,
): Promise<void> => {
  const results = await Promise.allSettled(groups.map((group) => openRuns.leave(group, attempt)))
  for (const result of results) {
    if (result.status === 'rejected') log.warn('run still counted', { error: result.reason })
  }
}

const tidy = async (
  dependencies: RunLimitDependencies,
  answers: readonly Answer[],
  { run_id }: Attempt,
): Promise<void> => {
  const others = answers.map(({ group, counted }) => ({
    group,
    counted: counted.filter((each) => each.run_id !== run_id).slice(0, lookedAt),
  }))
  try {
    await Promise.all(others.map(({ group, counted }) => takeOut(dependencies, group, counted)))
  } catch (error) {
    log.warn('ended runs still counted', { error: error as Error })
  }
}

const refusal = ({ scope, max }: Group, onQuotas: Caller['onQuotas']): StudioError => {
  onQuotas?.([
    { policy: `${runsAtOnceName}.${scope}`, max, seconds: null, remaining: 0, moreIn: retryAfter },
  ])
  measure('LimitRefused', 1, { limit: `${runsAtOnceName}.${scope}` })
  return new StudioError(
    'RATE_LIMITED',
    `The limit ${runsAtOnceName}.${scope} is reached: ${max} at once.`,
    { retryAfter, limit: { name: runsAtOnceName, scope, max, window_seconds: null } },
  )
}

const place = async (
  dependencies: RunLimitDependencies,
  principal: string,
  attempt: Attempt,
  onQuotas: Caller['onQuotas'],
): Promise<RunPlace> => {
  const groups = groupsOf(dependencies.limits, principal)
  const answers: Answer[] = []
  const entered = () => answers.filter(({ admitted }) => admitted).map(({ group }) => group)
  // One after the other: what its caller's limit refuses never takes a place of the deployment's, not even
  // for the moment in which others ask for theirs.
  for (const group of groups) {
    try {
      answers.push(await enter(dependencies, group, attempt))
    } catch (error) {
      await leave(dependencies, entered(), attempt)
      throw error
    }
    if (!answers.at(-1)?.admitted) {
      await leave(dependencies, entered(), attempt)
      throw refusal(group, onQuotas)
    }
  }
  return {
    leave: () => leave(dependencies, groups, attempt),
    tidy: () => tidy(dependencies, answers, attempt),
  }
}

export type RunLimits = ReturnType<typeof createRunLimits>

/** Runs in progress at once, of one caller and of all. */
export const createRunLimits = (dependencies: RunLimitDependencies) => ({
  /**
   * Counts an attempt of a run before it is stored.
   * @throws StudioError RATE_LIMITED when as many are in progress as may be
   */
  place: (principal: string, attempt: Attempt, onQuotas?: Caller['onQuotas']): Promise<RunPlace> =>
    place(dependencies, principal, attempt, onQuotas),

  /** Counts no attempt of a run any more, which is erased. Best effort: never rejects. */
  forget: async (principal: string, { run_id, attempt: latest }: Attempt): Promise<void> => {
    const groups = groupsOf(dependencies.limits, principal)
    for (let attempt = 1; attempt <= latest; attempt += 1) {
      await leave(dependencies, groups, { run_id, attempt })
    }
  },
})
