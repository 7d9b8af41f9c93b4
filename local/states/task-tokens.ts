import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../aws/aws-error.ts'

/** A task that failed; `name` is the error's name in the state machine's Retry and Catch. */
export class TaskError extends Error {
  constructor(error: string, cause: string) {
    super(cause)
    this.name = error
  }
}

/** Ends a task whose execution has ended: the interpreter must neither retry nor catch it. */
class ExecutionOver extends Error {
  readonly isRetryable = false
  readonly isCatchable = false
}

interface OpenTask {
  executionArn: string
  heartbeatMilliseconds: number | undefined
  timers: { timeout: NodeJS.Timeout | undefined; heartbeat: NodeJS.Timeout | undefined }
  resolve: (output: unknown) => void
  reject: (error: Error) => void
}

export interface TaskLimits {
  timeoutSeconds: number | undefined
  heartbeatSeconds: number | undefined
}

/**
 * Milliseconds after which a token closes when the interpreter has given up on its task. The
 * interpreter must be first: only for its own timeouts it knows that `States.TaskFailed`, which
 * stands for every other error, does not stand for them.
 */
const afterInterpreter = 20

const tokenSchema = z.tuple([z.string(), z.string()])

/** Tasks that wait for a worker to return their token. */
export class TaskTokens {
  readonly #open = new Map<string, OpenTask>()
  readonly #executionExists: (arn: string) => boolean

  constructor(executionExists: (arn: string) => boolean) {
    this.#executionExists = executionExists
  }

  create(executionArn: string): string {
    return Buffer.from(JSON.stringify([executionArn, randomUUID()])).toString('base64url')
  }

  /**
   * Waits for the token. Rejects with TaskError: what SendTaskFailure said, `States.Timeout` or
   * `States.HeartbeatTimeout`.
   */
  wait(token: string, executionArn: string, limits: TaskLimits): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const { timeoutSeconds, heartbeatSeconds } = limits
    const task: OpenTask = {
      executionArn,
      heartbeatMilliseconds: heartbeatSeconds === undefined ? undefined : heartbeatSeconds * 1000,
      timers: { timeout: undefined, heartbeat: undefined },
      resolve,
      reject,
    }
    if (timeoutSeconds !== undefined) {
      const expire = () => this.#take(token)?.reject(new TaskError('States.Timeout', ''))
      task.timers.timeout = setTimeout(expire, timeoutSeconds * 1000 + afterInterpreter)
    }
    this.#open.set(token, task)
    this.#awaitHeartbeat(token, task)
    return promise
  }

  /** Throws AwsError: InvalidToken, TaskDoesNotExist, TaskTimedOut. */
  succeed(token: string, output: unknown): void {
    this.#takeOrThrow(token).resolve(output)
  }

  /** Throws as `succeed` does. */
  fail(token: string, error: string, cause: string): void {
    this.#takeOrThrow(token).reject(new TaskError(error, cause))
  }

  /** Throws as `succeed` does. */
  heartbeat(token: string): void {
    const task = this.#open.get(token) ?? this.#refuse(token)
    this.#awaitHeartbeat(token, task)
  }

  /** Closes a token that no task waits for any more. */
  forget(token: string): void {
    this.#take(token)
  }

  /** Lets go of every task of an execution that has ended. */
  endExecution(executionArn: string): void {
    for (const [token, task] of this.#open) {
      if (task.executionArn === executionArn) {
        this.#take(token)?.reject(new ExecutionOver('The execution has ended'))
      }
    }
  }

  #awaitHeartbeat(token: string, task: OpenTask): void {
    clearTimeout(task.timers.heartbeat)
    if (task.heartbeatMilliseconds === undefined) return
    const expire = () => this.#take(token)?.reject(new TaskError('States.HeartbeatTimeout', ''))
    task.timers.heartbeat = setTimeout(expire, task.heartbeatMilliseconds)
  }

  #take(token: string): OpenTask | undefined {
    const task = this.#open.get(token)
    this.#open.delete(token)
    clearTimeout(task?.timers.timeout)
    clearTimeout(task?.timers.heartbeat)
    return task
  }

  #takeOrThrow(token: string): OpenTask {
    return this.#take(token) ?? this.#refuse(token)
  }

  #refuse(token: string): never {
    const executionArn = readToken(token)
    if (executionArn === undefined)
      throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'")
    if (!this.#executionExists(executionArn)) {
      throw new AwsError('TaskDoesNotExist', 'Task does not exist')
    }
    throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'")
  }
}

const readToken = (token: string): string | undefined => {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')))[0]
  } catch {
    return undefined
  }
}
