import { createHash } from 'node:crypto'
import type { Item, Store } from '../clients/store.ts'
import { type StageName, stageNames } from '../contracts/agents.ts'
import type { Usage } from '../contracts/provenance.ts'
import type { UsedUnits } from './spend-scopes.ts'
import { stageKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** What the calls of one stage used of one model, over all attempts, as far as its server reported it. */
export interface RecordedUsage extends Usage {
  stage: StageName
  provider: string
  model: string
  /** Calls that were reported. */
  calls: number
}

/** What one service was used for, as an item sums it up. */
export interface ServiceSums {
  calls: number
  micros: number
  withoutPrice: number
  table: string | null
}

export const nothingUsed: ServiceSums = { calls: 0, micros: 0, withoutPrice: 0, table: null }

/** What calls of a stage used: one call of a model or several, or searches. */
export type StageUse =
  | { provider: string; model: string; usage: Usage; calls?: number }
  | { searches: Pick<UsedUnits, 'calls' | 'micros' | 'withoutPrice' | 'table'> }

/** How its stage's item gets what was used: with a write that it gets anyway. */
export interface UseAttributes {
  set: Record<string, unknown>
  add: Record<string, number>
}

export interface UsageRepository {
  /**
   * Adds what calls of a stage used, by itself. Nothing depends on a claim: a call that was superseded was paid
   * for too. False when the stage is gone.
   */
  addUse(runId: string, stage: StageName, used: readonly StageUse[]): Promise<boolean>
}

/**
 * The beginning of a model's attributes; the one of this name tells which model it is. They are short, since the
 * item is written again and again.
 */
const modelAttribute = (provider: string, model: string): string => {
  const digest = createHash('sha256').update(`${provider} ${model}`).digest('hex')
  return `use_${digest.slice(0, 8)}`
}

export const useAttributes = (used: readonly StageUse[]): UseAttributes => {
  const set: UseAttributes['set'] = {}
  const add: UseAttributes['add'] = {}
  const count = (name: string, by: number): void => {
    if (by !== 0) add[name] = (add[name] ?? 0) + by
  }
  for (const each of used) {
    if ('searches' in each) {
      const { calls, micros, withoutPrice, table } = each.searches
      count('search_calls', calls)
      count('search_micros', micros)
      count('search_without_price', withoutPrice)
      if (table !== null) set.search_table = table
      continue
    }
    const { provider, model, usage, calls = 1 } = each
    const name = modelAttribute(provider, model)
    set[name] = JSON.stringify([provider, model])
    count(`${name}_n`, calls)
    count(`${name}_i`, usage.input_tokens)
    count(`${name}_o`, usage.output_tokens)
    count(`${name}_t`, usage.total_tokens)
  }
  return { set, add }
}

export const isUseAttribute = (name: string): boolean => /^(use|search)_/.test(name)

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

const usageIn = (item: Item): RecordedUsage[] =>
  Object.entries(item).flatMap(([name, value]) => {
    if (!/^use_[0-9a-f]{8}$/.test(name)) return []
    const [provider, model]: [string, string] = JSON.parse(String(value))
    return [
      {
        stage: item.stage as StageName,
        provider,
        model,
        calls: number(item[`${name}_n`]),
        input_tokens: number(item[`${name}_i`]),
        output_tokens: number(item[`${name}_o`]),
        total_tokens: number(item[`${name}_t`]),
      },
    ]
  })

/** What the items of a run's stages tell of usage. */
export const asUsage = (items: readonly Item[]): RecordedUsage[] =>
  items
    .filter(({ SK }) => SK.startsWith('STAGE#'))
    .flatMap(usageIn)
    .sort((one, other) => stageNames.indexOf(one.stage) - stageNames.indexOf(other.stage))

/** The same of the searches that its research made. */
export const searchSumsOf = (items: readonly Item[]): ServiceSums => {
  const item = items.find(({ SK }) => SK === stageKey('', 'research').SK)
  const table = item?.search_table
  return {
    calls: number(item?.search_calls),
    micros: number(item?.search_micros),
    withoutPrice: number(item?.search_without_price),
    table: typeof table === 'string' ? table : null,
  }
}

export const createUsageRepository = (store: Store): UsageRepository => ({
  addUse: (runId, stage, used) =>
    tryWrite(store, [
      {
        update: stageKey(runId, stage),
        ...useAttributes(used),
        // Nothing of an erased run comes back.
        condition: { expression: 'attribute_exists(#PK)' },
      },
    ]),
})
