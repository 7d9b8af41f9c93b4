import type { Brief, BriefSlots, SlotPath } from '../contracts/brief.ts'
import type { StudioEvent } from '../contracts/events.ts'
import type { Locale, Mode, SessionState } from '../contracts/session.ts'
import { normalized } from '../contracts/text.ts'
import { confidenceNeeded, fillSlots, knownOf } from './gate.ts'
import { modelLimits } from './model-limits.ts'
import { readingLimits } from './search-limits.ts'
import { isRunning } from './session-state.ts'

/** Research that begins while the brief is still talked about, in `fast` mode. */
export const earlyResearchLimits = {
  /** Searches of one session, however often its subject changes. */
  searches: 3,
  /** Calls of the model for one of them, as for a run's own: the search, its findings, and a retry of either. */
  maxCalls: modelLimits.research.maxCalls,
  /** Messages that one worker takes at once: searches wait for others nearly all of their time. */
  batch: 5,
  /** Workers at once, the fewest that an event source takes: runs and requests come first. */
  workers: 2,
} as const

export const earlyResearchMs = {
  /** A claim expires this long after the last heartbeat, and so does what a run waits for. */
  claim: 10_000,
  heartbeat: 3_000,
  /** Between two looks at the log, for a change of the brief. */
  watch: 1_000,
  /** Between two looks of a run at a search that is still on its way. */
  poll: 150,
  /** What the queue may take: a hint, which no turn waits longer for. */
  send: 3_000,
  /** A search that no worker has taken by then is not worth beginning any more. */
  queued: 300_000,
} as const

/**
 * By when a search that begins now must have ended, and all of the research. A run that has waited for all of it in
 * vain has the time left to read the pages, and of a call for findings of its own.
 * @param now epoch milliseconds
 */
export const earlyDeadlines = (
  now: number,
  { deadline, budget }: { deadline: number; budget: number },
): { searchUntil: number; until: number } => ({
  searchUntil: now + deadline,
  until: now + Math.max(deadline, budget - deadline - readingLimits.settleMs),
})

/** What a search is about, whatever else of the brief becomes known: with another subject it is another search. */
export const subjectPaths = [
  'product.name',
  'product.category',
  'target.who',
] as const satisfies readonly SlotPath[]

/** The same text for the same subject; undefined while a part of it is not known. */
export const researchSubject = (locale: Locale, brief: Partial<Brief>): string | undefined => {
  const values = subjectPaths.flatMap((path) => brief[path] ?? [])
  return values.length < subjectPaths.length
    ? undefined
    : JSON.stringify([locale, ...values.map(normalized)])
}

/** The subject of a brief that is being collected: each part of it certain enough to spend money on. */
export const collectedSubject = (locale: Locale, slots: BriefSlots): string | undefined => {
  const isSure = subjectPaths.every((path) => (slots[path]?.confidence ?? 0) >= confidenceNeeded)
  return isSure ? researchSubject(locale, knownOf(slots)) : undefined
}

interface Collecting {
  mode: Mode
  locale: Locale
  state: SessionState
}

/** What a session may search for now, ahead of its run. */
export const earlySubject = ({
  mode,
  locale,
  state,
  slots,
}: Collecting & { slots: BriefSlots }): string | undefined =>
  mode === 'fast' && !isRunning(state) ? collectedSubject(locale, slots) : undefined

/** Whether a change of the brief has made it say what to search for, or something else than before. */
export const beginsSubject = (
  session: Collecting,
  before: BriefSlots,
  after: BriefSlots,
): boolean => {
  const subject = earlySubject({ ...session, slots: after })
  return subject !== undefined && subject !== collectedSubject(session.locale, before)
}

/** The slots after events of the log. */
export const slotsAfter = (slots: BriefSlots, events: readonly StudioEvent[]): BriefSlots =>
  events.reduce((now, event) => {
    if (event.type !== 'slot.updated') return now
    const { slot_updates, cleared = [] } = event.data
    const kept = Object.entries(now).filter(([path]) => !cleared.includes(path as SlotPath))
    return fillSlots(Object.fromEntries(kept), slot_updates, 0)
  }, slots)
