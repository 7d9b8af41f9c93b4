import type { PlannedCall, SettleCall } from '../../agents/call-budget.ts'
import type { SettleSearches } from '../../agents/research-input.ts'
import { ConditionFailed } from '../../clients/store.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { Clock } from '../../platform/clock.ts'
import { modelProvider } from '../../platform/model-settings.ts'
import { measure } from '../../platform/telemetry.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { StageClaim } from '../../repositories/stage-repository.ts'
import type { QueryProviderName } from '../../rules/search-order.ts'
import { type ModelCharge, modelCharge } from '../spend/model-charges.ts'
import { maxSearchMicros, searchesUsed } from '../spend/service-charges.ts'
import type { Reservation, SpendService } from '../spend/spend-service.ts'
import { gathered } from './gathered.ts'

export interface StageCallDependencies {
  clock: Clock
  runs: RunOutputRepository
  spend: SpendService
}

interface StageCallContext extends StageCallDependencies {
  task: Pick<StageTask, 'run_id' | 'stage'>
  claim: StageClaim
  /** What has to be settled before anything is reserved, so that no more is held than the run may use. */
  before?: Promise<unknown> | undefined
  /** The run's owner. */
  principal: string
  /** What to throw when the call may not be made; also when the claim was lost. */
  refusal(): Promise<Error>
}

export interface StageCalls {
  /**
   * Counts a call of the model, and reserves what it may cost, in one write. Calls for several parts of a stage
   * that are asked for in the same moment share it.
   * @throws StudioError BUDGET_EXCEEDED, or the context's refusal
   */
  count(maxCalls: number, call: PlannedCall, part?: string): Promise<SettleCall>
  /** @throws StudioError BUDGET_EXCEEDED */
  reserveSearches(providers: readonly QueryProviderName[]): Promise<SettleSearches>
  /** Resolves when everything that was used is recorded. Never rejects. */
  settled(): Promise<unknown>
}

interface AskedCall {
  maxCalls: number
  part: string | undefined
  charge: ModelCharge
}

/**
 * The calls of one worker that cost money. What they used is recorded beside the work: a stage that fails has
 * been paid for all the same. A record that cannot be written stops nothing; its call counts as one without
 * usage, and at what was reserved for it.
 */
export const openStageCalls = (context: StageCallContext): StageCalls => {
  const { clock, runs, spend, task, claim, before, principal, refusal } = context
  const { run_id: runId, stage } = task
  const spender = { principal, runId }
  const settlements: Promise<void>[] = []
  const reserve = gathered(async (asked: AskedCall[]): Promise<Reservation[]> => {
    try {
      const counted = runs.countCalls(runId, stage, claim, asked)
      const amounts = asked.map(({ charge }) => charge.micros)
      return await spend.reserveEach(spender, amounts, [counted])
    } catch (error) {
      throw error instanceof ConditionFailed ? await refusal() : error
    }
  })
  return {
    async count(maxCalls, call, part) {
      const charge = modelCharge(call, clock.now())
      await before
      const reservation = await reserve({ maxCalls, part, charge })
      return (report) => {
        const { usage } = report
        const model = { provider: modelProvider(), model: call.model }
        if (usage) measure('ModelTokens', usage.total_tokens, { stage })
        const writes = usage ? [runs.addUsage(runId, stage, model, usage)] : []
        settlements.push(reservation.settle(charge.used(report), writes))
      }
    },
    async reserveSearches(providers) {
      await before
      const reservation = await spend.reserve(spender, maxSearchMicros(providers))
      return (requests) => {
        settlements.push(reservation.settle(searchesUsed(requests)))
      }
    },
    settled: () => Promise.all(settlements),
  }
}
