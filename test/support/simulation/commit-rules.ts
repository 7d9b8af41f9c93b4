import { expect } from 'vitest'
import type { Item } from '../../../shared/clients/store.ts'
import { stageNames } from '../../../shared/contracts/agents.ts'
import { type StudioEvent, stageDelta } from '../../../shared/contracts/events.ts'
import { type SessionState, sessionStates } from '../../../shared/contracts/session.ts'
import {
  isRunning,
  type SessionTrigger,
  stageState,
  transition,
} from '../../../shared/rules/session-state.ts'
import type { Change, MemoryTable } from './memory-table.ts'

const happenings: SessionTrigger[] = [
  ...[true, false].flatMap((gateReady): SessionTrigger[] => [
    { type: 'turn-committed', gateReady, slotsChanged: true },
    { type: 'turn-committed', gateReady, slotsChanged: false },
    { type: 'run-cancelled', gateReady },
  ]),
  { type: 'turn-failed' },
  { type: 'run-failed' },
  ...stageNames.flatMap((stage): SessionTrigger[] => [
    { type: 'run-started', stage },
    { type: 'stage-committed', stage },
  ]),
]
const arrows = new Set(
  sessionStates.flatMap((from) =>
    happenings.map((happening) => `${from} -> ${transition(from, happening)}`),
  ),
)

/** Model calls that one attempt at a stage may make, and one turn. */
const maxCalls = { research: 3, strategy: 2, creative: 2, voice: 2, turn: 2 } as const

const endedRuns = ['DONE', 'FAILED', 'CANCELLED']
const eventOf = (item: Item): StudioEvent =>
  ({ ...item, data: JSON.parse(String(item.data)) }) as unknown as StudioEvent

interface Log {
  events: StudioEvent[]
  /** What the log has told of the session's state. */
  state: SessionState | undefined
  /** The turn that goes on, and the stage at work of each run. */
  turn: number | undefined
  stages: Map<string, string | undefined>
}

/**
 * What must hold of every single write at the moment at which it takes effect, whoever made it:
 * given to a simulated table, it throws at the first write that breaks a promise.
 */
export const createCommitRules = () => {
  const logs = new Map<string, Log>()
  const logOf = (sessionId: string): Log => {
    const log = logs.get(sessionId) ?? {
      events: [],
      state: undefined,
      turn: undefined,
      stages: new Map(),
    }
    logs.set(sessionId, log)
    return log
  }

  const judgeEvent = (event: StudioEvent): void => {
    const log = logOf(event.session_id)
    expect(event.seq, 'the log has a gap').toBe(log.events.length + 1)
    log.events.push(event)
    const { data, type, run_id } = event
    if (type === 'session.started') log.state = data.state
    if (type === 'stage.changed') {
      expect(data.from, 'the log tells of a change from another state').toBe(log.state)
      expect([...arrows], 'no arrow of the table').toContain(`${data.from} -> ${data.to}`)
      log.state = data.to
      if (run_id) log.stages.set(run_id, isRunning(data.to) ? data.stage : undefined)
    }
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
    for (const stage of stageNames) {
      if (type === stageDelta[stage] && run_id) {
        expect(log.stages.get(run_id), `${type} outside of its stage`).toBe(stage)
      }
    }
  }

  const judgeSession = (before: Item | undefined, after: Item, news: StudioEvent[]): void => {
    const log = logOf(String(after.session_id))
    expect(after.state, 'the log and the session disagree').toBe(log.state)
    expect(Number(after.lease_calls ?? 0)).toBeLessThanOrEqual(maxCalls.turn)
    const began = news.filter(({ type }) => type === 'turn.started')
    expect(began, 'each turn begins once').toHaveLength(
      Number(after.turn) - Number(before?.turn ?? 0),
    )
    const ended = news.filter(
      ({ type, data }) => type === 'turn.completed' || (type === 'error' && 'turn' in data),
    )
    if (ended.length > 0) {
      expect(before?.lease_id, 'a turn ends that nobody holds').toBeDefined()
      expect(after.lease_id).not.toBe(before?.lease_id)
    }
  }

  const judgeRun = (before: Item | undefined, after: Item, news: StudioEvent[]): void => {
    const errors = news.filter(({ type, run_id }) => type === 'error' && run_id === after.run_id)
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

  const judgeStage = (before: Item | undefined, after: Item): void => {
    if (before?.status === 'committed') {
      // A last sign of life may still come.
      expect({ ...after, lease_until: 0 }, 'a committed stage changed').toEqual({
        ...before,
        lease_until: 0,
      })
    }
    if (after.status === 'committed') {
      expect(after.output).toBeDefined()
      expect(after.partial).toBeUndefined()
      const { response_id: author } = JSON.parse(String(after.provenance))
      expect(author, 'a stage was committed by who did not hold it').toBe(before?.lease_id)
      expect(after.lease_id).toBe(before?.lease_id)
    } else expect(after.output, 'an output that nobody committed').toBeUndefined()
    const stage = stageNames.find((name) => after.SK === `STAGE#${name}`)
    for (const [name, calls] of Object.entries(after)) {
      if (stage && name.startsWith('calls_')) {
        expect(Number(calls)).toBeLessThanOrEqual(maxCalls[stage])
      }
    }
  }

  /** A session and its run say the same, except that chat goes on after a run has ended. */
  const judgePair = (session: Item, table: MemoryTable): void => {
    if (session.run_id === undefined) return
    const run = table.get({ PK: `RUN#${session.run_id}`, SK: 'RUN' })
    const running = isRunning(session.state as SessionState)
    if (running || !endedRuns.includes(String(run?.state))) {
      expect(run?.state, 'run and session disagree').toBe(session.state)
      const stage = stageNames.find((name) => name === run?.stage)
      expect(stage && stageState[stage]).toBe(run?.state)
    }
  }

  return {
    judge(changes: Change[], table: MemoryTable): void {
      const news: StudioEvent[] = []
      for (const { before, after } of changes) {
        if (before?.SK.startsWith('EVENT#')) throw new Error('An event was written over.')
        if (after?.SK.startsWith('EVENT#')) news.push(eventOf(after))
      }
      for (const event of news) judgeEvent(event)
      for (const { before, after } of changes) {
        if (before?.SK.startsWith('MESSAGE#')) throw new Error('A message was written over.')
        if (after?.SK === 'SESSION') judgeSession(before, after, news)
        if (after?.SK === 'RUN') judgeRun(before, after, news)
        if (after?.SK.startsWith('STAGE#')) judgeStage(before, after)
        const sessionId =
          after?.SK === 'RUN' || after?.SK === 'SESSION' ? after.session_id : undefined
        const session = table.get({ PK: `SESSION#${sessionId}`, SK: 'SESSION' })
        if (session) judgePair(session, table)
      }
    },
    /** What was appended to a session's log so far. */
    events: (sessionId: string): StudioEvent[] => logOf(sessionId).events,
  }
}
