import { ConditionFailed, type Item, itemsOf, type Store, type Write } from '../clients/store.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import {
  addShape,
  type EarlyShape,
  type KeptSearch,
  keptIn,
  putFindings,
} from './early-findings.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import type { Session } from './session.ts'
import type { UsedUnits } from './spend-scopes.ts'
import {
  earlyFindingsKey,
  earlySearchKey,
  earlySearchRange,
  expiry,
  sessionKey,
} from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** Research that was made for a session before its run: a search, and what was made of it. */
export interface EarlySearch {
  /** From 1, in the order in which they were begun. */
  number: number
  /** Of what it is about. */
  subject: string
  status: 'searching' | 'found' | 'failed' | 'cancelled'
  lease_id: string
  /** Epoch milliseconds: after that its worker is dead. */
  lease_until: number
  /** Calls of the model, counted before each was made. */
  calls: number
  provider: string
  model: string
  begun_at: string
  /** When the search was made; what it found is kept from then on, also while it is shaped. */
  searched_at?: string
  /** What its calls used, as far as its worker came to write that down. */
  used: UsedUnits[]
  /** The run that took it first. */
  taken_by?: string
}

export interface EarlyClaim extends Pick<EarlySearch, 'subject' | 'provider' | 'model'> {
  leaseId: string
  until: number
}

/** What the search of a worker brought, as JSON, and what its calls used so far. */
export interface EarlyFind {
  found: object
  used: readonly UsedUnits[]
}

export interface EarlyEnd {
  status: Exclude<EarlySearch['status'], 'searching'>
  used: readonly UsedUnits[]
  shaped?: EarlyShape
}

/** Which of a session's searches is meant. */
type Place = Pick<EarlySearch, 'number'> & { sessionId: string }

export interface FoundSearch extends KeptSearch {
  search: EarlySearch
}

export interface EarlySearchRepository {
  /** In the order in which they were begun. */
  list(session: Pick<Session, 'session_id' | 'early_searches'>): Promise<EarlySearch[]>
  /** The same with what they found, in one query. */
  lookUp(sessionId: string): Promise<FoundSearch[]>
  get(place: Place): Promise<EarlySearch | undefined>
  kept(place: Place): Promise<KeptSearch>
  /**
   * Begins the session's next search. False when the session has moved since it was read: it is gone, in another
   * state, or another worker has begun one.
   */
  begin(session: Session, claim: EarlyClaim): Promise<EarlySearch | undefined>
  /** Goes on with a search whose worker is dead. False when it is not, or another was first. */
  takeOver(sessionId: string, search: EarlySearch, claim: EarlyClaim): Promise<boolean>
  /** False when the search is gone, with its session, or another worker has it. */
  extend(place: Place, leaseId: string, until: number): Promise<boolean>
  /** Counts a call of the model before it is made, on condition that `leaseId` has the search and fewer are used. */
  countCall(place: Place, leaseId: string, maxCalls: number): Write
  /** Stores what was found, before it is shaped; false for a worker that has lost the search. */
  keep(place: Place, leaseId: string, found: EarlyFind): Promise<boolean>
  /** Stores how a search ended, and what was made of it; false for a worker that has lost it. */
  end(place: Place, leaseId: string, end: EarlyEnd): Promise<boolean>
  /**
   * Writes with which a run becomes the one that counts a search as it was read: all of them, or false when it has
   * changed since, or another run counts it. A search whose worker died over its findings ends with that.
   */
  take(
    sessionId: string,
    search: EarlySearch,
    runId: string,
    writes: readonly Write[],
  ): Promise<boolean>
}

const asSearch = (item: Item): EarlySearch => {
  const { PK, SK, ttl, ...search } = unpackJson(item, ['used'])
  return search as unknown as EarlySearch
}

const lookUp = async (store: Store, sessionId: string): Promise<FoundSearch[]> => {
  const items = await itemsOf(store, earlySearchRange(sessionId))
  const found = new Map(items.map((item) => [item.SK, item]))
  return items.flatMap((item) => {
    if (!item.SK.startsWith('EARLY#')) return []
    const search = asSearch(item)
    const { SK } = earlyFindingsKey(sessionId, search.number)
    return [{ search, ...keptIn(found.get(SK)) }]
  })
}

const holds = (leaseId: string) => ({
  expression: '#lease_id = :lease AND #status = :searching',
  values: { ':lease': leaseId, ':searching': 'searching' },
})

const claimed = ({ leaseId, until }: EarlyClaim) => ({ lease_id: leaseId, lease_until: until })

const begin = async (
  store: Store,
  clock: Clock,
  { session_id, state, early_searches }: Session,
  claim: EarlyClaim,
): Promise<EarlySearch | undefined> => {
  const { subject, provider, model } = claim
  const search: EarlySearch = {
    number: (early_searches ?? 0) + 1,
    subject,
    status: 'searching',
    ...claimed(claim),
    calls: 0,
    provider,
    model,
    begun_at: isoTime(clock.now()),
    used: [],
  }
  const isBegun = await tryWrite(store, [
    {
      put: {
        ...earlySearchKey(session_id, search.number),
        ...packJson(search),
        ttl: expiry(clock.now(), 'earlySearch'),
      },
      condition: { expression: 'attribute_not_exists(#PK)' },
    },
    {
      // A session that is being erased has no state, and one that runs a run searches in it.
      update: sessionKey(session_id),
      set: { early_searches: search.number },
      condition:
        early_searches === undefined
          ? {
              expression: '#state = :state AND attribute_not_exists(#early_searches)',
              values: { ':state': state },
            }
          : {
              expression: '#state = :state AND #early_searches = :begun',
              values: { ':state': state, ':begun': early_searches },
            },
    },
  ])
  return isBegun ? search : undefined
}

const keep = (
  store: Store,
  clock: Clock,
  { sessionId, number }: Place,
  leaseId: string,
  { found, used }: EarlyFind,
): Promise<boolean> => {
  const now = clock.now()
  return tryWrite(store, [
    {
      update: earlySearchKey(sessionId, number),
      set: { searched_at: isoTime(now), ...packJson({ used }) },
      condition: holds(leaseId),
    },
    putFindings(sessionId, number, now, found),
  ])
}

const end = (
  store: Store,
  clock: Clock,
  { sessionId, number }: Place,
  leaseId: string,
  { status, used, shaped }: EarlyEnd,
): Promise<boolean> => {
  const now = clock.now()
  return tryWrite(store, [
    {
      update: earlySearchKey(sessionId, number),
      set: { status, ...packJson({ used }), ttl: expiry(now, 'earlySearch') },
      condition: holds(leaseId),
    },
    ...(shaped ? [addShape(sessionId, number, now, shaped)] : []),
  ])
}

const take = async (
  store: Store,
  sessionId: string,
  { number, status, lease_id, calls }: EarlySearch,
  runId: string,
  writes: readonly Write[],
): Promise<boolean> => {
  const taken: Write = {
    update: earlySearchKey(sessionId, number),
    set: { taken_by: runId, status: 'found' },
    condition: {
      expression:
        'attribute_not_exists(#taken_by) AND #status = :status AND #lease_id = :lease AND #calls = :calls',
      values: { ':status': status, ':lease': lease_id, ':calls': calls },
    },
  }
  try {
    await store.write([taken, ...writes])
    return true
  } catch (error) {
    if (error instanceof ConditionFailed && error.failed.includes(0)) return false
    throw error
  }
}

export const createEarlySearchRepository = (store: Store, clock: Clock): EarlySearchRepository => ({
  async list({ session_id, early_searches = 0 }) {
    const numbers = Array.from({ length: early_searches }, (_, index) => index + 1)
    const items = await Promise.all(
      numbers.map((number) => store.get(earlySearchKey(session_id, number))),
    )
    return items.flatMap((item) => (item ? [asSearch(item)] : []))
  },
  lookUp: (sessionId) => lookUp(store, sessionId),
  async get({ sessionId, number }) {
    const item = await store.get(earlySearchKey(sessionId, number))
    return item && asSearch(item)
  },
  kept: async ({ sessionId, number }) =>
    keptIn(await store.get(earlyFindingsKey(sessionId, number))),
  begin: (session, claim) => begin(store, clock, session, claim),
  takeOver: (sessionId, { number, lease_id }, claim) =>
    tryWrite(store, [
      {
        update: earlySearchKey(sessionId, number),
        set: claimed(claim),
        condition: {
          expression: '#status = :searching AND #lease_id = :over AND #lease_until < :now',
          values: { ':searching': 'searching', ':over': lease_id, ':now': clock.now() },
        },
      },
    ]),
  extend: ({ sessionId, number }, leaseId, until) =>
    tryWrite(store, [
      {
        update: earlySearchKey(sessionId, number),
        set: { lease_until: until },
        condition: holds(leaseId),
      },
    ]),
  countCall: ({ sessionId, number }, leaseId, maxCalls) => ({
    update: earlySearchKey(sessionId, number),
    count: 'calls',
    condition: {
      expression: '#lease_id = :lease AND #status = :searching AND #calls < :max',
      values: { ':lease': leaseId, ':searching': 'searching', ':max': maxCalls },
    },
  }),
  keep: (...rest) => keep(store, clock, ...rest),
  end: (...rest) => end(store, clock, ...rest),
  take: (...rest) => take(store, ...rest),
})
