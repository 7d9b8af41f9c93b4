import { FunctionError } from './function-error.ts'
import {
  type FunctionDefinition,
  FunctionInstance,
  type Outcome,
  type ResponseSink,
} from './function-instance.ts'
import type { FunctionLog } from './function-log.ts'

/** Instances of one function at most; Lambda would go on, a laptop should not. */
const maximumInstances = 32

/** Lambda keeps idle instances for some minutes; a laptop's memory is dearer. One stays. */
const idleMilliseconds = 60_000

/** Lambda's pauses before it tries an asynchronous event again. */
const retryDelaysMilliseconds = [60_000, 120_000]

/** One function of the template with its instances, which grow and shrink with the load. */
export class LocalFunction {
  readonly definition: FunctionDefinition
  readonly #log: FunctionLog
  readonly #instances = new Set<FunctionInstance>()
  readonly #idle: FunctionInstance[] = []
  readonly #waiting: Array<() => void> = []
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #running = new Set<Promise<unknown>>()
  #closed = false

  constructor(definition: FunctionDefinition, log: FunctionLog) {
    this.definition = definition
    this.#log = log
  }

  /** Starts the first instance before anybody waits for it. Never rejects: what fails is logged. */
  async warm(): Promise<void> {
    if (this.#closed || this.#instances.size > 0) return
    const instance = this.#start()
    this.#idle.push(instance)
    await instance.ready.catch((error: unknown) => {
      this.#discard(instance)
      this.#report(error)
    })
  }

  /**
   * Handles one event on an idle instance, or on a new one. Rejects with FunctionError, which is in
   * the log by then. With a sink, a streaming handler's answer goes there.
   */
  async invoke(event: unknown, sink?: ResponseSink): Promise<Outcome> {
    const running = this.#run(event, sink)
    this.#running.add(running)
    try {
      return await running
    } catch (error) {
      this.#report(error)
      throw error
    } finally {
      this.#running.delete(running)
    }
  }

  /** Handles an event that nobody waits for; what fails is tried again after 1 and 2 minutes. */
  invokeLater(event: unknown, retries = retryDelaysMilliseconds.length): void {
    this.invoke(event).catch(() => {
      const delay = retryDelaysMilliseconds.at(-retries)
      if (retries === 0 || delay === undefined || this.#closed) return
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        this.invokeLater(event, retries - 1)
      }, delay)
      this.#timers.add(timer)
    })
  }

  /** Settles when nothing runs any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running)
  }

  /** Ends every instance, whatever it does. */
  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    for (const wake of this.#waiting.splice(0)) wake()
    await Promise.all([...this.#instances].map((instance) => instance.terminate()))
  }

  async #run(event: unknown, sink: ResponseSink | undefined): Promise<Outcome> {
    const instance = await this.#acquire()
    try {
      return await instance.invoke(event, sink)
    } finally {
      this.#release(instance)
    }
  }

  async #acquire(): Promise<FunctionInstance> {
    while (!this.#closed) {
      const instance = this.#idle.pop()
      if (instance && !instance.ended) return instance
      if (instance) this.#discard(instance)
      else if (this.#instances.size < maximumInstances) return this.#start()
      else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    throw new FunctionError({
      errorType: 'Local.Closed',
      errorMessage: 'The local engine is closing',
      trace: [],
    })
  }

  #release(instance: FunctionInstance): void {
    if (instance.ended) this.#discard(instance)
    else {
      this.#idle.push(instance)
      this.#reapLater(instance)
    }
    this.#waiting.shift()?.()
  }

  #start(): FunctionInstance {
    const instance = new FunctionInstance(this.definition, (stream) =>
      this.#log.follow(this.definition.name, stream),
    )
    this.#instances.add(instance)
    return instance
  }

  #discard(instance: FunctionInstance): void {
    this.#instances.delete(instance)
    const index = this.#idle.indexOf(instance)
    if (index >= 0) this.#idle.splice(index, 1)
    void instance.terminate()
  }

  #reapLater(instance: FunctionInstance): void {
    if (this.#instances.size === 1) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      // The oldest idle instance lies deepest, so one that was used meanwhile is not at the bottom.
      if (this.#instances.size > 1 && this.#idle[0] === instance) this.#discard(instance)
    }, idleMilliseconds)
    timer.unref()
    this.#timers.add(timer)
  }

  #report(error: unknown): void {
    if (error instanceof FunctionError) this.#log.error(this.definition.name, error)
  }
}
