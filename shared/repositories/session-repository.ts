import { type Item, itemPagesOf, type Store, type Write } from '../clients/store.ts'
import type { BriefSlots } from '../contracts/brief.ts'
import type { Message, SessionState } from '../contracts/session.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex, ownerIndex } from '../rules/storage-layout.ts'
import { asMessage, inOrder } from './chat-message-repository.ts'
import { packDense, packJson, unpackJson } from './json-attributes.ts'
import type { Session, TurnLease } from './session.ts'
import { createLeaseWrites, createRunWrites, openTurns, type TurnEnd } from './session-writes.ts'
import { conversationRange, expiry, sessionKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

export interface Conversation {
  session: Session
  /** Newest messages, oldest first. */
  messages: Message[]
}

/** Newest messages of the conversation that the planner is shown: twenty turns. */
const messagesRemembered = 40

/** Abandoned turns that one sweep ends; the next one takes the rest. */
const abandonedAtOnce = 100

export interface SessionListOptions {
  limit: number
  /** The session behind which the list goes on. */
  after?: string
  /** Which of them are meant. */
  fits: (session: Session) => boolean
}

export interface SessionList {
  sessions: Session[]
  /** The session behind which the list goes on, null at its end. */
  next: string | null
}

export interface SessionRepository {
  get(sessionId: string): Promise<Session | undefined>
  /** Session and recent messages in one query. */
  conversation(sessionId: string): Promise<Conversation | undefined>
  create(session: Session): Write
  /**
   * Takes the lease for turn `session.turn + 1`, if no other turn began or ended since `session` was read.
   * With `slots`, which replace the session's, also only if neither they nor the state changed since.
   */
  takeLease(session: Session, lease: TurnLease, slots?: BriefSlots): Write
  /** Replaces the lease of the current turn, as long as `from` holds it. */
  passLease(sessionId: string, from: string, to: TurnLease): Write
  /** Counts another model call of a turn before it is made, on condition that its lease holds and fewer than `maxCalls` are used. */
  countCall(sessionId: string, leaseId: string, maxCalls: number): Write
  /** Sessions whose turn outlived its lease: its worker is dead. The oldest hundred. */
  listAbandoned(): Promise<string[]>
  /** Ends the turn that holds `leaseId`, on condition that state and slots are still those of `session`. */
  endTurn(session: Session, leaseId: string, change: TurnEnd): Write
  /** Replaces slots and state, on condition that both are still those of `session`. */
  edit(session: Session, change: Required<TurnEnd>): Write
  /** Sessions of an owner, newest first. */
  list(owner: string, options: SessionListOptions): Promise<SessionList>
  /** Ends a turn and leaves the state as it is. */
  releaseLease(sessionId: string, leaseId: string): Write
  /** Whether the turn that ended last is the one that held `leaseId`: of a write whose answer was lost. */
  hasEnded(sessionId: string, leaseId: string): Promise<boolean>
  /** Moves an idle session into a run; a lease past its time is cleared. */
  beginRun(session: Session, runId: string, state: SessionState): Write
  /** The owner of a session whose erasure has begun; undefined for any other. */
  erasing(sessionId: string): Promise<string | undefined>
  /**
   * Leaves nothing of a session's item but its owner and its last run: it is not found any more, and no worker of it
   * can commit anything. Repeatable; no effect when the item is gone.
   * @returns the last run that it came to
   */
  beginErasure(sessionId: string, owner: string): Promise<string | undefined>
  /** Moves a session along with its run. */
  followRun(sessionId: string, runId: string, from: SessionState, to: SessionState): Write
}

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

/** A session's item whose erasure has begun: what remains of it proves the owner until the end. */
const isErased = (item: Item): boolean => item.erasing === true

const beginErasure = async (
  store: Store,
  clock: Clock,
  sessionId: string,
  owner: string,
): Promise<string | undefined> => {
  const key = sessionKey(sessionId)
  // One round more for each run that begins between the two requests; the limits on runs let through a few.
  for (;;) {
    const item = await store.get(key)
    if (!item) return undefined
    const runId = typeof item.run_id === 'string' ? item.run_id : undefined
    const kept = { owner, erasing: true, ...(runId !== undefined && { run_id: runId }) }
    const isBegun = await tryWrite(store, [
      {
        put: { ...key, ...kept, ttl: expiry(clock.now(), 'session') },
        // A run that began since the item was read is the one that has to be known.
        condition:
          runId === undefined
            ? { expression: 'attribute_exists(#PK) AND attribute_not_exists(#run_id)' }
            : { expression: '#run_id = :run', values: { ':run': runId } },
      },
    ])
    if (isBegun) return runId
  }
}

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

/** Sessions read with one request while some are picked out. */
const filteredPage = 100

const ownerAttributes = (owner: string, sessionId: string) => ({
  [ownerIndex.partition]: owner,
  [ownerIndex.sort]: `SESSION#${sessionId}`,
})

const list = async (
  store: Store,
  owner: string,
  { limit, after, fits }: SessionListOptions,
): Promise<SessionList> => {
  const range = {
    pk: owner,
    from: 'SESSION#',
    to: 'SESSION#\uffff',
    newestFirst: true,
    index: ownerIndex,
    ...(after ? { after: { ...sessionKey(after), ...ownerAttributes(owner, after) } } : {}),
  }
  const found: Session[] = []
  for await (const { items, next } of itemPagesOf(store, range, { pageSize: filteredPage })) {
    found.push(...items.map(asSession).filter(fits))
    const hasMore = next !== undefined || found.length > limit
    if (hasMore && found.length >= limit) {
      const sessions = found.slice(0, limit)
      return { sessions, next: sessions.at(-1)?.session_id ?? null }
    }
  }
  return { sessions: found, next: null }
}

const create = (clock: Clock, { lease, slots, ...session }: Session): Write => ({
  put: {
    ...sessionKey(session.session_id),
    ...packJson(session),
    ...packDense({ slots }),
    ...ownerAttributes(session.owner, session.session_id),
    ttl: expiry(clock.now(), 'session'),
  },
  condition: { expression: 'attribute_not_exists(#PK)' },
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
  list: (owner, options) => list(store, owner, options),
  create: (session) => create(clock, session),
  ...createLeaseWrites(clock),
  ...createRunWrites(clock),
})
