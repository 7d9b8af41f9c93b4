import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import type { AwsOperations } from '../aws/aws-json.ts'
import type { QueueClient } from '../queues/queue-client.ts'
import type { Resolver } from '../template/resolver.ts'
import type { Traces } from '../traces/trace-listener.ts'
import type { Execution, ExecutionStore } from './execution-store.ts'
import { LocalStateMachine } from './local-state-machine.ts'
import { checkDefinition, readDefinition } from './machine-definition.ts'
import { TaskTokens } from './task-tokens.ts'

const machineSchema = z.object({
  DefinitionString: z.string().optional(),
  Definition: z.unknown().optional(),
  DefinitionSubstitutions: z.record(z.string(), z.coerce.string()).default({}),
  StateMachineType: z.string().default('STANDARD'),
})

/** Limit of every payload that goes through Step Functions, in bytes. */
const maximumPayloadBytes = 262_144

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const jsonText = z.string().refine(isJson, 'is no JSON')
const arnInput = z.object({ executionArn: z.string() })
const tokenInput = z.object({ taskToken: z.string().min(1).max(2048) })
const startInput = z.object({
  stateMachineArn: z.string(),
  name: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]+$/u)
    .optional(),
  input: z.string().default('{}'),
  traceHeader: z.string().max(256).optional(),
})
const stopInput = arnInput.extend({ error: z.string().optional(), cause: z.string().optional() })
const listInput = z.object({
  stateMachineArn: z.string(),
  statusFilter: z.string().optional(),
  maxResults: z.number().optional(),
})
const successInput = tokenInput.extend({ output: z.string() })
const failureInput = tokenInput.extend({
  error: z.string().max(256).default(''),
  cause: z.string().max(32_768).default(''),
})

interface StateMachineOptions {
  queues: QueueClient
  notEmulated: (line: string) => void
  speed: number
  traces?: Traces | undefined
}

export interface StateMachines {
  operations: AwsOperations
  /** Takes up the executions that ran when the last engine ended. */
  resume(): void
  close(): void
}

/** Rejects with TemplateError for a definition that is not valid; what was found valid is not looked at again. */
export const checkStateMachines = async (
  resolver: Resolver,
  store: ExecutionStore,
): Promise<void> => {
  for (const [logicalId, resource] of resolver.resources('AWS::StepFunctions::StateMachine')) {
    // As declared: what is resolved holds ports, which are other ones at each start.
    const declared = JSON.stringify(resource)
    if (store.isValid(declared)) continue
    await checkDefinition(logicalId, definitionText(resolver, logicalId))
    store.markValid(declared)
  }
}

/** The template's state machines, and the operations of the Step Functions API on them. */
export const createStateMachines = (
  resolver: Resolver,
  store: ExecutionStore,
  changed: (execution: Execution) => void,
  { queues, notEmulated, speed, traces }: StateMachineOptions,
): StateMachines => {
  const tokens = new TaskTokens((arn) => store.get(arn) !== undefined)
  const machines = new Map<string, LocalStateMachine>()
  for (const [logicalId] of resolver.resources('AWS::StepFunctions::StateMachine')) {
    const definition = readDefinition(logicalId, definitionText(resolver, logicalId), speed)
    for (const feature of definition.unsupported) {
      notEmulated(`AWS::StepFunctions::StateMachine with ${feature} (${logicalId})`)
    }
    const arn = resolver.reference(logicalId)
    const name = resolver.attribute(logicalId, 'Name')
    machines.set(
      arn,
      new LocalStateMachine({ arn, name, definition }, store, tokens, queues, changed, traces),
    )
  }
  return {
    operations: { ...executionOperations(machines, store), ...tokenOperations(tokens) },
    resume() {
      for (const execution of store.running()) {
        const machine = machines.get(execution.machineArn)
        if (machine) machine.run(execution)
        else {
          const error = 'StateMachineDeleted'
          store.end(
            execution.arn,
            { status: 'ABORTED', output: null, error, cause: null },
            Date.now(),
          )
        }
      }
    },
    close() {
      for (const machine of machines.values()) machine.close()
    },
  }
}

const definitionText = (resolver: Resolver, logicalId: string): string => {
  const properties = resolver.properties(logicalId, machineSchema)
  const text = properties.DefinitionString ?? JSON.stringify(properties.Definition)
  return text.replaceAll(
    /\$\{(\w+)\}/g,
    (match, name: string) => properties.DefinitionSubstitutions[name] ?? match,
  )
}

const executionOperations = (
  machines: ReadonlyMap<string, LocalStateMachine>,
  store: ExecutionStore,
): AwsOperations => {
  const machineOf = (arn: string): LocalStateMachine => {
    const machine = machines.get(arn)
    if (machine) return machine
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`)
  }
  const executionOf = (arn: string): Execution => {
    const execution = store.get(arn)
    if (execution) return execution
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`)
  }
  return {
    StartExecution(value) {
      const { stateMachineArn, name, input, traceHeader } = startInput.parse(value)
      if (!isJson(input) || Buffer.byteLength(input) > maximumPayloadBytes) {
        throw new AwsError('InvalidExecutionInput', 'Invalid State Machine Execution Input')
      }
      const execution = machineOf(stateMachineArn).start(name ?? randomUUID(), input, traceHeader)
      return { executionArn: execution.arn, startDate: execution.startedAt / 1000 }
    },
    DescribeExecution(value) {
      return describe(executionOf(arnInput.parse(value).executionArn))
    },
    StopExecution(value) {
      const { executionArn, error, cause } = stopInput.parse(value)
      const execution = executionOf(executionArn)
      if (execution.status === 'RUNNING') {
        machineOf(execution.machineArn).stop(execution, error ?? null, cause ?? null)
      }
      return { stopDate: (executionOf(executionArn).stoppedAt ?? Date.now()) / 1000 }
    },
    ListExecutions(value) {
      const { stateMachineArn, statusFilter, maxResults } = listInput.parse(value)
      machineOf(stateMachineArn)
      const executions = store
        .list(stateMachineArn)
        .filter(({ status }) => statusFilter === undefined || status === statusFilter)
        .slice(0, maxResults || 100)
      return { executions: executions.map(summarize) }
    },
  }
}

const tokenOperations = (tokens: TaskTokens): AwsOperations => ({
  SendTaskSuccess(value) {
    const { taskToken, output } = successInput.parse(value)
    const parsed = jsonText.safeParse(output)
    if (!parsed.success || Buffer.byteLength(output) > maximumPayloadBytes) {
      throw new AwsError('InvalidOutput', 'Invalid Output: the output is no JSON, or too large')
    }
    tokens.succeed(taskToken, JSON.parse(output))
  },
  SendTaskFailure(value) {
    const { taskToken, error, cause } = failureInput.parse(value)
    tokens.fail(taskToken, error, cause)
  },
  SendTaskHeartbeat(value) {
    tokens.heartbeat(tokenInput.parse(value).taskToken)
  },
})

const summarize = (execution: Execution): object => ({
  executionArn: execution.arn,
  stateMachineArn: execution.machineArn,
  name: execution.name,
  status: execution.status,
  startDate: execution.startedAt / 1000,
  ...(execution.stoppedAt !== null && { stopDate: execution.stoppedAt / 1000 }),
})

const describe = (execution: Execution): object => {
  const { input, output, error, cause } = execution
  return {
    ...summarize(execution),
    input,
    inputDetails: { included: true },
    ...(output !== null && { output, outputDetails: { included: true } }),
    ...(error !== null && { error }),
    ...(cause !== null && { cause }),
    redriveCount: 0,
  }
}
