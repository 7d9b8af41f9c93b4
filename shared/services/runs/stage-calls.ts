import type { PlannedCall, SettleCall } from '../../agents/call-budget.ts'
import type { SettleSearches } from '../../agents/research-input.ts'
import { ConditionFailed } from '../../clients/store.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { Usage } from '../../contracts/provenance.ts'
import type { Clock } from '../../platform/clock.ts'
import { modelProvider } from '../../platform/model-settings.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { UsedUnits } from '../../repositories/spend-repository.ts'
import type { Beside } from '../../repositories/spend-reservations.ts'
import type { CountedCall } from '../../repositories/stage-counters.ts'
import type { StageClaim } from '../../repositories/stage-repository.ts'
import type { StageUse } from '../../repositories/usage-repository.ts'
import type { QueryProviderName } from '../../rules/search-order.ts'
import { type ModelCharge, modelCharge } from '../spend/model-charges.ts'
import type { LedgerEntry, RunLedger } from '../spend/run-ledger.ts'
import { maxSearchMicros, searchesUsed } from '../spend/service-charges.ts'
import { gathered } from './gathered.ts'

export interface StageCallDependencies {
  clock: Clock
  runs: RunOutputRepository
}

interface StageCallContext extends StageCallDependencies {
  task: Pick<StageTask, 'run_id' | 'stage'>
  claim: StageClaim
  ledger: RunLedger
  /** What has to take place before a call is counted that the claim does not count, or money is given back. */
  begun?: Promise<void> | undefined
  /** What to throw when the call may not be made; also when the claim was lost. */
  refusal(): Promise<Error>
  /** Called when no call is open any more. */
  onIdle(): void
}

export interface StageCalls {
  /**
   * Counts a call of the model, and reserves what it may cost. Calls for several parts of a stage that are asked
   * for in the same moment are counted and reserved in one.
   * @throws StudioError BUDGET_EXCEEDED, or the context's refusal
   */
  count(maxCalls: number, call: PlannedCall, part?: string): Promise<SettleCall>
  /**
   * Counts a try that makes no call, unless the claim counts one; the commit takes it back as one that was not made.
   * @throws the context's refusal
   */
  countTry(maxCalls: number): Promise<void>
  /** @throws StudioError BUDGET_EXCEEDED */
  reserveSearches(providers: readonly QueryProviderName[]): Promise<SettleSearches>
  /** What calls used that is not recorded yet, for the commit that records it. */
  takeUse(): readonly StageUse[]
  /** Takes it back when that commit was refused. */
  putBack(used: readonly StageUse[]): void
  /** What the claim counts of calls that were not made, for the same commit. */
  unmade(): readonly Pick<CountedCall, 'part'>[]
  /** Records what is left of it by itself. Never rejects. */
  recorded(): Promise<void>
}

interface AskedCall {
  maxCalls: number
  part: string | undefined
  charge: ModelCharge
}

const searchUse = (used: readonly UsedUnits[]): StageUse[] =>
  used.filter(({ service }) => service === 'search').map((searches) => ({ searches }))

const useOf = (
  { model }: PlannedCall,
  usage: Usage | undefined,
  used: readonly UsedUnits[],
): StageUse[] => [
  ...(usage ? [{ provider: modelProvider(), model, usage }] : []),
  ...searchUse(used),
]

/** What calls used, in the order in which it is recorded. */
interface Uses {
  take(): readonly StageUse[]
  putBack(used: readonly StageUse[]): void
}

/** Counts calls in the stage's item. Those that its claim counts are there with it, without a write of their own. */
const openCounting = (context: StageCallContext, uses: Uses) => {
  const { runs, task, claim, begun } = context
  /** Counted, and not made. */
  const withClaim = new Set((claim.calls ?? []).map(({ part }) => part))
  const uncount = async (calls: readonly AskedCall[]): Promise<void> => {
    if (calls.length > 0) await runs.uncountCalls(task.run_id, task.stage, claim, calls)
  }
  return {
    /** What takes place with the reservation of what the calls may cost. */
    beside(asked: readonly AskedCall[]): Beside {
      let claimed: AskedCall[] = []
      let others: AskedCall[] = []
      return {
        async take() {
          claimed = asked.filter(({ part }) => withClaim.delete(part))
          others = asked.filter((call) => !claimed.includes(call))
          if (others.length === 0) return true
          await begun
          const used = uses.take()
          const isCounted = await runs.countCalls(task.run_id, task.stage, claim, others, used)
          if (!isCounted) uses.putBack(used)
          return isCounted
        },
        async giveBack() {
          // Their claim may not be written yet: another try finds them counted, and `unmade` takes them back.
          for (const { part } of claimed) withClaim.add(part)
          await uncount(others)
        },
      }
    },
    /** Takes back what the claim counts of calls that are not made, once it is written. */
    unmade: (asked: readonly AskedCall[]) =>
      uncount(asked.filter(({ part }) => withClaim.delete(part))),
    /** Counts one that is not made; false when no more may be made. */
    async unasked(call: CountedCall): Promise<boolean> {
      if (withClaim.has(call.part)) return true
      await begun
      const isCounted = await runs.countCalls(task.run_id, task.stage, claim, [call], [])
      if (isCounted) withClaim.add(call.part)
      return isCounted
    },
    left: () => [...withClaim].map((part) => ({ part })),
  }
}

/**
 * The calls of one worker that cost money. What they used is recorded in the stage's item, with the next write
 * that this gets: the count of another call, or the commit. A stage that fails has been paid for all the same. A
 * record that cannot be written stops nothing; its call counts as one without usage, and at what was reserved
 * for it.
 */
export const openStageCalls = (context: StageCallContext): StageCalls => {
  const { clock, runs, ledger, task, begun, refusal, onIdle } = context
  const { run_id: runId, stage } = task
  let unrecorded: StageUse[] = []
  let open = 0
  const takeUse = (): readonly StageUse[] => {
    const taken = unrecorded
    unrecorded = []
    return taken
  }
  const putBack = (used: readonly StageUse[]): void => {
    unrecorded = [...used, ...unrecorded]
  }
  const counting = openCounting(context, { take: takeUse, putBack })
  const reserve = gathered(async (asked: AskedCall[]): Promise<LedgerEntry[]> => {
    const micros = asked.map(({ charge }) => charge.micros)
    try {
      return await ledger.reserve(micros, counting.beside(asked))
    } catch (error) {
      await begun
      await counting.unmade(asked)
      throw error instanceof ConditionFailed ? await refusal() : error
    }
  })
  return {
    async count(maxCalls, call, part) {
      const charge = modelCharge(call, clock.now())
      const entry = await reserve({ maxCalls, part, charge })
      open += 1
      return (report) => {
        const { usage } = report
        const used = charge.used(report)
        if (usage) measure('ModelTokens', usage.total_tokens, { stage })
        unrecorded.push(...useOf(call, usage, used))
        entry.end(used)
        open -= 1
        if (open === 0) onIdle()
      }
    },
    async countTry(maxCalls) {
      if (!(await counting.unasked({ maxCalls }))) throw await refusal()
    },
    async reserveSearches(providers) {
      await begun
      const [entry] = await ledger.reserve([maxSearchMicros(providers)])
      return (requests) => {
        const used = searchesUsed(requests)
        unrecorded.push(...searchUse(used))
        entry?.end(used)
      }
    },
    takeUse,
    unmade: counting.left,
    putBack,
    async recorded() {
      const used = takeUse()
      if (used.length === 0) return
      try {
        await runs.addUse(runId, stage, used)
      } catch (error) {
        log.warn('usage not recorded', { error: error as Error })
      }
    },
  }
}
