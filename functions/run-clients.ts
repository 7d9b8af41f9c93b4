import type { StateMachine } from '../shared/clients/state-machine.ts'
import { limited, type Runs } from './clients.ts'
import { log } from './log-composition.ts'

const stateMachine = async () => (await import('../shared/clients/state-machine.ts')).stateMachine

/** The client is large, and most requests of the functions that have it start no run and end no stage. */
const machine: StateMachine = {
  start: async (input) => (await stateMachine()).start(input),
  stop: async (runId, attempt, cause) => (await stateMachine()).stop(runId, attempt, cause),
  describe: async (runId, attempt) => (await stateMachine()).describe(runId, attempt),
  succeed: async (taskToken) => (await stateMachine()).succeed(taskToken),
  fail: async (taskToken, error, cause) => (await stateMachine()).fail(taskToken, error, cause),
  heartbeat: async (taskToken) => (await stateMachine()).heartbeat(taskToken),
}

export const runs = (): Runs => ({ ...log(), ...limited(), machine })
