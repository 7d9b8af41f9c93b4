import type { BriefSlots } from '../contracts/brief.ts'
import type { Locale, Mode, SessionState } from '../contracts/session.ts'

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
  /** Grows with each change of the slots; absent before the first. */
  slots_version?: number
  run_id?: string
  /** The run whose brief it began with. */
  from_run_id?: string
  /** Searches that were begun before a run. */
  early_searches?: number
  lease?: TurnLease
  created_at: string
  updated_at: string
}

/** True while a turn is in progress. */
export const isLeased = (session: Session, now: number): boolean =>
  session.lease !== undefined && session.lease.until > now
