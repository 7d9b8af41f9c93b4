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
  /** Whether a worker gave a sign of life since the last minute began. */
  alive: boolean
}

export interface SimulatedMachine extends StateMachine {
  /** The task that an execution waits for runs out of time. */
  timeOut(runId: string): void
  /** A minute is over: a task without a sign of life has missed its heartbeats. */
  passMinute(): void
  /** A start that never arrives. */
  loseNextStart(): void
}

export interface MachineEnd {
  name: string
  status: 'FAILED' | 'ABORTED'
  error?: string
}

export interface MachineOptions {
  turn(what: string): Promise<void>
  /** Puts a task into the queue. */
  send(task: StageTask): void
  /** Called when an execution ended without success. */
  onEnd?(detail: MachineEnd): void
}

interface Machine extends MachineOptions {
  executions: Map<string, Running>
  tokens: number
  losesNextStart: boolean
}

/** Errors after which the machine tries a stage once more. */
const retryable = ['States.Timeout', 'States.HeartbeatTimeout', 'WORKER_INTERRUPTED']

const nameOf = (runId: string, attempt: number): string => `${runId}-${attempt}`

const running = ({ executions }: Machine): Running[] =>
  [...executions.values()].filter(({ status }) => status === 'RUNNING')

const enter = (machine: Machine, execution: Running, stage: StageName, retry: number): void => {
  machine.tokens += 1
  Object.assign(execution, { stage, retry, token: `token-${machine.tokens}`, alive: true })
  const { runId: run_id, attempt, token: task_token } = execution
  machine.send({ run_id, attempt, stage, retry, task_token })
}

const end = (
  machine: Machine,
  execution: Running,
  status: MachineEnd['status'],
  error?: string,
): void => {
  execution.status = status
  if (error !== undefined) execution.error = error
  const name = nameOf(execution.runId, execution.attempt)
  machine.onEnd?.({ name, status, ...(error === undefined ? {} : { error }) })
}

const fail = (machine: Machine, execution: Running, error: string): void => {
  const { stage, retry } = execution
  if (retryable.includes(error) && retry === 0) enter(machine, execution, stage, 1)
  else end(machine, execution, 'FAILED', error)
}

const succeed = (machine: Machine, execution: Running): void => {
  const next = stageAfter[execution.stage]
  if (next === null) execution.status = 'SUCCEEDED'
  else enter(machine, execution, next, 0)
}

/** What a worker says of its task; a token that is not waited for any more is closed. */
const report = async (
  machine: Machine,
  token: string,
  what: string,
  effect: (execution: Running) => void,
): Promise<'taken' | 'closed'> => {
  await machine.turn(what)
  const execution = running(machine).find((each) => each.token === token)
  if (!execution) return 'closed'
  effect(execution)
  return 'taken'
}

const start = async (
  machine: Machine,
  { run_id, attempt, resume_from }: Parameters<StateMachine['start']>[0],
): Promise<void> => {
  await machine.turn('start')
  if (machine.losesNextStart) {
    machine.losesNextStart = false
    throw new Error('The start was lost.')
  }
  const name = nameOf(run_id, attempt)
  if (machine.executions.has(name)) return
  const execution: Running = {
    status: 'RUNNING',
    runId: run_id,
    attempt,
    stage: resume_from,
    retry: 0,
    token: '',
    alive: true,
  }
  machine.executions.set(name, execution)
  enter(machine, execution, resume_from, 0)
}

const passMinute = (machine: Machine): void => {
  for (const execution of running(machine)) {
    if (!execution.alive) fail(machine, execution, 'States.HeartbeatTimeout')
    execution.alive = false
  }
}

/**
 * The launch pipeline in memory: tasks go out with a token each, and a stage is tried again once. Held
 * to the definition that deploys by `test/infra/simulated-machine.test.ts`.
 */
export const createSimulatedMachine = (options: MachineOptions): SimulatedMachine => {
  const machine: Machine = { ...options, executions: new Map(), tokens: 0, losesNextStart: false }
  return {
    start: (input) => start(machine, input),
    async stop(runId, attempt) {
      await machine.turn('stop execution')
      const execution = machine.executions.get(nameOf(runId, attempt))
      if (execution?.status === 'RUNNING') end(machine, execution, 'ABORTED')
    },
    async describe(runId, attempt) {
      await machine.turn('describe')
      const execution = machine.executions.get(nameOf(runId, attempt))
      if (!execution) return undefined
      const { status, error } = execution
      return error === undefined ? { status } : { status, error }
    },
    succeed: (token) => report(machine, token, 'succeed', (it) => succeed(machine, it)),
    fail: (token, error) => report(machine, token, 'fail', (it) => fail(machine, it, error)),
    heartbeat: (token) =>
      report(machine, token, 'heartbeat', (it) => {
        it.alive = true
      }),
    timeOut(runId) {
      const execution = running(machine).find((each) => each.runId === runId)
      if (execution) fail(machine, execution, 'States.Timeout')
    },
    passMinute: () => passMinute(machine),
    loseNextStart() {
      machine.losesNextStart = true
    },
  }
}
