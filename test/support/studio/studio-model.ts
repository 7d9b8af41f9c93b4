import { type StageName, stageNames } from '../../../shared/contracts/agents.ts'
import type { RunState } from '../../../shared/contracts/runs.ts'
import type { SessionState } from '../../../shared/contracts/session.ts'
import { isRunning, stageAfter, transition } from '../../../shared/rules/session-state.ts'

/** What a client does, one thing after another. */
export type Action =
  | { does: 'say'; what: 'fill' | 'unsure' | 'chat'; input: 'text' | 'voice' }
  /** A turn whose planner is refused an answer. */
  | { does: 'say in vain' }
  /** A message that is stopped while the planner thinks. */
  | { does: 'say and stop' }
  | { does: 'stop' | 'cancel' | 'go on' | 'reconnect' }
  /** A run, new or resumed, that goes well up to a stage, and there waits or fails; or to its end. */
  | { does: 'generate' | 'resume'; until: StageName | 'end'; ending: 'waits' | 'fails' }

/** What the system should be in, by the pure rules alone. */
export interface Expected {
  state: SessionState
  turn: number
  slots: 'none' | 'fill' | 'unsure'
  run: { state: RunState; stage: StageName; attempt: number } | undefined
}

export const beginning: Expected = {
  state: 'CHAT_COLLECTING',
  turn: 0,
  slots: 'none',
  run: undefined,
}

const must = (state: SessionState | null): SessionState => {
  if (state === null) throw new Error('The table has no such arrow.')
  return state
}

const ran = (
  now: Expected,
  from: StageName,
  attempt: number,
  action: Extract<Action, { until: unknown }>,
): Expected => {
  let state = must(transition(now.state, { type: 'run-started', stage: from }))
  let stage = from
  for (;;) {
    if (stage === action.until) {
      if (action.ending === 'fails') state = must(transition(state, { type: 'run-failed' }))
      break
    }
    state = must(transition(state, { type: 'stage-committed', stage }))
    const next = stageAfter[stage]
    if (next === null) break
    stage = next
  }
  return { ...now, state, run: { state: state as RunState, stage, attempt } }
}

/** What follows from an action, and the code of the refusal when it is refused. */
export const follow = (now: Expected, action: Action): { next: Expected; refusal?: string } => {
  const { state, run } = now
  const gateReady = now.slots === 'fill'
  const mayRun = (): string | undefined =>
    isRunning(state) ? 'RUN_IN_PROGRESS' : gateReady ? undefined : 'GATE_NOT_READY'
  switch (action.does) {
    case 'say': {
      const changes = !isRunning(state) && action.what !== 'chat' && action.what !== now.slots
      const slots = changes && action.what !== 'chat' ? action.what : now.slots
      const committed = { gateReady: slots === 'fill', slotsChanged: changes }
      const next = must(transition(state, { type: 'turn-committed', ...committed }))
      return { next: { ...now, state: next, slots, turn: now.turn + 1 } }
    }
    case 'say in vain':
      return { next: { ...now, turn: now.turn + 1 }, refusal: 'MODEL_REFUSED' }
    case 'say and stop':
      return { next: { ...now, turn: now.turn + 1 }, refusal: 'STOPPED' }
    case 'stop':
    case 'reconnect':
      return { next: now }
    case 'generate': {
      const refusal = mayRun()
      return refusal ? { next: now, refusal } : { next: ran(now, stageNames[0], 1, action) }
    }
    case 'resume': {
      if (!run) return { next: now, refusal: 'RUN_NOT_FOUND' }
      const refusal = mayRun() ?? (run.state === 'FAILED' ? undefined : 'RUN_NOT_RESUMABLE')
      if (refusal) return { next: now, refusal }
      // A stage that is behind cannot be waited for.
      const until =
        action.until !== 'end' && stageNames.indexOf(action.until) < stageNames.indexOf(run.stage)
          ? 'end'
          : action.until
      return { next: ran(now, run.stage, run.attempt + 1, { ...action, until }) }
    }
    case 'cancel': {
      if (!run) return { next: now, refusal: 'RUN_NOT_FOUND' }
      if (!isRunning(state)) return { next: now }
      const next = must(transition(state, { type: 'run-cancelled', gateReady }))
      return { next: { ...now, state: next, run: { ...run, state: 'CANCELLED' } } }
    }
    case 'go on': {
      if (!run || !isRunning(state)) return { next: now }
      const rest = ran({ ...now, state: 'FAILED' }, run.stage, run.attempt, {
        does: 'resume',
        until: 'end',
        ending: 'waits',
      })
      return { next: rest }
    }
  }
}
