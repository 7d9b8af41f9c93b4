import { imagePrice } from '../../shared/rules/image-prices.ts'
import type { ImageShape } from '../../shared/rules/image-sizes.ts'
import { priceOf } from '../../shared/rules/prices.ts'
import {
  hostedSearchPrice,
  speechPrice,
  transcriptionPrice,
} from '../../shared/rules/service-prices.ts'
import { awsPrices, type Price } from './aws-prices.ts'
import { type MeterName, meterNames, meters, type Quantities } from './meters.ts'
import type { AgentUsage, PictureUsage, Usage } from './usage.ts'

/** One line of a bill. */
export interface Line {
  meter: MeterName
  what: string
  count: number
  unit: string
  usd: number
  /** False where a price was not read at its vendor or in a dated copy. */
  verified: boolean
}

const dollars = (micros: number): number => micros / 1_000_000

/** @param at ISO 8601, which decides on the price table */
const modelUsd = (agents: readonly AgentUsage[], at: string): { input: number; output: number } => {
  const sum = { input: 0, output: 0 }
  for (const { model, inputTokens, outputTokens } of agents) {
    const price = priceOf({ provider: 'openai', model }, at)
    if (!price) throw new Error(`There is no list price of ${model}.`)
    sum.input += dollars(inputTokens * price.input)
    sum.output += dollars(outputTokens * price.output)
  }
  return sum
}

const shapeOf = (size: string): ImageShape => {
  const [width = 1, height = 1] = size.split('x').map(Number)
  if (width === height) return 'square'
  return width > height ? 'landscape' : 'portrait'
}

const picturesUsd = (pictures: readonly PictureUsage[]): number =>
  pictures.reduce(
    (sum, { model, size, withReference }) =>
      sum +
      dollars(
        imagePrice({ isOpenai: true, model }, { shape: shapeOf(size), withReference }).micros,
      ),
    0,
  )

/** What a vendor charges for a usage, by meter. */
const vendorUsd = (usage: Usage, at: string): Partial<Record<MeterName, number>> => {
  const { quantities, agents, pictures } = usage
  const model = modelUsd(agents, at)
  const aws = { by: 'aws' } as const
  const spoken = { characters: quantities.speech ?? 0, seconds: 0 }
  const seconds = quantities.transcription ?? 0
  return {
    model_input: model.input,
    model_output: model.output,
    model_searches:
      (quantities.model_searches ?? 0) * dollars(hostedSearchPrice(true, undefined).micros),
    images: picturesUsd(pictures),
    speech: dollars(speechPrice(aws, spoken).micros),
    transcription: seconds === 0 ? 0 : dollars(transcriptionPrice(aws, seconds).micros),
  }
}

const priceIn = (meter: MeterName): Price | undefined =>
  new Map<string, Price>(Object.entries(awsPrices)).get(meter)

/** Whose prices stand in dated tables of `shared/rules`, with what was verified of them. */
const verifiedVendors: Partial<Record<MeterName, boolean>> = {
  model_input: true,
  model_output: true,
  model_searches: true,
  images: false,
  speech: true,
  transcription: true,
  films: false,
}

const lineOf = (meter: MeterName, count: number, vendor: number | undefined): Line => {
  const price = priceIn(meter)
  if (vendor === undefined && price === undefined) throw new Error(`${meter} has no price.`)
  const { what, unit } = meters[meter]
  return {
    ...{ meter, what, count, unit },
    usd: vendor ?? count * (price?.usd ?? 0),
    verified: price ? price.verifiedOn !== null : (verifiedVendors[meter] ?? false),
  }
}

/** The bill of a usage, the dearest line first. */
export const billOf = (usage: Usage, at: string): Line[] => {
  const vendor = vendorUsd(usage, at)
  return meterNames
    .flatMap((meter) => {
      const count = usage.quantities[meter] ?? 0
      return count === 0 ? [] : [lineOf(meter, count, vendor[meter])]
    })
    .sort((one, other) => other.usd - one.usd)
}

/** A bill of quantities that no vendor is paid for. */
export const awsBillOf = (quantities: Quantities): Line[] =>
  billOf({ quantities, agents: [], pictures: [], lambda: [] }, new Date(0).toISOString())

export const totalOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { usd }) => sum + usd, 0)

/** Bills added up, each so many times. */
export const addBills = (
  bills: readonly (readonly [lines: readonly Line[], factor: number])[],
): Line[] => {
  const sums = new Map<MeterName, Line>()
  for (const [lines, factor] of bills) {
    if (factor === 0) continue
    for (const line of lines) {
      const sum = sums.get(line.meter) ?? { ...line, count: 0, usd: 0 }
      const { count, usd } = sum
      sums.set(line.meter, {
        ...sum,
        count: count + line.count * factor,
        usd: usd + line.usd * factor,
      })
    }
  }
  return [...sums.values()].sort((one, other) => other.usd - one.usd)
}
