import type { FunctionDefinition, FunctionInstance } from './function-instance.ts'

/** How long instances are kept that have nothing to do. */
export interface IdleLimits {
  /** Instances, over all functions, that are kept longer: those that were used last. */
  recent: number
  recentMilliseconds: number
  /** For all others, and for those of events that no caller waits for. */
  otherMilliseconds: number
}

/** Lambda keeps idle instances for some minutes; the memory of a laptop is dearer. */
export const usualIdleLimits: IdleLimits = {
  recent: 6,
  recentMilliseconds: 30_000,
  otherMilliseconds: 5000,
}

interface Idle {
  instance: FunctionInstance
  /** By the process's own clock. */
  since: number
  awaited: boolean
}

/** The instances that wait for an event, over all functions of the engine. */
export class IdleInstances {
  readonly #limits: IdleLimits
  /** The longest idle first. */
  #idle: Idle[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(limits: IdleLimits) {
    this.#limits = limits
  }

  /** The instance of this function that was used last: its memory is warm, and the others may end. */
  take(definition: FunctionDefinition): FunctionInstance | undefined {
    const index = this.#idle.findLastIndex(
      ({ instance }) => instance.definition === definition && !instance.ended,
    )
    return this.#idle.splice(index, index < 0 ? 0 : 1)[0]?.instance
  }

  /** `awaited` tells whether a caller waited for its last event, and so may wait for the next. */
  put(instance: FunctionInstance, awaited: boolean): void {
    this.#idle.push({ instance, since: performance.now(), awaited })
    this.#schedule()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#idle = []
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    if (this.#idle.length === 0) return
    const next = Math.min(...this.#idle.map((idle, index) => this.#endOf(idle, index)))
    this.#timer = setTimeout(() => this.#endOverdue(), Math.max(0, next - performance.now()))
    this.#timer.unref()
  }

  #endOverdue(): void {
    const now = performance.now()
    const overdue = new Set(this.#idle.filter((idle, index) => this.#endOf(idle, index) <= now))
    this.#idle = this.#idle.filter((idle) => !overdue.has(idle))
    for (const { instance } of overdue) void instance.terminate()
    this.#schedule()
  }

  #endOf({ since, awaited }: Idle, index: number): number {
    const { recent, recentMilliseconds, otherMilliseconds } = this.#limits
    const isRecent = awaited && index >= this.#idle.length - recent
    return since + (isRecent ? recentMilliseconds : otherMilliseconds)
  }
}
