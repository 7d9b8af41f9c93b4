import type { StageName } from '../contracts/agents.ts'
import type { SessionState } from '../contracts/session.ts'

/** What moves a session through its states. */
export type SessionTrigger =
  /** A turn was committed; `slotsChanged` matters only in states in which a turn may change slots. */
  | { type: 'turn-committed'; gateReady: boolean; slotsChanged: boolean }
  /** Slots were changed by hand. */
  | { type: 'brief-edited'; gateReady: boolean }
  | { type: 'run-started'; stage: StageName }
  | { type: 'stage-committed'; stage: StageName }
  | { type: 'run-failed' }
  | { type: 'run-cancelled'; gateReady: boolean }

export const stageState = {
  research: 'RUN_RESEARCH',
  strategy: 'GEN_STRATEGY',
  creative: 'GEN_CREATIVES',
  voice: 'GEN_CREATIVES',
} as const satisfies Record<StageName, SessionState>

/** The state after a stage is committed; creative and voice share one state. */
export const stateAfter = {
  research: 'GEN_STRATEGY',
  strategy: 'GEN_CREATIVES',
  creative: 'GEN_CREATIVES',
  voice: 'DONE',
} as const satisfies Record<StageName, SessionState>

export const stageAfter = {
  research: 'strategy',
  strategy: 'creative',
  creative: 'voice',
  voice: null,
} as const satisfies Record<StageName, StageName | null>

export const runningStates = ['RUN_RESEARCH', 'GEN_STRATEGY', 'GEN_CREATIVES'] as const
export type RunningState = (typeof runningStates)[number]

export const isRunning = (state: SessionState): state is RunningState =>
  (runningStates as readonly SessionState[]).includes(state)

const collected = (gateReady: boolean): SessionState =>
  gateReady ? 'BRIEF_READY' : 'CHAT_COLLECTING'

/**
 * The transition table: the next state, or null when this cannot happen in that state. Staying is a
 * transition to the same state. A turn during a run does not change the state, and no turn that fails
 * does (docs/decisions/0023).
 */
export const transition = (state: SessionState, trigger: SessionTrigger): SessionState | null => {
  switch (trigger.type) {
    case 'turn-committed':
      if (isRunning(state)) return trigger.slotsChanged ? null : state
      if (state === 'DONE' && !trigger.slotsChanged) return 'DONE'
      return collected(trigger.gateReady)
    case 'brief-edited':
      return isRunning(state) ? null : collected(trigger.gateReady)
    case 'run-started':
      return isRunning(state) || state === 'CHAT_COLLECTING' ? null : stageState[trigger.stage]
    case 'stage-committed':
      return state === stageState[trigger.stage] ? stateAfter[trigger.stage] : null
    case 'run-failed':
      return isRunning(state) ? 'FAILED' : null
    case 'run-cancelled':
      return isRunning(state) ? collected(trigger.gateReady) : null
  }
}
