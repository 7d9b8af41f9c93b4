import type { CallReport, PlannedCall } from '../../agents/call-budget.ts'
import type { Usage } from '../../contracts/provenance.ts'
import { isoTime } from '../../platform/clock.ts'
import { modelBaseUrl, modelProvider } from '../../platform/model-settings.ts'
import { ownPrices } from '../../platform/spend-settings.ts'
import type { UsedUnits } from '../../repositories/spend-repository.ts'
import type { TokenPrice } from '../../rules/model-prices.ts'
import { dearestPrice, priceOf } from '../../rules/prices.ts'
import { hostedSearchPrice } from '../../rules/service-prices.ts'

/** What a call may cost, and then what it did; prices are those of the moment it was planned. */
export interface ModelCharge {
  /** Micro-dollars that it costs at most. */
  micros: number
  used(report: CallReport): UsedUnits[]
}

type CountedPrice = TokenPrice & { table: string | null }

const isOpenai = (): boolean => modelBaseUrl() === undefined

/** A model of OpenAI's that is not listed may be the dearest; what another server charges is not known. */
const priceNow = (model: string, now: number): CountedPrice => {
  const at = isoTime(now)
  const listed = priceOf({ provider: modelProvider(), model }, at, ownPrices())
  if (listed) return listed
  return { ...(isOpenai() ? dearestPrice(at) : { input: 0, output: 0 }), table: null }
}

/** US dollars for a million tokens are micro-dollars for one. */
const costOfTokens = ({ input, output }: TokenPrice, tokens: [input: number, output: number]) =>
  Math.ceil(tokens[0] * input + tokens[1] * output)

/** Units of a service whose cost is `micros`: known, or a bound that only the caps count. */
const priced = (micros: number, table: string | null) => ({
  micros: table === null ? 0 : micros,
  counted: micros,
  withoutPrice: table === null ? 1 : 0,
  table,
})

const tokensUsed = (
  { agent }: PlannedCall,
  price: CountedPrice,
  most: number,
  { usage, refused }: Pick<CallReport, 'usage' | 'refused'>,
): UsedUnits => {
  const kept = refused ? 0 : most
  const micros = usage ? costOfTokens(price, [usage.input_tokens, usage.output_tokens]) : kept
  const cost = priced(micros, price.table)
  return {
    service: 'model',
    agent,
    calls: 1,
    ...cost,
    estimated: usage ? 0 : cost.micros,
    withoutUsage: usage ? 0 : 1,
    tokens: usage as Usage | undefined,
  }
}

/** Searches of the model's own server. An answer that did not come to its end does not say how many there were. */
const searchesUsed = (
  { searches: planned }: PlannedCall,
  price: { micros: number; table: string | null },
  { searches, refused }: CallReport,
): UsedUnits[] => {
  if (planned === 0 || refused || searches === 0) return []
  const made = searches ?? planned
  const cost = priced(made * price.micros, price.table)
  const isKnown = searches !== undefined
  return [
    {
      service: 'search',
      calls: isKnown ? made : 1,
      ...cost,
      withoutPrice: cost.withoutPrice * (isKnown ? made : 1),
      estimated: isKnown ? 0 : cost.micros,
      withoutUsage: isKnown ? 0 : 1,
    },
  ]
}

/** What a planned call of the model may cost at most. */
export const modelCharge = (call: PlannedCall, now: number): ModelCharge => {
  const price = priceNow(call.model, now)
  const search = hostedSearchPrice(isOpenai(), ownPrices().webSearch)
  const tokens = costOfTokens(price, [call.inputTokens, call.outputTokens])
  return {
    micros: tokens + call.searches * search.micros,
    used: (report) => [
      tokensUsed(call, price, tokens, report),
      ...searchesUsed(call, search, report),
    ],
  }
}
