import { placements } from '../../../rules/placements/placements.ts'
import type { AssetPlanner } from '../asset-maker.ts'
import { type BackgroundSource, backgroundOrder } from './background.ts'

/** What a poster would buy: its background, which placements of the same shape share. */
export const createPosterPlanner = (background: Pick<BackgroundSource, 'offer'>): AssetPlanner => ({
  async plan(order, desk) {
    if (order.placement === null) return []
    const reference = await desk.productPicture()
    return [background.offer(backgroundOrder(order, placements[order.placement], reference))]
  },
})
