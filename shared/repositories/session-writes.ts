import type { Condition, Write } from '../clients/store.ts'
import type { BriefSlots } from '../contracts/brief.ts'
import type { SessionState } from '../contracts/session.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { packDense } from './json-attributes.ts'
import type { Session, TurnLease } from './session.ts'
import { expiry, sessionKey } from './table-keys.ts'

export interface TurnEnd {
  state: SessionState
  slots?: BriefSlots
}

/** The partition of `openIndex` with turns in progress. */
export const openTurns = 'TURN'
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

const both = (one: Condition, other: Condition): Condition => ({
  expression: `${one.expression} AND ${other.expression}`,
  values: { ...one.values, ...other.values },
})

/** That the session's state and slots are still those of `session`. */
const ifUnchanged = ({ state, slots_version }: Session): Condition =>
  slots_version === undefined
    ? {
        expression: '#state = :state AND attribute_not_exists(#slots_version)',
        values: { ':state': state },
      }
    : {
        expression: '#state = :state AND #slots_version = :slots',
        values: { ':state': state, ':slots': slots_version },
      }

/** What a session's item gets with other slots. */
const replaced = ({ slots_version = 0 }: Session, slots: BriefSlots) => ({
  ...packDense({ slots }),
  slots_version: slots_version + 1,
})

const touched = (clock: Clock) => ({
  updated_at: isoTime(clock.now()),
  ttl: expiry(clock.now(), 'session'),
})

/** How a session's item gets, changes and loses the lease of a turn. */
export const createLeaseWrites = (clock: Clock) => ({
  takeLease: (session: Session, lease: TurnLease, slots?: BriefSlots): Write => ({
    update: sessionKey(session.session_id),
    set: {
      turn: session.turn + 1,
      ...(slots ? replaced(session, slots) : {}),
      ...leaseItem(lease, session.session_id),
      ...touched(clock),
    },
    condition: slots
      ? both(ifUnchanged(session), ifIdle(session, clock.now()))
      : ifIdle(session, clock.now()),
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
    set: {
      state,
      ...(slots ? replaced(session, slots) : {}),
      ended_lease: leaseId,
      ...touched(clock),
    },
    clear: leaseAttributes,
    condition: both(ifUnchanged(session), {
      expression: '#lease_id = :lease',
      values: { ':lease': leaseId },
    }),
  }),
  edit: (session: Session, { state, slots }: Required<TurnEnd>): Write => ({
    update: sessionKey(session.session_id),
    set: { state, ...replaced(session, slots), ...touched(clock) },
    condition: ifUnchanged(session),
  }),
  releaseLease: (sessionId: string, leaseId: string): Write => ({
    update: sessionKey(sessionId),
    set: { ended_lease: leaseId, ...touched(clock) },
    clear: leaseAttributes,
    condition: { expression: '#lease_id = :lease', values: { ':lease': leaseId } },
  }),
})

/** How a session's item moves along with a run. */
export const createRunWrites = (clock: Clock) => ({
  beginRun: (session: Session, runId: string, state: SessionState): Write => {
    return {
      update: sessionKey(session.session_id),
      set: { state, run_id: runId, ...touched(clock) },
      clear: leaseAttributes,
      condition: both(ifUnchanged(session), ifIdle(session, clock.now())),
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
