import { StudioError } from '../../contracts/errors.ts'
import type {
  AssetEstimate,
  AssetRequest,
  EstimatedAsset,
} from '../../contracts/http/asset-routes.ts'
import type { Cost } from '../../contracts/provenance.ts'
import type { Asset } from '../../repositories/media-work.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import { mediaPriceTable } from '../../rules/media-prices.ts'
import { isVerifiedPrice } from '../../rules/price-sources.ts'
import { dollarsOf } from '../../rules/spend-caps.ts'
import type { AssetDraft } from './asset-draft.ts'
import type { ProductPicture, Purchase } from './asset-maker.ts'
import { planAssets } from './asset-plan.ts'
import { assertNotTooMany, assertRecording, isMade } from './asset-request.ts'
import { overCap, type PlanningDependencies, plannedOrder } from './over-cap.ts'
import { purchaseDigest } from './purchase-digest.ts'

interface Estimating extends PlanningDependencies {
  run: RunWithStages
  existing: readonly Asset[]
  /** Digests that an asset before this one buys. */
  seen: Set<string>
  picture: () => Promise<ProductPicture | null>
}

const costOf = (micros: number, table: string | null | undefined): Cost => ({
  amount: dollarsOf(micros),
  currency: 'USD',
  price_table: table ?? mediaPriceTable,
})

const estimated = async (
  { purchases, run, seen }: Estimating,
  purchase: Purchase,
): Promise<EstimatedAsset['purchases'][number]> => {
  const { kind, provider, model, micros, priceTable } = purchase
  const digest = purchaseDigest(purchase)
  const stored = seen.has(digest) ? undefined : await purchases.find(run.run.session_id, digest)
  const bought = seen.has(digest) || stored?.status === 'done' || stored?.vendor_job !== undefined
  seen.add(digest)
  const cost = bought ? costOf(0, priceTable) : micros === null ? null : costOf(micros, priceTable)
  // What costs nothing is certain.
  const price_verified =
    cost !== null && (cost.amount === 0 || isVerifiedPrice(cost.price_table, model))
  return { kind, provider, model, bought, cost, price_verified }
}

/** What an asset would buy, or what has to be set before it can be made. */
const purchasesOf = async (
  estimating: Estimating,
  draft: AssetDraft,
): Promise<Pick<EstimatedAsset, 'purchases' | 'not_configured' | 'over_cap'>> => {
  const planner = await estimating.planners[draft.asset_type]?.()
  if (!planner) {
    const not_configured = `Nothing in this deployment makes assets of the type ${draft.asset_type}.`
    return { purchases: [], not_configured, over_cap: null }
  }
  try {
    const desk = { productPicture: estimating.picture }
    const planned = await planner.plan(plannedOrder(estimating, draft), desk)
    const purchases: EstimatedAsset['purchases'] = []
    for (const purchase of planned) purchases.push(await estimated(estimating, purchase))
    const open = planned.filter((_, index) => purchases[index]?.bought === false)
    return { purchases, not_configured: null, over_cap: overCap(open)?.message ?? null }
  } catch (error) {
    const isMissing = error instanceof StudioError && error.code === 'CAPABILITY_NOT_CONFIGURED'
    if (!isMissing) throw error
    return { purchases: [], not_configured: error.message, over_cap: null }
  }
}

const totalOf = (assets: readonly EstimatedAsset[]): Cost | null => {
  const all = assets.flatMap(({ purchases }) => purchases.map(({ cost }) => cost))
  const costs = all.flatMap((cost) => cost ?? [])
  const [first] = costs
  if (!first) return null
  const amount = costs.reduce((sum, cost) => sum + cost.amount, 0)
  // What was bought before costs nothing: no sum for purchases whose price is not known.
  if (amount === 0 && all.includes(null)) return null
  return { ...first, amount: Number(amount.toFixed(6)) }
}

/** What a request would make and buy, asset by asset. Stores and buys nothing. */
export const estimateAssets = async (
  dependencies: PlanningDependencies,
  run: RunWithStages,
  request: AssetRequest,
): Promise<AssetEstimate> => {
  const { session_id, run_id } = run.run
  await assertRecording(dependencies.media, session_id, request)
  const existing = await dependencies.assets.list(run_id)
  const drafts = planAssets(run, request, existing)
  assertNotTooMany(drafts, existing)
  let picture: Promise<ProductPicture | null> | undefined
  const estimating: Estimating = {
    ...dependencies,
    ...{ run, existing },
    seen: new Set(),
    picture() {
      picture ??= dependencies.productPicture(session_id)
      return picture
    },
  }
  const assets: EstimatedAsset[] = []
  for (const draft of drafts) {
    const { asset_id, asset_type, placement, poster_spec_id } = draft
    const exists = !isMade(draft)
    const wanted = exists
      ? { purchases: [], not_configured: null, over_cap: null }
      : await purchasesOf(estimating, draft)
    assets.push({ asset_id, asset_type, placement, poster_spec_id, exists, ...wanted })
  }
  const purchases = assets.flatMap((asset) => asset.purchases)
  return {
    run_id,
    assets,
    total: totalOf(assets),
    without_price: purchases.filter(({ cost }) => cost === null).length,
    with_unverified_price: purchases.filter(
      ({ cost, price_verified }) => cost !== null && !price_verified,
    ).length,
  }
}
