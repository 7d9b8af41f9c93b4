import {
  type Condition,
  ConditionFailed,
  type Item,
  type Store,
  type Write,
} from '../clients/store.ts'
import type { BriefSlots } from '../contracts/brief.ts'
import type { Locale, Message, Mode, SessionState } from '../contracts/session.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex, ownerIndex } from '../rules/storage-layout.ts'
import { asMessage, inOrder } from './chat-message-repository.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import { conversationRange, expiry, sessionKey } from './table-keys.ts'

/** The right to run one turn; who comes after `until` (epoch milliseconds) may take it. */
export interface TurnLease {
  id: string
  until: number
}

export interface Session {
  session_id: string
  owner: string
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

/** Messages of the conversation that the planner is shown, newest: twenty turns. */
const messagesRemembered = 40

export interface SessionRepository {
  get(sessionId: string): Promise<Session | undefined>
  /** Session and recent messages in one query. */
  conversation(sessionId: string): Promise<Conversation | undefined>
  create(session: Session): Write
  /** Takes the turn lease for turn `session.turn + 1`, if nobody else has since `session` was read. */
  takeLease(session: Session, lease: TurnLease): Write
  /** Hands the lease of the current turn on, as long as `from` holds it. */
  passLease(sessionId: string, from: string, to: TurnLease): Write
  /** Counts another model call of a turn before it is made. False when its lease was lost or `maxCalls` are used. */
  countCall(sessionId: string, leaseId: string, maxCalls: number): Promise<boolean>
  /** Sessions whose turn outlived its lease: its worker is dead. */
  listAbandoned(): Promise<string[]>
  /** Ends the turn that holds `leaseId`, on condition that the state is still the one it was judged from. */
  endTurn(
    session: Session,
    leaseId: string,
    change: { state: SessionState; slots?: BriefSlots },
  ): Write
  /** Ends a turn without a word about its state. */
  releaseLease(sessionId: string, leaseId: string): Write
  /** Moves an idle session into a run; a lease left over loses its hold. */
  beginRun(session: Session, runId: string, state: SessionState): Write
  /** Moves a session along with its run. */
  followRun(sessionId: string, runId: string, from: SessionState, to: SessionState): Write
}

/** True while somebody's turn is going on. */
export const isLeased = (session: Session, now: number): boolean =>
  session.lease !== undefined && session.lease.until > now

const openTurns = 'TURN'
/** A lease as the session's item has it. */
const held = (lease: TurnLease, sessionId: string) => ({
  lease_id: lease.id,
  lease_until: lease.until,
  // The turn's first call of the model starts side by side with this write.
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
    ...session
  } = unpackJson(item, ['slots'])
  return {
    ...session,
    ...(lease_id === undefined ? {} : { lease: { id: lease_id, until: lease_until } }),
  } as unknown as Session
}

/** That no turn has begun or ended since `session` was read, and none is going on. */
const isIdle = ({ turn, lease }: Session, now: number): Condition =>
  lease
    ? {
        expression: '#turn = :turn AND #lease_id = :over AND #lease_until < :now',
        values: { ':turn': turn, ':over': lease.id, ':now': now },
      }
    : {
        expression: '#turn = :turn AND attribute_not_exists(#lease_id)',
        values: { ':turn': turn },
      }

export const createSessionRepository = (store: Store, clock: Clock): SessionRepository => {
  const touched = () => ({ updated_at: isoTime(clock.now()), ttl: expiry(clock.now()) })
  return {
    async get(sessionId) {
      const item = await store.get(sessionKey(sessionId))
      return item && asSession(item)
    },
    async conversation(sessionId) {
      const { items } = await store.query({
        ...conversationRange(sessionId),
        newestFirst: true,
        limit: messagesRemembered + 1,
      })
      const [session, ...messages] = items
      if (session?.SK !== 'SESSION') return undefined
      return {
        session: asSession(session),
        messages: messages.map(asMessage).sort(inOrder),
      }
    },
    create: ({ lease, ...session }) => ({
      put: {
        ...sessionKey(session.session_id),
        ...packJson(session),
        [ownerIndex.partition]: session.owner,
        [ownerIndex.sort]: `SESSION#${session.session_id}`,
        ttl: expiry(clock.now()),
      },
      condition: { expression: 'attribute_not_exists(#PK)' },
    }),
    takeLease: (session, lease) => ({
      update: sessionKey(session.session_id),
      set: {
        turn: session.turn + 1,
        ...held(lease, session.session_id),
        ...touched(),
      },
      condition: isIdle(session, clock.now()),
    }),
    passLease: (sessionId, from, to) => ({
      update: sessionKey(sessionId),
      set: { ...held(to, sessionId), ...touched() },
      condition: { expression: '#lease_id = :from', values: { ':from': from } },
    }),
    async countCall(sessionId, leaseId, maxCalls) {
      try {
        await store.write([
          {
            update: sessionKey(sessionId),
            count: 'lease_calls',
            condition: {
              expression: '#lease_id = :lease AND #lease_calls < :most',
              values: { ':lease': leaseId, ':most': maxCalls },
            },
          },
        ])
        return true
      } catch (error) {
        if (error instanceof ConditionFailed) return false
        throw error
      }
    },
    async listAbandoned() {
      const { items } = await store.query({
        pk: openTurns,
        from: '0',
        to: isoTime(clock.now()),
        limit: 100,
        index: openIndex,
      })
      return items.map(({ PK }) => PK.slice('SESSION#'.length))
    },
    endTurn: (session, leaseId, { state, slots }) => ({
      update: sessionKey(session.session_id),
      set: packJson({ state, ...(slots ? { slots } : {}), ...touched() }),
      clear: leaseAttributes,
      condition: {
        expression: '#lease_id = :lease AND #state = :state',
        values: { ':lease': leaseId, ':state': session.state },
      },
    }),
    releaseLease: (sessionId, leaseId) => ({
      update: sessionKey(sessionId),
      set: touched(),
      clear: leaseAttributes,
      condition: { expression: '#lease_id = :lease', values: { ':lease': leaseId } },
    }),
    beginRun: (session, runId, state) => {
      const idle = isIdle(session, clock.now())
      return {
        update: sessionKey(session.session_id),
        set: { state, run_id: runId, ...touched() },
        clear: leaseAttributes,
        condition: {
          expression: `#state = :state AND ${idle.expression}`,
          values: { ...idle.values, ':state': session.state },
        },
      }
    },
    followRun: (sessionId, runId, from, to) => ({
      update: sessionKey(sessionId),
      set: { state: to, ...touched() },
      condition: {
        expression: '#run_id = :run AND #state = :from',
        values: { ':run': runId, ':from': from },
      },
    }),
  }
}
