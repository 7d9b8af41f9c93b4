import type { Condition, Item, Store, Write } from '../clients/store.ts'
import type { BriefSlots } from '../contracts/brief.ts'
import type { Locale, Message, Mode, SessionState } from '../contracts/session.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex, ownerIndex } from '../rules/storage-layout.ts'
import { asMessage, inOrder } from './chat-message-repository.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import { conversationRange, expiry, sessionKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** The right to run one turn; after `until` (epoch milliseconds) another worker may take it. */
export interface TurnLease {
  id: string
  until: number
}

export interface Session {
  session_id: string
  owner: string
  /** Principals that may read it. */
  readers?: readonly string[]
  locale: Locale
  mode: Mode
  state: SessionState
  /** Turns accepted so far. */
  turn: number
  slots: BriefSlots
  run_id?: string
  lease?: TurnLease
  created_at: string
  updated_at: string
}

export interface Conversation {
  session: Session
  /** Newest messages, oldest first. */
  messages: Message[]
}

/** Newest messages of the conversation that the planner is shown: twenty turns. */
const messagesRemembered = 40

/** Abandoned turns that one sweep ends; the next one takes the rest. */
const abandonedAtOnce = 100

export interface TurnEnd {
  state: SessionState
  slots?: BriefSlots
}

export interface SessionRepository {
  get(sessionId: string): Promise<Session | undefined>
  /** Session and recent messages in one query. */
  conversation(sessionId: string): Promise<Conversation | undefined>
  create(session: Session): Write
  /**
   * Takes the lease for turn `session.turn + 1`, if no other turn began or ended since `session` was read.
   * With `slots`, which replace the session's, also only if no run began since.
   */
  takeLease(session: Session, lease: TurnLease, slots?: BriefSlots): Write
  /** Replaces the lease of the current turn, as long as `from` holds it. */
  passLease(sessionId: string, from: string, to: TurnLease): Write
  /** Counts another model call of a turn before it is made, on condition that its lease holds and fewer than `maxCalls` are used. */
  countCall(sessionId: string, leaseId: string, maxCalls: number): Write
  /** Sessions whose turn outlived its lease: its worker is dead. The oldest hundred. */
  listAbandoned(): Promise<string[]>
  /** Ends the turn that holds `leaseId`, on condition that the state is still that of `session`. */
  endTurn(session: Session, leaseId: string, change: TurnEnd): Write
  /** Ends a turn and leaves the state as it is. */
  releaseLease(sessionId: string, leaseId: string): Write
  /** Whether the turn that ended last is the one that held `leaseId`: of a write whose answer was lost. */
  hasEnded(sessionId: string, leaseId: string): Promise<boolean>
  /** Moves an idle session into a run; a lease past its time is cleared. */
  beginRun(session: Session, runId: string, state: SessionState): Write
  /** The owner of a session whose erasure has begun; undefined for any other. */
  erasing(sessionId: string): Promise<string | undefined>
  /**
   * Leaves nothing of a session's item but its owner: it is not found any more, and no worker of it can
   * commit anything. Repeatable; no effect when the item is gone.
   */
  beginErasure(sessionId: string, owner: string): Promise<boolean>
  /** Moves a session along with its run. */
  followRun(sessionId: string, runId: string, from: SessionState, to: SessionState): Write
}

/** True while a turn is in progress. */
export const isLeased = (session: Session, now: number): boolean =>
  session.lease !== undefined && session.lease.until > now

const openTurns = 'TURN'
/** A lease as the session's item has it. */
const leaseItem = (lease: TurnLease, sessionId: string) => ({
  lease_id: lease.id,
  lease_until: lease.until,
  // The turn's first call of the model starts in parallel with this write.
  lease_calls: 1,
  [openIndex.partition]: openTurns,
  [openIndex.sort]: `${isoTime(lease.until)}#${sessionId}`,
})
const leaseAttributes = [
  'lease_id',
  'lease_until',
  'lease_calls',
  openIndex.partition,
  openIndex.sort,
]

const asSession = (item: Item): Session => {
  const {
    PK,
    SK,
    OWNER,
    OWNER_SK,
    OPEN,
    OPEN_SK,
    ttl,
    lease_id,
    lease_until,
    lease_calls,
    ended_lease,
    ...session
  } = unpackJson(item, ['slots'])
  return {
    ...session,
    ...(lease_id === undefined ? {} : { lease: { id: lease_id, until: lease_until } }),
  } as unknown as Session
}

/** That no turn has begun or ended since `session` was read, and none is in progress. */
const ifIdle = ({ turn, lease }: Session, now: number): Condition =>
  lease
    ? {
        expression: '#turn = :turn AND #lease_id = :over AND #lease_until < :now',
        values: { ':turn': turn, ':over': lease.id, ':now': now },
      }
    : {
        expression: '#turn = :turn AND attribute_not_exists(#lease_id)',
        values: { ':turn': turn },
      }

/** The same, and that the session's state is still that of `session`. */
const ifIdleIn = (session: Session, now: number): Condition => {
  const idle = ifIdle(session, now)
  return {
    expression: `#state = :state AND ${idle.expression}`,
    values: { ...idle.values, ':state': session.state },
  }
}

/** A session's item whose erasure has begun: what remains of it proves the owner until the end. */
const isErased = (item: Item): boolean => item.erasing === true

const beginErasure = (store: Store, clock: Clock, sessionId: string, owner: string) =>
  tryWrite(store, [
    {
      put: { ...sessionKey(sessionId), owner, erasing: true, ttl: expiry(clock.now(), 'session') },
      condition: { expression: 'attribute_exists(#PK)' },
    },
  ])

const conversation = async (store: Store, sessionId: string): Promise<Conversation | undefined> => {
  const { items } = await store.query({
    ...conversationRange(sessionId),
    newestFirst: true,
    limit: messagesRemembered + 1,
  })
  const [session, ...messages] = items
  if (session?.SK !== 'SESSION' || isErased(session)) return undefined
  return {
    session: asSession(session),
    messages: messages.map(asMessage).sort(inOrder),
  }
}

const listAbandoned = async (store: Store, now: number): Promise<string[]> => {
  const { items } = await store.query({
    pk: openTurns,
    from: '0',
    to: isoTime(now),
    limit: abandonedAtOnce,
    index: openIndex,
  })
  return items.map(({ PK }) => PK.slice('SESSION#'.length))
}

const create = (clock: Clock, { lease, ...session }: Session): Write => ({
  put: {
    ...sessionKey(session.session_id),
    ...packJson(session),
    [ownerIndex.partition]: session.owner,
    [ownerIndex.sort]: `SESSION#${session.session_id}`,
    ttl: expiry(clock.now(), 'session'),
  },
  condition: { expression: 'attribute_not_exists(#PK)' },
})

const touched = (clock: Clock) => ({
  updated_at: isoTime(clock.now()),
  ttl: expiry(clock.now(), 'session'),
})

/** How a session's item gets, changes and loses the lease of a turn. */
const createLeaseWrites = (clock: Clock) => ({
  takeLease: (session: Session, lease: TurnLease, slots?: BriefSlots): Write => ({
    update: sessionKey(session.session_id),
    set: {
      turn: session.turn + 1,
      ...(slots ? packJson({ slots }) : {}),
      ...leaseItem(lease, session.session_id),
      ...touched(clock),
    },
    condition: slots ? ifIdleIn(session, clock.now()) : ifIdle(session, clock.now()),
  }),
  passLease: (sessionId: string, from: string, to: TurnLease): Write => ({
    update: sessionKey(sessionId),
    set: { ...leaseItem(to, sessionId), ...touched(clock) },
    condition: { expression: '#lease_id = :from', values: { ':from': from } },
  }),
  countCall: (sessionId: string, leaseId: string, maxCalls: number): Write => ({
    update: sessionKey(sessionId),
    count: 'lease_calls',
    condition: {
      expression: '#lease_id = :lease AND #lease_calls < :max',
      values: { ':lease': leaseId, ':max': maxCalls },
    },
  }),
  endTurn: (session: Session, leaseId: string, { state, slots }: TurnEnd): Write => ({
    update: sessionKey(session.session_id),
    set: packJson({ state, ...(slots ? { slots } : {}), ended_lease: leaseId, ...touched(clock) }),
    clear: leaseAttributes,
    condition: {
      expression: '#lease_id = :lease AND #state = :state',
      values: { ':lease': leaseId, ':state': session.state },
    },
  }),
  releaseLease: (sessionId: string, leaseId: string): Write => ({
    update: sessionKey(sessionId),
    set: { ended_lease: leaseId, ...touched(clock) },
    clear: leaseAttributes,
    condition: { expression: '#lease_id = :lease', values: { ':lease': leaseId } },
  }),
})

/** How a session's item moves along with a run. */
const createRunWrites = (clock: Clock) => ({
  beginRun: (session: Session, runId: string, state: SessionState): Write => {
    return {
      update: sessionKey(session.session_id),
      set: { state, run_id: runId, ...touched(clock) },
      clear: leaseAttributes,
      condition: ifIdleIn(session, clock.now()),
    }
  },
  followRun: (sessionId: string, runId: string, from: SessionState, to: SessionState): Write => ({
    update: sessionKey(sessionId),
    set: { state: to, ...touched(clock) },
    condition: {
      expression: '#run_id = :run AND #state = :from',
      values: { ':run': runId, ':from': from },
    },
  }),
})

export const createSessionRepository = (store: Store, clock: Clock): SessionRepository => ({
  async get(sessionId) {
    const item = await store.get(sessionKey(sessionId))
    return item && !isErased(item) ? asSession(item) : undefined
  },
  hasEnded: async (sessionId, leaseId) =>
    (await store.get(sessionKey(sessionId)))?.ended_lease === leaseId,
  async erasing(sessionId) {
    const item = await store.get(sessionKey(sessionId))
    return item && isErased(item) ? String(item.owner) : undefined
  },
  beginErasure: (sessionId, owner) => beginErasure(store, clock, sessionId, owner),
  conversation: (sessionId) => conversation(store, sessionId),
  listAbandoned: () => listAbandoned(store, clock.now()),
  create: (session) => create(clock, session),
  ...createLeaseWrites(clock),
  ...createRunWrites(clock),
})
