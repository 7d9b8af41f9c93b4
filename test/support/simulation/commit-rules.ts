import { expect } from 'vitest'
import type { Item } from '../../../shared/clients/store.ts'
import { stageNames } from '../../../shared/contracts/agents.ts'
import { type StudioEvent, stageDelta } from '../../../shared/contracts/events.ts'
import { type SessionState, sessionStates } from '../../../shared/contracts/session.ts'
import { asEvents } from '../../../shared/repositories/event-items.ts'
import { asStages } from '../../../shared/repositories/stage-repository.ts'
import { isUseAttribute } from '../../../shared/repositories/usage-repository.ts'
import { modelLimits } from '../../../shared/rules/model-limits.ts'
import {
  isRunning,
  type SessionTrigger,
  stageState,
  transition,
} from '../../../shared/rules/session-state.ts'
import type { Change, MemoryTable } from './memory-table.ts'

const triggers: SessionTrigger[] = [
  ...[true, false].flatMap((gateReady): SessionTrigger[] => [
    { type: 'turn-committed', gateReady, slotsChanged: true },
    { type: 'turn-committed', gateReady, slotsChanged: false },
    { type: 'run-cancelled', gateReady },
  ]),
  { type: 'run-failed' },
  ...stageNames.flatMap((stage): SessionTrigger[] => [
    { type: 'run-started', stage },
    { type: 'stage-committed', stage },
  ]),
]
const arrows = new Set(
  sessionStates.flatMap((from) =>
    triggers.map((trigger) => `${from} -> ${transition(from, trigger)}`),
  ),
)

const endedRuns = ['DONE', 'FAILED', 'CANCELLED']

/** What a session's log has said so far. */
interface Log {
  events: StudioEvent[]
  state: SessionState | undefined
  /** The turn that is in progress. */
  turn: number | undefined
  /** The stage at work, by run. */
  stages: Map<string, string | undefined>
}
type Logs = Map<string, Log>

const logOf = (logs: Logs, sessionId: string): Log => {
  const log = logs.get(sessionId) ?? {
    events: [],
    state: undefined,
    turn: undefined,
    stages: new Map(),
  }
  logs.set(sessionId, log)
  return log
}

/** Each state follows from the one before, along an arrow of the table. */
const followState = (log: Log, { data, type, run_id }: StudioEvent): void => {
  if (type === 'session.started') log.state = data.state
  if (type !== 'stage.changed') return
  expect(data.from, 'the log has a change from another state').toBe(log.state)
  expect([...arrows], 'no arrow of the table').toContain(`${data.from} -> ${data.to}`)
  log.state = data.to
  if (run_id) log.stages.set(run_id, isRunning(data.to) ? data.stage : undefined)
}

/** One turn at a time, with its events between its start and its end. */
const followTurn = (log: Log, { data, type }: StudioEvent): void => {
  if (type === 'turn.started') {
    expect(log.turn, 'a turn begins within another').toBeUndefined()
    log.turn = data.turn
  }
  if (type === 'planner.delta' || type === 'turn.completed') {
    expect(log.turn, `${type} outside of its turn`).toBe(data.turn)
  }
  if (type === 'turn.completed') log.turn = undefined
  if (type === 'error' && data.stage === 'turn') {
    expect(log.turn, 'an error outside of its turn').toBe(data.turn)
    log.turn = undefined
  }
}

const followEvent = (logs: Logs, event: StudioEvent): void => {
  const log = logOf(logs, event.session_id)
  const { type, run_id } = event
  expect(event.seq, 'the log has a gap').toBe(log.events.length + 1)
  log.events.push(event)
  followState(log, event)
  followTurn(log, event)
  for (const stage of stageNames) {
    if (type === stageDelta[stage] && run_id) {
      const at = log.stages.get(run_id)
      // Voice is begun ahead of its turn.
      const isAhead = stage === 'voice' && at === 'creative'
      expect(isAhead ? stage : at, `${type} outside of its stage`).toBe(stage)
    }
  }
}

const checkSession = (
  logs: Logs,
  before: Item | undefined,
  after: Item,
  news: StudioEvent[],
): void => {
  const log = logOf(logs, String(after.session_id))
  expect(after.state, 'the log and the session disagree').toBe(log.state)
  expect(Number(after.lease_calls ?? 0)).toBeLessThanOrEqual(modelLimits.planner.maxCalls)
  const began = news.filter(({ type }) => type === 'turn.started')
  expect(began, 'each turn begins once').toHaveLength(
    Number(after.turn) - Number(before?.turn ?? 0),
  )
  const ended = news.filter(
    ({ type, data }) => type === 'turn.completed' || (type === 'error' && 'turn' in data),
  )
  if (ended.length > 0) {
    expect(before?.lease_id, 'a turn ends without a lease').toBeDefined()
    expect(after.lease_id).not.toBe(before?.lease_id)
  }
}

const checkRun = (before: Item | undefined, after: Item, news: StudioEvent[]): void => {
  const runId = after.PK.slice('RUN#'.length)
  const errors = news.filter(({ type, run_id }) => type === 'error' && run_id === runId)
  const fails = after.state === 'FAILED' && before?.state !== 'FAILED'
  expect(errors, 'one error event per failed attempt').toHaveLength(fails ? 1 : 0)
  const completed = news.filter(({ type }) => type === 'run.completed')
  expect(completed).toHaveLength(after.state === 'DONE' ? 1 : 0)
  if (!before) return
  if (endedRuns.includes(String(before.state))) {
    expect(before.state, 'a run that ended changed').toBe('FAILED')
    expect(after.attempt).toBe(Number(before.attempt) + 1)
  } else expect(after.attempt).toBe(before.attempt)
}

/** What a stage has and is beside its signs of life and what was paid for it, which may come late. */
const lasting = (item: Item) =>
  Object.entries(item).filter(([name]) => name !== 'lease_until' && !isUseAttribute(name))

const checkStage = (before: Item | undefined, after: Item): void => {
  if (before?.status === 'committed') {
    expect(lasting(after), 'a committed stage changed').toEqual(lasting(before))
  }
  const stage = stageNames.find((name) => after.SK === `STAGE#${name}`)
  const { output, partial, provenance } = (stage && asStages([after])[stage]) ?? {}
  if (after.status === 'committed') {
    expect(output).toBeDefined()
    expect(partial).toBeUndefined()
    const author = provenance?.response_id
    expect(author, 'a stage was committed by a worker that did not hold it').toBe(before?.lease_id)
    expect(after.lease_id).toBe(before?.lease_id)
  } else expect(output, 'an output that was never committed').toBeUndefined()
  for (const [name, calls] of Object.entries(after)) {
    if (stage && name.startsWith('calls_')) {
      expect(Number(calls)).toBeLessThanOrEqual(modelLimits[stage].maxCalls)
    }
  }
}

/** A session and its run say the same, except that chat goes on after a run has ended. */
const checkPair = (session: Item, table: MemoryTable): void => {
  if (session.run_id === undefined) return
  const run = table.get({ PK: `RUN#${session.run_id}`, SK: 'RUN' })
  const running = isRunning(session.state as SessionState)
  if (running || !endedRuns.includes(String(run?.state))) {
    expect(run?.state, 'run and session disagree').toBe(session.state)
    const stage = stageNames.find((name) => name === run?.stage)
    expect(stage && stageState[stage]).toBe(run?.state)
  }
}

const check = (logs: Logs, changes: Change[], table: MemoryTable): void => {
  const news: StudioEvent[] = []
  for (const { before, after } of changes) {
    if (before?.SK.startsWith('EVENT#')) throw new Error('An event was written over.')
    if (before?.SK.startsWith('MESSAGE#')) throw new Error('A message was written over.')
    if (after?.SK.startsWith('EVENT#')) news.push(...asEvents(after))
  }
  for (const event of news) followEvent(logs, event)
  for (const { before, after } of changes) {
    if (after?.SK === 'SESSION') checkSession(logs, before, after, news)
    if (after?.SK === 'RUN') checkRun(before, after, news)
    if (after?.SK.startsWith('STAGE#')) checkStage(before, after)
    const sessionId = after?.SK === 'RUN' || after?.SK === 'SESSION' ? after.session_id : undefined
    const session = table.get({ PK: `SESSION#${sessionId}`, SK: 'SESSION' })
    if (session) checkPair(session, table)
  }
}

/**
 * What must hold of every single write at the moment at which it takes effect, whichever process made
 * it: given to a simulated table, it throws at the first write that breaks a promise.
 */
export const createCommitRules = () => {
  const logs: Logs = new Map()
  return {
    check: (changes: Change[], table: MemoryTable): void => check(logs, changes, table),
    /** What was appended to a session's log so far. */
    events: (sessionId: string): StudioEvent[] => logOf(logs, sessionId).events,
  }
}
