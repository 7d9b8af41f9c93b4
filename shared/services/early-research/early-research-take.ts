import { subjectFingerprint } from '../../agents/research-search.ts'
import type { TakenSearch } from '../../contracts/runs.ts'
import type { Clock } from '../../platform/clock.ts'
import { pause } from '../../platform/pause.ts'
import { log } from '../../platform/telemetry.ts'
import type { KeptSearch } from '../../repositories/early-findings.ts'
import type {
  EarlySearch,
  EarlySearchRepository,
  FoundSearch,
} from '../../repositories/early-search-repository.ts'
import type { Run, RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SpendRepository } from '../../repositories/spend-repository.ts'
import type { StageUse } from '../../repositories/usage-repository.ts'
import { earlyResearchMs, researchSubject } from '../../rules/early-research.ts'
import { readingLimits } from '../../rules/search-limits.ts'
import { earlyUsageOf, isSearch, reportedBy } from './early-research-usage.ts'

export interface EarlyTakeDependencies {
  clock: Clock
  searches: Pick<EarlySearchRepository, 'lookUp' | 'get' | 'kept' | 'take'>
  runs: Pick<RunOutputRepository, 'noteEarlyResearch'>
  spends: Pick<SpendRepository, 'addToRun' | 'write'>
}

/** A run whose research is at work. */
interface Taker {
  run: Run
  /** The worker's claim on the stage. */
  leaseId: string
  /** Resolves when the stage is its worker's to do; undefined when it is. */
  begun?: Promise<void> | undefined
  signal: AbortSignal
}

/** What was searched for a run before it began. */
export interface OpenTake {
  /**
   * What was found, and made of it, when its subject is still the run's; research that is still on its way is waited
   * for as long as its worker lives. The run that takes it first counts what it used among its own, beside what it
   * does with it; for what it took before, nothing is counted again.
   * @returns undefined when the run has to search by itself
   * @throws the signal's reason
   */
  take(): Promise<KeptSearch | undefined>
  /** Resolves when what was taken is counted. @throws ConditionFailed when another worker has the stage */
  counted(): Promise<void>
  /** The same of a run whose research has failed for another reason. Never rejects. */
  settled(): Promise<unknown>
}

export interface EarlyResearchTake {
  /** Begins to look for a search, beside whatever comes before it is asked for. */
  open(taker: Taker): OpenTake
}

const isAtWork = ({ status, lease_until }: EarlySearch, now: number): boolean =>
  status === 'searching' && lease_until >= now

/** Whether it found what a run may rest on, also when its worker has died over the findings. */
const hasFound = ({ status, searched_at = '' }: EarlySearch, now: number): boolean =>
  (status === 'found' || status === 'searching') &&
  now - Date.parse(searched_at) < readingLimits.keptMs

/** The newest search of the run's subject that found something, or is at work. */
const newest = async (
  { clock, searches }: EarlyTakeDependencies,
  { session_id, mode, locale, brief }: Run,
): Promise<FoundSearch | undefined> => {
  const subject = mode === 'fast' ? researchSubject(locale, brief) : undefined
  if (subject === undefined) return undefined
  const fingerprint = subjectFingerprint(subject)
  const begun = await searches.lookUp(session_id)
  const now = clock.now()
  return begun.findLast(
    ({ search }) =>
      search.subject === fingerprint && (isAtWork(search, now) || hasFound(search, now)),
  )
}

/** The search once it has ended; undefined when it ended without findings, or its worker died. */
const ended = async (
  { clock, searches }: EarlyTakeDependencies,
  sessionId: string,
  found: FoundSearch,
  signal: AbortSignal,
): Promise<FoundSearch | undefined> => {
  if (!isAtWork(found.search, clock.now())) return found
  const place = { sessionId, number: found.search.number }
  let known: EarlySearch | undefined = found.search
  while (known && isAtWork(known, clock.now())) {
    await pause(earlyResearchMs.poll, signal)
    signal.throwIfAborted()
    known = await searches.get(place)
  }
  return known && hasFound(known, clock.now())
    ? { search: known, ...(await searches.kept(place)) }
    : undefined
}

const takenSearch = ({ search, shaped }: FoundSearch, counted_in: string): TakenSearch => ({
  ...earlyUsageOf([search]),
  searched_at: search.searched_at ?? search.begun_at,
  shaped_at: shaped?.provenance.created_at ?? null,
  counted_in,
})

/**
 * Makes the run the one that counts the search, unless one does; notes in either case that it took it. A worker that
 * was taken for dead may have written meanwhile what it used: that is counted, too.
 */
const count = async (
  dependencies: EarlyTakeDependencies,
  taker: Taker,
  found: FoundSearch,
): Promise<void> => {
  const { clock, searches, runs, spends } = dependencies
  const { run_id, session_id: sessionId } = taker.run
  const { search } = found
  const { number, provider, model, used } = search
  const { calls, ...usage } = reportedBy(search)
  const note = (counted_in: string, all: readonly StageUse[] = []) =>
    runs.noteEarlyResearch(run_id, taker.leaseId, takenSearch(found, counted_in), all)
  const isFirst = await searches.take(sessionId, search, run_id, [
    note(run_id, [
      ...(calls > 0 ? [{ provider, model, usage, calls }] : []),
      ...used.filter(isSearch).map((searched) => ({ searches: searched })),
    ]),
    spends.addToRun(run_id, clock.now(), used),
  ])
  if (isFirst) return
  const now = await searches.get({ sessionId, number })
  const first = now?.taken_by
  if (first === undefined) {
    taker.signal.throwIfAborted()
    if (now) await count(dependencies, taker, { ...found, search: now })
  } else if (first !== run_id) await spends.write([note(first)])
}

const open = (dependencies: EarlyTakeDependencies, taker: Taker): OpenTake => {
  const { run, begun: claimed, signal } = taker
  const looked = newest(dependencies, run)
  // A run that has searched before does not ask for it.
  looked.catch(() => {})
  let counting: Promise<void> | undefined
  return {
    async take() {
      const begun = await looked
      const found = begun && (await ended(dependencies, run.session_id, begun, signal))
      if (found?.findings === undefined) return undefined
      await claimed
      counting = count(dependencies, taker, found)
      // It is awaited when the research has ended; until then its failure must not go unhandled.
      counting.catch(() => {})
      const { search, ...kept } = found
      log.info('early search taken', { number: search.number, shaped: kept.shaped !== undefined })
      return kept
    },
    counted: async () => counting,
    settled: () => Promise.allSettled([counting]),
  }
}

export const createEarlyResearchTake = (
  dependencies: EarlyTakeDependencies,
): EarlyResearchTake => ({
  open: (taker) => open(dependencies, taker),
})
