import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { type NumberedAnswer, packAnswers, unpackCalls } from './call-batches.ts'
import { FunctionError } from './function-error.ts'
import type {
  ControlAnswer,
  ControlCall,
  ErrorReport,
  FromRuntime,
  Invocation,
  OfInvocation,
  RuntimeSettings,
  StreamHead,
} from './messages.ts'

/** A function of the template, ready to be run. */
export interface FunctionDefinition {
  logicalId: string
  name: string
  arn: string
  codeDirectory: string
  handler: string
  environment: Record<string, string>
  timeoutMilliseconds: number
  memoryMegabytes: number
  /** Whether a mapping of the template brings it the messages of a queue. */
  servesQueue: boolean
  /** URLs of modules that its thread imports before the bundle. */
  preload: readonly string[]
  /** Folder that keeps compiled code for the next instance. */
  compileCache: string
  control: Control
}

/** The services that the engine itself provides. */
export interface Control {
  origin: string
  /** Never rejects. What is known at once is no promise. */
  answer: (call: ControlCall) => ControlAnswer | Promise<ControlAnswer>
}

/** Takes a streamed response. `write` settles when the reader has room for more. */
export interface ResponseSink {
  head: (head: StreamHead) => void
  write: (chunk: Uint8Array) => Promise<void>
}

/** What an invocation gave: the handler's value, or nothing when all of it went to the sink. */
export type Outcome = { streamed: false; payload: unknown } | { streamed: true }

interface Pending {
  requestId: string
  sink: ResponseSink | undefined
  resolve: (outcome: Outcome) => void
  reject: (error: FunctionError) => void
}

/** Lambda refuses a synchronous answer beyond 6 MB. */
const maximumPayloadBytes = 6 * 1024 * 1024

/**
 * Megabytes for an instance's youngest objects. By itself V8 would let them grow to several times
 * that before it collects, which a single request never needs.
 */
const youngGenerationMegabytes = 4

/** One execution environment: a worker thread that handles as many events at once as it is given. */
export class FunctionInstance {
  /** Settles when the bundle is loaded; rejects with FunctionError when it cannot be. */
  readonly ready: Promise<void>
  /** True once the thread is gone, or to be ended when nothing waits for it; it takes no more events. */
  ended = false
  /** Settles when the thread is gone. */
  readonly gone: Promise<void>
  readonly definition: FunctionDefinition
  readonly #worker: Worker
  /** By request id. */
  readonly #pending = new Map<string, Pending>()
  #answers: NumberedAnswer[] = []
  #initialized: { resolve: () => void; reject: (error: FunctionError) => void }

  constructor(definition: FunctionDefinition, output: (stream: Readable) => void) {
    this.definition = definition
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.ready = promise
    this.#initialized = { resolve, reject }
    // The invocation reports the error; an instance that waits for one must not end the process.
    promise.catch(() => {})
    this.#worker = new Worker(new URL('./runtime.ts', import.meta.url), {
      workerData: settingsOf(definition),
      // Node reads the cache's place before any code runs; the runtime hides it from the function.
      env: { ...definition.environment, NODE_COMPILE_CACHE: definition.compileCache },
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: definition.memoryMegabytes,
        maxYoungGenerationSizeMb: youngGenerationMegabytes,
      },
    })
    output(this.#worker.stdout)
    output(this.#worker.stderr)
    this.#worker.on('message', (message: FromRuntime) => this.#receive(message))
    this.#worker.on('error', (error) => this.#end(reportCrash(error)))
    const { promise: gone, resolve: leave } = Promise.withResolvers<void>()
    this.gone = gone
    this.#worker.on('exit', (status) => {
      this.#end({
        errorType: 'Runtime.ExitError',
        errorMessage: `Runtime exited with error: exit status ${status}`,
        trace: [],
      })
      leave()
    })
  }

  /**
   * Handles one event. Rejects with FunctionError when the handler throws, exits, or takes longer
   * than the template allows; the instance has ended then, except after a plain throw. An exit takes
   * the other events of the instance along; what takes too long does not.
   */
  async invoke(event: unknown, sink?: ResponseSink, trace?: string): Promise<Outcome> {
    await this.ready
    const requestId = randomUUID()
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
    this.#pending.set(requestId, { requestId, sink, resolve, reject })
    const { timeoutMilliseconds, name, arn, memoryMegabytes } = this.definition
    const timer = setTimeout(() => {
      this.ended = true
      reject(
        new FunctionError({
          errorType: 'Sandbox.Timedout',
          errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMilliseconds / 1000).toFixed(2)} seconds`,
          trace: [],
        }),
      )
    }, timeoutMilliseconds)
    const invocation: Invocation = {
      type: 'invoke',
      event: JSON.stringify(event),
      requestId,
      deadline: Date.now() + timeoutMilliseconds,
      functionName: name,
      functionArn: arn,
      memoryMegabytes,
      trace,
    }
    this.#worker.postMessage(invocation)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      this.#pending.delete(requestId)
    }
  }

  async terminate(): Promise<void> {
    this.ended = true
    await this.#worker.terminate()
  }

  #receive(message: FromRuntime): void {
    if (message.type === 'ready') this.#initialized.resolve()
    else if (message.type === 'unready') this.#end(message.error)
    else if (message.type === 'calls') this.#call(message.calls)
    else {
      const pending = this.#pending.get(message.requestId)
      // What an invocation sends after its end is dropped.
      if (pending) this.#take(message, pending)
    }
  }

  /** What is answered at once is one message. */
  #call(calls: string): void {
    for (const { id, call } of unpackCalls(calls)) {
      const answer = this.definition.control.answer(call)
      if (answer instanceof Promise) void answer.then((it) => this.#answer({ id, answer: it }))
      else this.#answer({ id, answer })
    }
  }

  #answer(answer: NumberedAnswer): void {
    if (this.#answers.push(answer) > 1) return
    queueMicrotask(() => {
      const answers = packAnswers(this.#answers)
      this.#answers = []
      this.#worker.postMessage({ type: 'answers', answers })
    })
  }

  #take(message: OfInvocation, pending: Pending): void {
    const { requestId, sink, resolve, reject } = pending
    switch (message.type) {
      case 'result':
        if (Buffer.byteLength(message.payload) > maximumPayloadBytes) reject(tooLarge())
        else resolve({ streamed: false, payload: JSON.parse(message.payload) })
        break
      case 'failure':
        reject(new FunctionError(message.error))
        break
      case 'head':
        sink?.head(message.head)
        break
      case 'chunk':
        void this.#pass(message.chunk, requestId, sink)
        break
      case 'end':
        if (sink) resolve({ streamed: true })
        else reject(streamNotEmulated(this.definition.name))
    }
  }

  async #pass(chunk: Uint8Array, requestId: string, sink: ResponseSink | undefined): Promise<void> {
    await sink?.write(chunk)
    this.#worker.postMessage({ type: 'taken', requestId })
  }

  #end(error: ErrorReport): void {
    this.ended = true
    const failure = new FunctionError(error)
    this.#initialized.reject(failure)
    for (const { reject } of this.#pending.values()) reject(failure)
  }
}

const settingsOf = (definition: FunctionDefinition): RuntimeSettings => ({
  codeDirectory: definition.codeDirectory,
  handler: definition.handler,
  preload: definition.preload,
  controlOrigin: definition.control.origin,
})

const tooLarge = (): FunctionError =>
  new FunctionError({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${maximumPayloadBytes} bytes).`,
    trace: [],
  })

const streamNotEmulated = (name: string): FunctionError =>
  new FunctionError({
    errorType: 'Local.StreamNotEmulated',
    errorMessage: `${name} streams, and what invoked it cannot take a stream here`,
    trace: [],
  })

const reportCrash = (error: unknown): ErrorReport => {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  return { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') }
}
