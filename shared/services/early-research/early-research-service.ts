import { searchAhead, subjectFingerprint } from '../../agents/research-search.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
import type { PageReader } from '../../clients/pages/page-reader.ts'
import type { SearchRoute } from '../../clients/search/select-search.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { newId } from '../../platform/ids.ts'
import { insist } from '../../platform/insist.ts'
import { agentSettings, modelProvider } from '../../platform/model-settings.ts'
import { log } from '../../platform/telemetry.ts'
import { note, noteFailure, principalHash } from '../../platform/work-facts.ts'
import type {
  EarlyClaim,
  EarlyEnd,
  EarlySearch,
  EarlySearchRepository,
} from '../../repositories/early-search-repository.ts'
import type { Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import {
  collectedSubject,
  earlyResearchLimits,
  earlyResearchMs,
  earlySubject,
  slotsAfter,
} from '../../rules/early-research.ts'
import { knownOf } from '../../rules/gate.ts'
import { readingLimits } from '../../rules/search-limits.ts'
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
  tail: number
}

const cancelled = (why: string): StudioError => new StudioError('STOPPED', why)

/** Whether a search of this subject was begun that needs no other: found, failed, or at work. */
const standsFor = ({ status, searched_at }: EarlySearch, now: number): boolean => {
  if (status === 'cancelled') return false
  return status !== 'found' || now - Date.parse(searched_at ?? '') < readingLimits.keptMs
}

/** The number of the search that this worker may make; undefined when there is none to be made. */
const claimed = async (
  { clock, searches }: EarlyResearchDependencies,
  session: Session,
  claim: EarlyClaim,
): Promise<number | undefined> => {
  const { session_id, early_searches = 0 } = session
  const earlier = await searches.list(session)
  const now = clock.now()
  const same = earlier.findLast(
    (search) => search.subject === claim.subject && standsFor(search, now),
  )
  if (same === undefined) {
    if (early_searches >= earlyResearchLimits.searches) return undefined
    return (await searches.begin(session, claim))?.number
  }
  const isLeft = same.status === 'searching' && same.lease_until < now
  const isTaken = isLeft && (await searches.takeOver(session_id, same, claim))
  return isTaken ? same.number : undefined
}

/** Claims the search that the session's brief asks for now. */
const hold = async (
  dependencies: EarlyResearchDependencies,
  sessionId: string,
): Promise<Held | undefined> => {
  const { clock, sessions, streams } = dependencies
  // The log is looked at behind what the brief was read with.
  const tail = await streams.lastSeq(sessionId)
  const session = await sessions.get(sessionId)
  const subject = session && earlySubject(session)
  if (session === undefined || subject === undefined) return undefined
  note({ principal: principalHash(session.owner) })
  const leaseId = newId('lease')
  const number = await claimed(dependencies, session, {
    subject: subjectFingerprint(subject),
    provider: modelProvider(),
    model: agentSettings('research').model,
    leaseId,
    until: clock.now() + earlyResearchMs.claim,
  })
  return number === undefined ? undefined : { session, number, leaseId, subject, tail }
}

/** Ends the search when the log changes what it is about, or when it is gone; until the result is called. */
const guard = (
  { clock, streams, searches }: EarlyResearchDependencies,
  { session, number, leaseId, subject, tail }: Held,
  stop: AbortController,
): (() => void) => {
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
  return () => {
    stopWatching()
    clearInterval(timer)
  }
}

/** How the search ended. A failure is none for the session: its run searches by itself. */
const searched = async (
  dependencies: EarlyResearchDependencies,
  { session, subject }: Held,
  calls: EarlyCalls,
  signal: AbortSignal,
): Promise<EarlyEnd> => {
  const { model, clock, searchRoutes, pages } = dependencies
  const { locale, mode, slots } = session
  // The picture itself is none of the agent's business: what it shows is a slot of its own.
  const { 'product.image_url': _, ...brief } = knownOf(slots)
  const until = clock.now() + agentSettings('research').deadline
  const { countCall, reserveSearches } = calls
  const tools = { model, clock, searchRoutes, pages, countCall, reserveSearches, until, signal }
  try {
    const found = await searchAhead(tools, { locale, mode, brief }, subject)
    return { status: 'found', found, used: calls.used() }
  } catch (error) {
    if (signal.aborted) return { status: 'cancelled', used: calls.used() }
    note({ code: asStudioError(error).code })
    noteFailure(error)
    return { status: 'failed', used: calls.used() }
  }
}

const search = async (
  dependencies: EarlyResearchDependencies,
  sessionId: string,
): Promise<void> => {
  const held = await hold(dependencies, sessionId)
  if (held === undefined) return note({ outcome: 'not_wanted' })
  const { number, leaseId } = held
  const stop = new AbortController()
  const calls = openEarlyCalls(dependencies, {
    sessionId,
    number,
    leaseId,
    principal: held.session.owner,
    lost: () => cancelled('The search was taken over, or has used up its calls.'),
  })
  const release = guard(dependencies, held, stop)
  try {
    const end = await searched(dependencies, held, calls, stop.signal)
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
    release()
    await calls.settled()
  }
}

export const createEarlyResearchService = (dependencies: EarlyResearchDependencies) => ({
  /**
   * Searches ahead of the session's run for what its brief is about now, and keeps what was found for the run.
   * A second delivery finds the search made, or at work; one whose worker has died is gone on with, as far
   * as its calls are not used up.
   * @throws when it could not be claimed; nothing was paid for then
   */
  search: (sessionId: string) => search(dependencies, sessionId),
})
