import type { PlannedCall, SettleCall } from '../../agents/call-budget.ts'
import type { SettleSearches } from '../../agents/research-input.ts'
import type { Update } from '../../clients/store.ts'
import type { Positioning, StageName } from '../../contracts/agents.ts'
import type { ElementVerdict } from '../../contracts/copy-safety.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import type { QueryProviderName } from '../../rules/search-order.ts'

/** What the agent of a stage needs of the stage's worker. */
export interface StageHooks {
  signal: AbortSignal
  /**
   * Resolves when the stage is the worker's: nothing of an answer is taken before, though the model is asked. When
   * it rejects, `signal` is aborted. Undefined: it is the worker's already.
   */
  begun?: Promise<void> | undefined
  /** The worker's claim on the stage. */
  leaseId: string
  /** `verdict`: what the copy filter says of an element with texts that go out. */
  onElement(kind: string, item: unknown, modelTry: number, verdict?: ElementVerdict): void
  /**
   * Awaited before each model call; `maxCalls` are allowed in this attempt, or for this part of the stage in it.
   * The result settles the call.
   */
  countCall(maxCalls: number, call: PlannedCall, part?: string): Promise<SettleCall | undefined>
  /** Awaited before elements are shown without a call of the model: a worker that shows them again shows another try. */
  countTry(maxCalls: number): Promise<void>
  /** The positioning of a strategy is there before its plan: the stage that follows may begin with it. */
  onPositioning?(positioning: Positioning): void
  /** Takes what has to end before the worker does, and nothing else waits for. It must not reject. */
  aside(work: PromiseLike<unknown>): void
  /** Awaited before queries are sent to providers. */
  reserveSearches(providers: readonly QueryProviderName[]): Promise<SettleSearches>
  /**
   * Begins a later stage beside this one, in the same worker; `found` has the outputs that its agent needs.
   * @param keeping a write of this stage, which takes effect with the beginning
   * @returns whether it has begun
   */
  ahead?(stage: StageName, found: RunWithStages, keeping?: Update): Promise<boolean>
}

/** An agent's finished work; `commit` stores it for the worker that still holds the stage. */
export interface StageWork {
  commit(leaseId: string): Update
}

export type StageAgents = Record<
  StageName,
  (found: RunWithStages, hooks: StageHooks) => Promise<StageWork>
>
