import type { ElementListener } from '../../agents/elements.ts'
import { research } from '../../agents/research-agent.ts'
import type { ResearchMemory } from '../../agents/research-input.ts'
import { subjectFingerprint } from '../../agents/research-search.ts'
import { RuleBroken } from '../../agents/rule-broken.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
import type { PageReader } from '../../clients/pages/page-reader.ts'
import type { SearchRoute } from '../../clients/search/select-search.ts'
import type { Brief, BriefSlots } from '../../contracts/brief.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { newId } from '../../platform/ids.ts'
import { insist } from '../../platform/insist.ts'
import { agentSettings, modelProvider } from '../../platform/model-settings.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note, noteFailure, principalHash } from '../../platform/work-facts.ts'
import type {
  EarlyClaim,
  EarlyEnd,
  EarlySearch,
  EarlySearchRepository,
} from '../../repositories/early-search-repository.ts'
import type { Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { elementSizeViolations } from '../../rules/answer-size.ts'
import {
  collectedSubject,
  earlyDeadlines,
  earlyResearchLimits,
  earlyResearchMs,
  earlySubject,
  slotsAfter,
} from '../../rules/early-research.ts'
import { knownOf } from '../../rules/gate.ts'
import { readingLimits } from '../../rules/search-limits.ts'
import type { LimitService } from '../limits/limit-service.ts'
import { openPageAllowance } from '../limits/page-allowance.ts'
import type { StreamService } from '../log/stream-service.ts'
import {
  type EarlyCallDependencies,
  type EarlyCalls,
  openEarlyCalls,
} from './early-research-calls.ts'

export interface EarlyResearchDependencies extends EarlyCallDependencies {
  model: ModelClient
  searchRoutes(): Promise<SearchRoute[]>
  pages: PageReader
  limits: LimitService
  sessions: Pick<SessionRepository, 'get'>
  streams: Pick<StreamService, 'open' | 'lastSeq'>
  searches: EarlySearchRepository
}

/** A search that this worker has. */
interface Held {
  session: Session
  number: number
  leaseId: string
  /** What it is about, see `researchSubject`. */
  subject: string
  /** What a worker that has died had found, and what calls and searches of it used. */
  findings: unknown
  earlier: Pick<EarlySearch, 'calls' | 'used'>
  tail: number
}

const cancelled = (why: string): StudioError => new StudioError('STOPPED', why)

/** Whether a search of this subject was begun that needs no other: found, failed, or at work. */
const standsFor = ({ status, searched_at }: EarlySearch, now: number): boolean => {
  if (status === 'cancelled') return false
  return status !== 'found' || now - Date.parse(searched_at ?? '') < readingLimits.keptMs
}

/** The search that this worker may make, or go on with; undefined when there is none to be made. */
const claimed = async (
  { clock, searches }: EarlyResearchDependencies,
  session: Session,
  claim: EarlyClaim,
): Promise<EarlySearch | undefined> => {
  const { session_id, early_searches = 0 } = session
  const earlier = await searches.list(session)
  const now = clock.now()
  const same = earlier.findLast(
    (search) => search.subject === claim.subject && standsFor(search, now),
  )
  if (same === undefined) {
    if (early_searches >= earlyResearchLimits.searches) return undefined
    return searches.begin(session, claim)
  }
  const isLeft = same.status === 'searching' && same.lease_until < now
  const isTaken = isLeft && (await searches.takeOver(session_id, same, claim))
  return isTaken ? same : undefined
}

/** Claims the search that the session's brief asks for now. */
const hold = async (
  dependencies: EarlyResearchDependencies,
  sessionId: string,
): Promise<Held | undefined> => {
  const { clock, sessions, streams, searches } = dependencies
  // The log is looked at behind what the brief was read with.
  const tail = await streams.lastSeq(sessionId)
  const session = await sessions.get(sessionId)
  const subject = session && earlySubject(session)
  if (session === undefined || subject === undefined) return undefined
  note({ principal: principalHash(session.owner) })
  const leaseId = newId('lease')
  const search = await claimed(dependencies, session, {
    subject: subjectFingerprint(subject),
    provider: modelProvider(),
    model: agentSettings('research').model,
    leaseId,
    until: clock.now() + earlyResearchMs.claim,
  })
  if (search === undefined) return undefined
  const { number, searched_at } = search
  const { findings } =
    searched_at === undefined ? { findings: undefined } : await searches.kept({ sessionId, number })
  return { session, number, leaseId, subject, findings, earlier: search, tail }
}

/** What watches over a search that is at work. */
interface Guard {
  /** The brief as the log leaves it. */
  slots(): BriefSlots
  release(): void
}

/** Ends the search when the log changes what it is about, or when it is gone; until it is released. */
const guard = (
  { clock, streams, searches }: EarlyResearchDependencies,
  { session, number, leaseId, subject, tail }: Held,
  stop: AbortController,
): Guard => {
  const { session_id: sessionId, locale } = session
  let { slots } = session
  const stream = streams.open(sessionId, {
    tail,
    onForeign(appended) {
      slots = slotsAfter(slots, appended)
      if (collectedSubject(locale, slots) === subject) return
      stop.abort(cancelled('The brief is about something else.'))
    },
  })
  const stopWatching = stream.watch(earlyResearchMs.watch)
  const beat = async (): Promise<void> => {
    try {
      const until = clock.now() + earlyResearchMs.claim
      if (await searches.extend({ sessionId, number }, leaseId, until)) return
      stop.abort(cancelled('The search was taken over, or its session erased.'))
    } catch (error) {
      log.warn('heartbeat failed', { error: error as Error })
    }
  }
  const timer = setInterval(beat, earlyResearchMs.heartbeat)
  return {
    slots: () => slots,
    release() {
      stopWatching()
      clearInterval(timer)
    },
  }
}

/** No reader sees its elements yet; one that no event could hold ends the try, as it would in a run. */
const unseen: ElementListener = {
  onElement(kind, item) {
    const tooLarge = elementSizeViolations(kind, item)
    if (tooLarge.length > 0) throw new RuleBroken(tooLarge)
  },
}

/** What the agent is given. The picture itself is none of its business: what it shows is a slot of its own. */
const briefOf = (slots: BriefSlots): Partial<Brief> => {
  const { 'product.image_url': _, ...brief } = knownOf(slots)
  return brief
}

/** How it ended. A failure is none for the session: its run does by itself what is missing. */
const researched = async (
  dependencies: EarlyResearchDependencies,
  { session, number, leaseId, subject, findings, earlier }: Held,
  calls: EarlyCalls,
  { slots }: Guard,
  signal: AbortSignal,
): Promise<EarlyEnd> => {
  const { model, clock, searchRoutes, pages, searches } = dependencies
  const { session_id: sessionId, locale, mode } = session
  const { countCall, reserveSearches } = calls
  let isKept = findings !== undefined
  const memory: ResearchMemory = {
    recall: async () => findings,
    async keep(found) {
      const find = { found, used: calls.used() }
      isKept = await insist(() => searches.keep({ sessionId, number }, leaseId, find))
    },
  }
  const times = earlyDeadlines(clock.now(), agentSettings('research'))
  const maxCalls = isKept ? earlyResearchLimits.maxCalls - earlier.calls : undefined
  const tools = { model, clock, searchRoutes, pages, memory, maxCalls, countCall, reserveSearches }
  const input = { locale, mode, subject, brief: briefOf(slots()), briefNow: () => briefOf(slots()) }
  try {
    const shaped = await research({ ...tools, ...times, signal }, input, unseen)
    measure('DroppedEvidence', shaped.droppedEvidence)
    return { status: isKept ? 'found' : 'failed', used: calls.used(), ...(isKept && { shaped }) }
  } catch (error) {
    // What was found is there for a brief that comes back to its subject.
    const status = isKept ? 'found' : signal.aborted ? 'cancelled' : 'failed'
    if (signal.aborted) return { status, used: calls.used() }
    note({ code: asStudioError(error).code })
    noteFailure(error)
    return { status, used: calls.used() }
  }
}

const search = async (
  dependencies: EarlyResearchDependencies,
  sessionId: string,
): Promise<void> => {
  const held = await hold(dependencies, sessionId)
  if (held === undefined) return note({ outcome: 'not_wanted' })
  const { number, leaseId, session } = held
  const principal = session.owner
  const { limits, pages } = dependencies
  await using allowance = openPageAllowance(limits, pages, { principal })
  const reading = { ...dependencies, pages: allowance.reader }
  const stop = new AbortController()
  const calls = openEarlyCalls(dependencies, {
    sessionId,
    number,
    leaseId,
    principal,
    used: held.earlier.used,
    lost: () => cancelled('The search was taken over, or has used up its calls.'),
  })
  const watched = guard(dependencies, held, stop)
  try {
    const end = await researched(reading, held, calls, watched, stop.signal)
    note({ outcome: end.status })
    const isKept = await insist(() =>
      dependencies.searches.end({ sessionId, number }, leaseId, end),
    )
    if (!isKept) note({ outcome: 'superseded' })
  } catch (error) {
    // To search again would cost again; a run that waits stops waiting when the claim has expired.
    log.error('early search not kept', { error: error as Error })
    noteFailure(error)
  } finally {
    watched.release()
    await calls.settled()
  }
}

export const createEarlyResearchService = (dependencies: EarlyResearchDependencies) => ({
  /**
   * Researches ahead of the session's run what its brief is about now, and keeps for the run what was found, and
   * what was made of it. A second delivery finds that done, or at work; what a worker that died has left is gone
   * on with, as far as its calls are not used up.
   * @throws when it could not be claimed; nothing was paid for then
   */
  search: (sessionId: string) => search(dependencies, sessionId),
})
