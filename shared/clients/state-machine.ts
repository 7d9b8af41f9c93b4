import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import type { StageName } from '../contracts/agents.ts'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { tracedCall } from '../platform/tracing.ts'
import { boundedText } from '../rules/bounded-text.ts'

export interface ExecutionInput {
  run_id: string
  attempt: number
  resume_from: StageName
  /** The request that started or resumed the run. */
  request_id?: string | undefined
  /** X-Ray's header of that request's trace, when it is recorded. */
  trace?: string | undefined
}

export interface Execution {
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'
  error?: string
}

/** The launch pipeline. A task's token may be closed at any time: then only the table has the task's outcome. */
export interface StateMachine {
  /** A second start of the same run and attempt is success. */
  start(input: ExecutionInput): Promise<void>
  stop(runId: string, attempt: number, cause: string): Promise<void>
  /** Undefined when that execution was never started. */
  describe(runId: string, attempt: number): Promise<Execution | undefined>
  succeed(taskToken: string): Promise<'taken' | 'closed'>
  fail(taskToken: string, error: string, cause: string): Promise<'taken' | 'closed'>
  heartbeat(taskToken: string): Promise<'taken' | 'closed'>
}

/** Characters of a cause; Step Functions refuses one of more than 32,768. */
const maxCause = 1_000

const executionName = (runId: string, attempt: number): string => `${runId}-${attempt}`

let made: SFNClient | undefined
const client = (): SFNClient => {
  made ??= new SFNClient({})
  return made
}

const machineArn = (): string => requiredSetting(environmentNames.stateMachineArn)
const executionArn = (runId: string, attempt: number): string =>
  `${machineArn().replace(':stateMachine:', ':execution:')}:${executionName(runId, attempt)}`

const report = async (name: string, send: () => Promise<unknown>): Promise<'taken' | 'closed'> => {
  try {
    await tracedCall(name, {}, send)
    return 'taken'
  } catch (error) {
    if (
      error instanceof TaskTimedOut ||
      error instanceof TaskDoesNotExist ||
      error instanceof InvalidToken
    ) {
      return 'closed'
    }
    throw error
  }
}

/** The state machine that STATE_MACHINE_ARN names. */
export const stateMachine: StateMachine = {
  async start(input) {
    try {
      const { run_id, attempt } = input
      await tracedCall('start execution', { run_id, attempt }, () =>
        client().send(
          new StartExecutionCommand({
            stateMachineArn: machineArn(),
            name: executionName(input.run_id, input.attempt),
            input: JSON.stringify(input),
            ...(input.trace === undefined ? {} : { traceHeader: input.trace }),
          }),
        ),
      )
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error
    }
  },
  async stop(runId, attempt, cause) {
    try {
      await client().send(
        new StopExecutionCommand({ executionArn: executionArn(runId, attempt), cause }),
      )
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist)) throw error
    }
  },
  async describe(runId, attempt) {
    try {
      const { status, error } = await client().send(
        new DescribeExecutionCommand({ executionArn: executionArn(runId, attempt) }),
      )
      if (status === undefined || status === 'PENDING_REDRIVE') return { status: 'RUNNING' }
      return error === undefined ? { status } : { status, error }
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined
      throw error
    }
  },
  succeed: (taskToken) =>
    report('return token', () =>
      client().send(new SendTaskSuccessCommand({ taskToken, output: '{}' })),
    ),
  fail: (taskToken, error, cause) => {
    const bounded = boundedText(cause, maxCause)
    return report('return token', () =>
      client().send(new SendTaskFailureCommand({ taskToken, error, cause: bounded })),
    )
  },
  heartbeat: (taskToken) =>
    report('heartbeat', () => client().send(new SendTaskHeartbeatCommand({ taskToken }))),
}
