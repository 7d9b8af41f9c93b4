import { availableParallelism } from 'node:os'
import type { Traces } from '../traces/trace-listener.ts'
import { FunctionError } from './function-error.ts'
import {
  type FunctionDefinition,
  FunctionInstance,
  type Outcome,
  type ResponseSink,
} from './function-instance.ts'
import type { FunctionLog } from './function-log.ts'
import type { IdleInstances } from './idle-instances.ts'

/** Instances of a function, and events of each at once. */
interface Concurrency {
  instances: number
  events: number
}

/** An instance for each event, as Lambda gives it; the queue's mapping says how many it sends. Lambda would go on. */
const ofQueue: Concurrency = { instances: 32, events: 1 }

/**
 * Requests have an instance each as long as the machine has processors for that. Those beyond share them, by the
 * numbers of Lambda's managed instances: requests wait for a model nearly all of their time, and every further thread
 * would compile and keep the same code again.
 */
const ofRequests: Concurrency = { instances: Math.max(4, availableParallelism()), events: 64 }

/** Lambda's pauses before it tries an asynchronous event again. */
const retryDelaysMilliseconds = [60_000, 120_000]

/** What becomes of an invocation's answer. */
interface Reception {
  sink: ResponseSink | undefined
  /** Whether a caller waits for it. */
  awaited: boolean
}

/** One function of the template with its instances, which grow and shrink with the load. */
export class LocalFunction {
  readonly definition: FunctionDefinition
  readonly #log: FunctionLog
  /** With how many events each is at work. */
  readonly #instances = new Map<FunctionInstance, number>()
  readonly #concurrency: Concurrency
  readonly #idle: IdleInstances
  readonly #traces: Traces | undefined
  readonly #waiting: Array<() => void> = []
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #running = new Set<Promise<unknown>>()
  #closed = false

  constructor(
    definition: FunctionDefinition,
    log: FunctionLog,
    idle: IdleInstances,
    traces?: Traces,
  ) {
    this.#traces = traces
    this.definition = definition
    this.#concurrency = definition.servesQueue ? ofQueue : ofRequests
    this.#log = log
    this.#idle = idle
  }

  /**
   * Handles one event on an idle instance, on a new one, or beside others. Rejects with FunctionError, which is in
   * the log by then. With a sink, a streaming handler's answer goes there.
   */
  async invoke(event: unknown, sink?: ResponseSink): Promise<Outcome> {
    return await this.#follow(this.#run(event, { sink, awaited: true }))
  }

  /** Keeps count of an invocation until its end, and logs when it fails. */
  async #follow(running: Promise<Outcome>): Promise<Outcome> {
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

  /** Handles an event that no caller waits for; what fails is tried again after 1 and 2 minutes. */
  invokeLater(event: unknown, retries = retryDelaysMilliseconds.length): void {
    this.#follow(this.#run(event, { sink: undefined, awaited: false })).catch(() => {
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
    await Promise.all([...this.#instances.keys()].map((instance) => instance.terminate()))
  }

  async #run(event: unknown, { sink, awaited }: Reception): Promise<Outcome> {
    const segment = this.#traces?.begin(this.definition.logicalId)
    let failed = true
    let instance: FunctionInstance | undefined
    try {
      instance = await this.#acquire()
      const outcome = await instance.invoke(event, sink, segment?.header)
      failed = false
      return outcome
    } finally {
      segment?.end(failed)
      if (instance) this.#release(instance, awaited)
    }
  }

  async #acquire(): Promise<FunctionInstance> {
    while (!this.#closed) {
      const instance = this.#idle.take(this.definition) ?? this.#spare()
      if (instance) {
        this.#instances.set(instance, this.#eventsOf(instance) + 1)
        return instance
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    throw new FunctionError({
      errorType: 'Local.Closed',
      errorMessage: 'The local engine is closing',
      trace: [],
    })
  }

  #eventsOf(instance: FunctionInstance): number {
    return this.#instances.get(instance) ?? 0
  }

  /** A new instance, or the least busy one where there is none to be had; undefined when all have enough. */
  #spare(): FunctionInstance | undefined {
    const { instances, events } = this.#concurrency
    const alive = [...this.#instances].filter(([{ ended }]) => !ended)
    if (alive.length < instances) return this.#start()
    const [least] = alive.toSorted(([, one], [, other]) => one - other)
    return least && least[1] < events ? least[0] : undefined
  }

  #release(instance: FunctionInstance, awaited: boolean): void {
    const left = this.#eventsOf(instance) - 1
    if (this.#instances.has(instance)) this.#instances.set(instance, left)
    if (left <= 0) {
      if (instance.ended) void instance.terminate()
      else this.#idle.put(instance, awaited)
    }
    if (!instance.ended) this.#waiting.shift()?.()
  }

  #start(): FunctionInstance {
    const instance = new FunctionInstance(this.definition, (stream) =>
      this.#log.follow(this.definition.name, stream),
    )
    this.#instances.set(instance, 0)
    void instance.gone.then(() => {
      this.#instances.delete(instance)
      this.#waiting.shift()?.()
    })
    return instance
  }

  #report(error: unknown): void {
    if (error instanceof FunctionError) this.#log.error(this.definition.name, error)
  }
}
