import type { AssetEstimate } from '../../../shared/client/contract.ts'

type Estimated = AssetEstimate['assets'][number]

/** Assets of one kind in an estimate. */
export interface EstimateRow {
  type: Estimated['asset_type']
  /** Assets that will be made, and those that are there already. */
  made: number
  exists: number
  /** Each vendor with its model, once. */
  vendors: string[]
  /** US dollars of what has a price. */
  amount: number
  withoutPrice: boolean
  unverified: boolean
  /** Why some of them will not be made, each sentence once. */
  obstacles: string[]
}

/** `over_cap`: that its price alone is above a spend cap. Servers before it do not say it. */
const obstaclesOf = (asset: Estimated & { over_cap?: string | null }): string[] =>
  [asset.not_configured, asset.over_cap].filter((text) => typeof text === 'string')

const rowOf = (type: EstimateRow['type'], assets: readonly Estimated[]): EstimateRow => {
  const wanted = assets.filter(({ exists }) => !exists)
  const purchases = wanted.flatMap((asset) => asset.purchases)
  const bought = purchases.filter((purchase) => !purchase.bought)
  return {
    type,
    made: wanted.length,
    exists: assets.length - wanted.length,
    vendors: [...new Set(purchases.map(({ provider, model }) => `${provider} · ${model}`))],
    amount: bought.reduce((sum, { cost }) => sum + (cost?.amount ?? 0), 0),
    withoutPrice: bought.some(({ cost }) => cost === null),
    unverified: bought.some(({ cost, price_verified }) => cost !== null && !price_verified),
    obstacles: [...new Set(assets.flatMap(obstaclesOf))],
  }
}

const order = ['poster', 'narration', 'subtitles', 'video'] as const

/** An estimate by kinds, in the order in which they are made. */
export const estimateRows = ({ assets }: AssetEstimate): EstimateRow[] =>
  order.flatMap((type) => {
    const some = assets.filter(({ asset_type }) => asset_type === type)
    return some.length > 0 ? [rowOf(type, some)] : []
  })

/** How many assets a request would really make. */
export const madeBy = ({ assets }: AssetEstimate): number =>
  assets.filter((asset) => !asset.exists && obstaclesOf(asset).length === 0).length
