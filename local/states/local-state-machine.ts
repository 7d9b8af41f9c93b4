import * as z from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import type { QueueClient } from '../queues/queue-client.ts'
import type { OpenSegment, Traces } from '../traces/trace-listener.ts'
import type { Ending, Execution, ExecutionStore, TaskRecord } from './execution-store.ts'
import type { MachineDefinition } from './machine-definition.ts'
import { evaluateParameters } from './payload-template.ts'
import { TaskError, type TaskTokens } from './task-tokens.ts'

const sendMessageSchema = z.looseObject({ QueueUrl: z.string(), MessageBody: z.unknown() })
const jsonSchema = z.json()

export interface StateMachineFacts {
  arn: string
  name: string
  definition: MachineDefinition
}

interface Run {
  abort: () => void
  /** Tries by name of the task and input object of one visit to its state. */
  tries: Map<string, WeakMap<object, number>>
  /** Visits by name of the task. */
  visits: Map<string, number>
  /** What the service itself records, where its execution belongs to a trace. */
  segment: OpenSegment | undefined
}

/**
 * One state machine of the template. The interpreter walks the states; the engine does the tasks and
 * keeps a journal of them. After a restart the walk begins anew and the journal answers for what was
 * done, so that a task is waited for again, under its old token, and never sent twice.
 */
export class LocalStateMachine {
  readonly facts: StateMachineFacts
  readonly #store: ExecutionStore
  readonly #tokens: TaskTokens
  readonly #queues: QueueClient
  readonly #changed: (execution: Execution) => void
  readonly #runs = new Map<string, Run>()
  readonly #traces: Traces | undefined
  #closed = false

  /** `changed` is called with every new status of an execution, after it is stored. */
  constructor(
    facts: StateMachineFacts,
    store: ExecutionStore,
    tokens: TaskTokens,
    queues: QueueClient,
    changed: (execution: Execution) => void,
    traces?: Traces,
  ) {
    this.#traces = traces
    this.facts = facts
    this.#store = store
    this.#tokens = tokens
    this.#queues = queues
    this.#changed = changed
  }

  /**
   * Starts an execution, or returns the running one of the same name and input. Throws AwsError
   * `ExecutionAlreadyExists` when the name is taken otherwise.
   */
  start(name: string, input: string, traceHeader?: string): Execution {
    const arn = `${this.facts.arn.replace(':stateMachine:', ':execution:')}:${name}`
    const existing = this.#store.get(arn)
    if (existing) {
      if (existing.status === 'RUNNING' && existing.input === input) return existing
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`)
    }
    if (this.facts.definition.unsupported.length > 0) {
      throw new AwsError(
        'StateMachineTypeNotSupported',
        `The local engine cannot run ${this.facts.name}: ${this.facts.definition.unsupported.join(', ')}`,
      )
    }
    const started = { arn, name, input, machineArn: this.facts.arn, startedAt: Date.now() }
    this.#store.insert(started)
    const execution: Execution = {
      ...started,
      status: 'RUNNING',
      output: null,
      error: null,
      cause: null,
      stoppedAt: null,
    }
    this.#changed(execution)
    this.run(execution, traceHeader)
    return execution
  }

  /** Walks through an execution that is stored as running. */
  run(execution: Execution, traceHeader?: string): void {
    const segment =
      traceHeader === undefined
        ? undefined
        : this.#traces?.begin(`execution ${execution.name}`, traceHeader)
    const run: Run = { abort: () => {}, tries: new Map(), visits: new Map(), segment }
    this.#runs.set(execution.arn, run)
    this.#walk(execution, run).then(
      (ending) => this.#end(execution, ending),
      (error: unknown) => this.#end(execution, failed(error)),
    )
  }

  async #walk(execution: Execution, run: Run): Promise<Ending> {
    // Until the first execution the interpreter would be memory and time for nothing.
    const { ExecutionError, ExecutionTimeoutError, StateMachine } = await import(
      'aws-local-stepfunctions'
    )
    // Stopped meanwhile, or left to the next start: what this returns is not looked at.
    if (this.#closed || this.#runs.get(execution.arn) !== run) return failed(undefined)
    const machine = new StateMachine(this.facts.definition.interpreted, {
      validationOptions: { noValidate: true },
    })
    const handlers = [...this.facts.definition.tasks.keys()].map((name) => [
      name,
      async (input: unknown) => jsonSchema.parse(await this.#task(execution, run, name, input)),
    ])
    const { abort, result } = machine.run(jsonSchema.parse(JSON.parse(execution.input)), {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
      context: {
        Execution: { Id: execution.arn, Name: execution.name },
        StateMachine: { Id: this.facts.arn, Name: this.facts.name },
      },
    })
    run.abort = abort
    try {
      return succeeded(await result)
    } catch (error) {
      if (error instanceof ExecutionTimeoutError) return timedOut
      return failed(error instanceof ExecutionError ? error.cause : error)
    }
  }

  /** Ends a running execution as ABORTED; one that has ended stays as it is. */
  stop(execution: Execution, error: string | null, cause: string | null): void {
    const run = this.#runs.get(execution.arn)
    this.#end(execution, { status: 'ABORTED', output: null, error, cause })
    run?.abort()
  }

  /** Lets go of everything that runs, which goes on at the next start. */
  close(): void {
    this.#closed = true
    for (const [arn, run] of this.#runs) {
      run.abort()
      this.#tokens.endExecution(arn)
    }
  }

  #end(execution: Execution, ending: Ending): void {
    // The walk and StopExecution may both end it; the second finds nothing here.
    const run = this.#runs.get(execution.arn)
    if (this.#closed || !this.#runs.delete(execution.arn)) return
    run?.segment?.end(ending.status !== 'SUCCEEDED')
    this.#store.end(execution.arn, ending, Date.now())
    this.#tokens.endExecution(execution.arn)
    const ended = this.#store.get(execution.arn)
    if (ended) this.#changed(ended)
  }

  async #task(execution: Execution, run: Run, name: string, input: unknown): Promise<unknown> {
    const state = this.facts.definition.tasks.get(name)
    if (!state) throw new TaskError('States.Runtime', `There is no task ${name}`)
    const retryCount = countTry(run, name, input)
    const key = `${name}#${run.visits.get(name)}#${retryCount}`
    const known = this.#store.task(execution.arn, key)
    if (known && known.status !== 'OPEN') return replay(known)
    const token = known?.token ?? this.#tokens.create(execution.arn)
    const segment = run.segment && this.#traces?.begin(name, run.segment.header)
    const finished = this.#tokens.wait(token, execution.arn, state)
    // The time may be over before the message is sent.
    finished.catch(() => {})
    const record = (rest: Omit<TaskRecord, 'token'>) => {
      if (!this.#closed) this.#store.putTask(execution.arn, key, { token, ...rest })
    }
    try {
      if (!known) {
        await this.#send(execution, name, input, { token, retryCount, trace: segment?.header })
        if (this.#store.task(execution.arn, key) === undefined) {
          record({ status: 'OPEN', output: null, error: null, cause: null })
        }
      }
      const output = await finished
      record({ status: 'SUCCEEDED', output: JSON.stringify(output), error: null, cause: null })
      segment?.end()
      return output
    } catch (error) {
      segment?.end(true)
      this.#tokens.forget(token)
      if (error instanceof TaskError) {
        record({ status: 'FAILED', output: null, error: error.name, cause: error.message })
      }
      throw error
    }
  }

  async #send(
    execution: Execution,
    name: string,
    input: unknown,
    { token, retryCount, trace }: { token: string; retryCount: number; trace: string | undefined },
  ): Promise<void> {
    const state = this.facts.definition.tasks.get(name)
    if (!state) return
    const parameters = await evaluateParameters(state, input, {
      Execution: {
        Id: execution.arn,
        Name: execution.name,
        Input: jsonSchema.parse(JSON.parse(execution.input)),
        StartTime: new Date(execution.startedAt).toISOString(),
      },
      StateMachine: { Id: this.facts.arn, Name: this.facts.name },
      State: { Name: name, EnteredTime: new Date().toISOString(), RetryCount: retryCount },
      Task: { Token: token },
    })
    const { QueueUrl, MessageBody, ...options } = sendMessageSchema.parse(parameters)
    const body = typeof MessageBody === 'string' ? MessageBody : JSON.stringify(MessageBody)
    try {
      const id = await this.#queues.send(QueueUrl, body, options)
      if (trace !== undefined) this.#traces?.carry(id, trace)
    } catch (error) {
      const code = error instanceof AwsError ? error.code : 'SdkClientException'
      throw new TaskError(`Sqs.${code}`, String(error))
    }
  }
}

/** The interpreter hands over the same object for each try of one visit, and a new one otherwise. */
const countTry = (run: Run, name: string, input: unknown): number => {
  const identity = typeof input === 'object' && input !== null ? input : {}
  const tries = run.tries.get(name) ?? new WeakMap<object, number>()
  run.tries.set(name, tries)
  const retryCount = tries.get(identity) ?? 0
  tries.set(identity, retryCount + 1)
  if (retryCount === 0) run.visits.set(name, (run.visits.get(name) ?? 0) + 1)
  return retryCount
}

const replay = (task: TaskRecord): unknown => {
  if (task.status === 'SUCCEEDED') return JSON.parse(task.output ?? 'null')
  throw new TaskError(task.error ?? '', task.cause ?? '')
}

const succeeded = (output: unknown): Ending => ({
  status: 'SUCCEEDED',
  output: JSON.stringify(output),
  error: null,
  cause: null,
})

const timedOut: Ending = { status: 'TIMED_OUT', output: null, error: null, cause: null }

const failed = (cause: unknown): Ending => {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause))
  return { status: 'FAILED', output: null, error: name, cause: message }
}
