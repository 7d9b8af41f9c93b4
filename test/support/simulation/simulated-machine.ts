import type { Execution, StateMachine } from '../../../shared/clients/state-machine.ts'
import type { StageName } from '../../../shared/contracts/agents.ts'
import type { StageTask } from '../../../shared/contracts/pipeline.ts'
import { stageAfter } from '../../../shared/rules/session-state.ts'

interface Running extends Execution {
  runId: string
  attempt: number
  stage: StageName
  retry: number
  token: string
  /** Whether somebody worked for the task since the last minute began. */
  alive: boolean
}

export interface SimulatedMachine extends StateMachine {
  /** The task that an execution waits for runs out of time. */
  timeOut(runId: string): void
  /** A minute is over: a task that nobody worked for has missed its heartbeats. */
  passMinute(): void
  /** A start that never arrives. */
  loseNextStart(): void
}

/** Errors after which the machine tries a stage once more. */
const retried = ['States.Timeout', 'States.HeartbeatTimeout', 'WORKER_INTERRUPTED']

/**
 * The launch pipeline in memory: tasks go out with a token each, a stage is tried again once, and a
 * token that is not waited for any more is closed.
 * @param send a task goes into the queue
 * @param ended an execution ended without success
 */
export const createSimulatedMachine = (
  turn: (what: string) => Promise<void>,
  send: (task: StageTask) => void,
  ended: (detail: { name: string; status: 'FAILED' | 'ABORTED'; error?: string }) => void,
): SimulatedMachine => {
  const executions = new Map<string, Running>()
  let tokens = 0
  let loses = false
  const nameOf = (runId: string, attempt: number): string => `${runId}-${attempt}`

  const wait = (execution: Running, stage: StageName, retry: number): void => {
    tokens += 1
    Object.assign(execution, { stage, retry, token: `token-${tokens}`, alive: true })
    const { runId: run_id, attempt, token: task_token } = execution
    send({ run_id, attempt, stage, retry, task_token })
  }
  const end = (execution: Running, status: 'FAILED' | 'ABORTED', error?: string): void => {
    execution.status = status
    if (error !== undefined) execution.error = error
    const name = nameOf(execution.runId, execution.attempt)
    ended({ name, status, ...(error === undefined ? {} : { error }) })
  }
  const waiting = (token: string): Running | undefined =>
    [...executions.values()].find((each) => each.status === 'RUNNING' && each.token === token)
  const failed = (execution: Running, error: string): void => {
    if (retried.includes(error) && execution.retry === 0) wait(execution, execution.stage, 1)
    else end(execution, 'FAILED', error)
  }
  const report = async (
    token: string,
    what: string,
    effect: (execution: Running) => void,
  ): Promise<'taken' | 'closed'> => {
    await turn(what)
    const execution = waiting(token)
    if (!execution) return 'closed'
    effect(execution)
    return 'taken'
  }

  return {
    async start({ run_id, attempt, resume_from }) {
      await turn('start')
      if (loses) {
        loses = false
        throw new Error('The start was lost.')
      }
      const name = nameOf(run_id, attempt)
      if (executions.has(name)) return
      const execution: Running = {
        status: 'RUNNING',
        runId: run_id,
        attempt,
        stage: resume_from,
        retry: 0,
        token: '',
        alive: true,
      }
      executions.set(name, execution)
      wait(execution, resume_from, 0)
    },
    async stop(runId, attempt) {
      await turn('stop execution')
      const execution = executions.get(nameOf(runId, attempt))
      if (execution?.status === 'RUNNING') end(execution, 'ABORTED')
    },
    async describe(runId, attempt) {
      await turn('describe')
      const execution = executions.get(nameOf(runId, attempt))
      if (!execution) return undefined
      const { status, error } = execution
      return error === undefined ? { status } : { status, error }
    },
    succeed: (token) =>
      report(token, 'succeed', (execution) => {
        const next = stageAfter[execution.stage]
        if (next === null) execution.status = 'SUCCEEDED'
        else wait(execution, next, 0)
      }),
    fail: (token, error) => report(token, 'fail', (execution) => failed(execution, error)),
    heartbeat: (token) =>
      report(token, 'heartbeat', (execution) => {
        execution.alive = true
      }),
    timeOut(runId) {
      for (const execution of executions.values()) {
        if (execution.runId === runId && execution.status === 'RUNNING') {
          failed(execution, 'States.Timeout')
          return
        }
      }
    },
    passMinute() {
      for (const execution of executions.values()) {
        if (execution.status !== 'RUNNING') continue
        if (!execution.alive) failed(execution, 'States.HeartbeatTimeout')
        execution.alive = false
      }
    },
    loseNextStart() {
      loses = true
    },
  }
}
