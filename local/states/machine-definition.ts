import type { StateMachineDefinition } from 'aws-local-stepfunctions'
import * as z from 'zod'
import { TemplateError } from '../template/template.ts'

const retrierSchema = z.looseObject({ ErrorEquals: z.array(z.string()) })

const stateSchema = z.looseObject({
  Type: z.string(),
  ResultPath: z.string().nullish(),
  Branches: z.array(z.looseObject({ States: z.record(z.string(), z.unknown()) })).optional(),
})

const taskSchema = z.looseObject({
  Type: z.literal('Task'),
  Resource: z.string(),
  InputPath: z.string().nullish(),
  Parameters: z.unknown().optional(),
  TimeoutSeconds: z.number().optional(),
  HeartbeatSeconds: z.number().optional(),
  Retry: z.array(retrierSchema).optional(),
})

/** The interpreter's own type; it is validated by the interpreter, not here. */
const interpretedSchema = z.custom<StateMachineDefinition>((value) => typeof value === 'object')

const machineSchema = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), z.unknown()),
  TimeoutSeconds: z.number().optional(),
  QueryLanguage: z.string().optional(),
})

/** What the engine does itself of a task: everything between its input and its result. */
export interface TaskState {
  inputPath: string | null | undefined
  parameters: unknown
  timeoutSeconds: number | undefined
  heartbeatSeconds: number | undefined
}

export interface MachineDefinition {
  /** The definition for the interpreter, without what the engine does itself. */
  interpreted: StateMachineDefinition
  tasks: ReadonlyMap<string, TaskState>
  /** Features that the engine does not emulate; such a machine does not start. */
  unsupported: string[]
}

/** Longest timer of the runtime, some 24 days; a longer one would fire at once. */
const longestSeconds = 2_147_483

const emulatedTask = /^arn:aws[\w-]*:states:::sqs:sendMessage\.waitForTaskToken$/
const unsupportedFields = ['TimeoutSecondsPath', 'HeartbeatSecondsPath', 'Assign']

/**
 * Rejects with TemplateError for what is not valid Amazon States Language. The interpreter and the schemas of the
 * language take half a second and 50 MB to load.
 */
export const checkDefinition = async (machineName: string, text: string): Promise<void> => {
  const definition = interpretedSchema.parse(parseJson(machineName, text))
  const { StateMachine } = await import('aws-local-stepfunctions')
  try {
    new StateMachine(definition)
  } catch (error) {
    throw new TemplateError(`${machineName}: ${String(error)}`)
  }
}

/**
 * Splits a state machine between the interpreter and the engine. Throws TemplateError when it is no JSON. Timeouts are
 * `speed` times shorter than declared.
 */
export const readDefinition = (machineName: string, text: string, speed = 1): MachineDefinition => {
  const machine = machineSchema.parse(parseJson(machineName, text))
  const tasks = new Map<string, TaskState>()
  const unsupported: string[] = []
  if (machine.QueryLanguage === 'JSONata') unsupported.push('JSONata')
  const interpreted = {
    ...machine,
    ...(machine.TimeoutSeconds !== undefined && {
      TimeoutSeconds: clampSeconds(machine.TimeoutSeconds, speed),
    }),
    States: readStates(machine.States, { tasks, unsupported, speed }),
  }
  return { interpreted: interpretedSchema.parse(interpreted), tasks, unsupported }
}

/** What is gathered on the way through the states. */
interface Found extends Pick<MachineDefinition, 'unsupported'> {
  tasks: Map<string, TaskState>
  speed: number
}

const parseJson = (machineName: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TemplateError(`${machineName}: its definition is no JSON: ${String(error)}`)
  }
}

const readStates = (states: Record<string, unknown>, found: Found): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(states).map(([name, value]) => [name, readState(name, value, found)]),
  )

const readState = (name: string, value: unknown, found: Found): unknown => {
  const { unsupported } = found
  const state = stateSchema.parse(value)
  for (const field of unsupportedFields) {
    if (field in state) unsupported.push(`${field} of ${name}`)
  }
  // The interpreter takes `$` for the name of a field.
  const { ResultPath, ...rest } = state
  const interpreted = ResultPath === '$' ? rest : state
  if (state.Type === 'Map') unsupported.push(`Map state ${name}`)
  if (state.Type === 'Task') return readTask(name, interpreted, found)
  if (!state.Branches) return interpreted
  return {
    ...interpreted,
    Branches: state.Branches.map((branch) => ({
      ...branch,
      States: readStates(branch.States, found),
    })),
  }
}

const readTask = (name: string, state: unknown, found: Found): unknown => {
  const { tasks, unsupported, speed } = found
  const { Parameters, InputPath, TimeoutSeconds, HeartbeatSeconds, ...rest } =
    taskSchema.parse(state)
  if (!emulatedTask.test(rest.Resource)) unsupported.push(`${rest.Resource} (${name})`)
  tasks.set(name, {
    inputPath: InputPath,
    parameters: Parameters,
    timeoutSeconds: clampSeconds(TimeoutSeconds, speed),
    heartbeatSeconds: clampSeconds(HeartbeatSeconds, speed),
  })
  // Without a timeout, the interpreter would take one of 60 s.
  return { ...rest, TimeoutSeconds: clampSeconds(TimeoutSeconds, speed) ?? longestSeconds }
}

const clampSeconds = (seconds: number | undefined, speed: number): number | undefined =>
  seconds === undefined ? undefined : Math.min(seconds / speed, longestSeconds)
