import type { Cost, Usage } from '../contracts/provenance.ts'

/** US dollars for a million tokens at the list price: long prompts, caches and tiers are not told apart. */
interface Price {
  input: number
  output: number
}

interface PriceTable {
  /** Names the table wherever a cost is told. */
  id: string
  /** The first day, in UTC, on which the prices hold. */
  from: string
  /** By the name that is sent to the provider; a model that is not listed has no known price. */
  models: Readonly<Record<string, Price>>
}

/** From https://developers.openai.com/api/docs/pricing, oldest first. A new price is a new table. */
const openaiTables: readonly [PriceTable, ...PriceTable[]] = [
  {
    id: 'openai-2026-09-22',
    from: '2026-09-22',
    models: {
      'gpt-6-luna': { input: 0.1, output: 0.5 },
      'gpt-6-sol': { input: 2, output: 10 },
    },
  },
  {
    id: 'openai-2026-10-26',
    from: '2026-10-26',
    models: {
      'gpt-6-luna': { input: 0.1, output: 0.5 },
      'gpt-6-sol': { input: 2, output: 10 },
      'gpt-6.1-terra': { input: 1, output: 5 },
      'gpt-6.1-sol': { input: 2, output: 10 },
    },
  },
]

/** The price list of each provider, as provenance names it; any other sets prices of its own. */
const tables = new Map([['openai', openaiTables]])

const tokensPriced = 1_000_000
/** Millionths of a dollar: beyond that a sum shows nothing but the arithmetic of floating point. */
const rounded = (amount: number): number => Number(amount.toFixed(6))

/** Tokens that one model of a provider used. */
export interface PricedUsage {
  provider: string
  model: string
  usage: Pick<Usage, 'input_tokens' | 'output_tokens'>
}

/**
 * What usage costs at the prices that held at a time; null when the price of any part is not known.
 * @param at ISO 8601
 */
export const costOf = (parts: readonly PricedUsage[], at: string): Cost | null => {
  let amount = 0
  let price_table: string | undefined
  for (const { provider, model, usage } of parts) {
    const table = tables.get(provider)?.findLast(({ from }) => from <= at)
    const price = table && new Map(Object.entries(table.models)).get(model)
    if (table === undefined || price === undefined) return null
    amount += (usage.input_tokens * price.input + usage.output_tokens * price.output) / tokensPriced
    price_table = table.id
  }
  return price_table === undefined
    ? null
    : { amount: rounded(amount), currency: 'USD', price_table }
}
