import type { Item, Write } from '../clients/store.ts'
import { type StageName, stageNames } from '../contracts/agents.ts'
import type { Usage } from '../contracts/provenance.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { expiry, usageKey } from './table-keys.ts'

/** What the calls of one stage used of one model, over all attempts, as far as its server reported it. */
export interface RecordedUsage extends Usage {
  stage: StageName
  provider: string
  model: string
  /** Calls that were reported. */
  calls: number
}

export interface UsageRepository {
  /** Adds what a call used, or several. Nothing depends on a claim: a call that was superseded was paid for too. */
  addUsage(
    runId: string,
    stage: StageName,
    model: { provider: string; model: string },
    usage: Usage,
    calls?: number,
  ): Write
}

/** Of the items of a run those that tell usage. */
export const asUsage = (items: Item[]): RecordedUsage[] =>
  items
    .filter(({ SK }) => SK.startsWith('USAGE#'))
    .map(({ PK, SK, ttl, updated_at, ...usage }) => usage as unknown as RecordedUsage)
    .sort((one, other) => stageNames.indexOf(one.stage) - stageNames.indexOf(other.stage))

export const createUsageRepository = (clock: Clock): UsageRepository => ({
  addUsage: (runId, stage, { provider, model }, usage, calls = 1) => ({
    update: usageKey(runId, stage, provider, model),
    set: {
      stage,
      provider,
      model,
      updated_at: isoTime(clock.now()),
      ttl: expiry(clock.now(), 'usage'),
    },
    add: {
      calls,
      input_tokens: usage.input_tokens,
      output_tokens: usage.output_tokens,
      total_tokens: usage.total_tokens,
    },
  }),
})
