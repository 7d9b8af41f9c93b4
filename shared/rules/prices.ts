import type { Cost, Usage } from '../contracts/provenance.ts'
import { noOwnPrices, type OwnPrices, ownPriceTable, type TokenPrice } from './model-prices.ts'

interface PriceTable {
  /** Names the table wherever a cost is told. */
  id: string
  /** The first day, in UTC, on which the prices hold. */
  from: string
  /**
   * By the name that is sent to the provider; a model that is not listed has no known price. List prices:
   * long prompts, caches and tiers are not told apart.
   */
  models: Readonly<Record<string, TokenPrice>>
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

/** A model's price, and the table that it is from. */
export interface ListedPrice extends TokenPrice {
  table: string
}

const priceIn = (models: Readonly<Record<string, TokenPrice>>, model: string) =>
  new Map(Object.entries(models)).get(model)

/**
 * The price of a provider's model at a time: the one that the owner has named for it, else the provider's,
 * else the owner's for any model. Undefined when it is not known.
 * @param at ISO 8601
 */
export const priceOf = (
  { provider, model }: { provider: string; model: string },
  at: string,
  own: OwnPrices = noOwnPrices,
): ListedPrice | undefined => {
  const named = own.models.get(model)
  if (named) return { ...named, table: ownPriceTable }
  const table = tables.get(provider)?.findLast(({ from }) => from <= at)
  const listed = table && priceIn(table.models, model)
  if (table && listed) return { ...listed, table: table.id }
  const any = own.models.get('*')
  return any && { ...any, table: ownPriceTable }
}

/** The dearest price of OpenAI's at a time: what a model of theirs that is not listed may cost. */
export const dearestPrice = (at: string): TokenPrice => {
  const { models } = openaiTables.findLast(({ from }) => from <= at) ?? openaiTables[0]
  const prices = Object.values(models)
  return {
    input: Math.max(...prices.map(({ input }) => input)),
    output: Math.max(...prices.map(({ output }) => output)),
  }
}

/** Millionths of a dollar: beyond that a sum shows nothing but the arithmetic of floating point. */
const rounded = (amount: number): number => Number(amount.toFixed(6))
const tokensPriced = 1_000_000

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
export const costOf = (
  parts: readonly PricedUsage[],
  at: string,
  own: OwnPrices = noOwnPrices,
): Cost | null => {
  let amount = 0
  let price_table: string | undefined
  for (const { usage, ...model } of parts) {
    const price = priceOf(model, at, own)
    if (price === undefined) return null
    amount += (usage.input_tokens * price.input + usage.output_tokens * price.output) / tokensPriced
    price_table = price.table
  }
  return price_table === undefined
    ? null
    : { amount: rounded(amount), currency: 'USD', price_table }
}
