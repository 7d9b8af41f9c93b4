import type { AssetPlanner } from '../asset-maker.ts'
import { plannedPictures } from './film-backgrounds.ts'
import { type FilmDependencies, placementOf } from './film-job.ts'
import { fillsPlacement, vendorOrder } from './vendor-order.ts'

/** What a film would buy: a vendor's clip, or the backgrounds of its motion. */
export const createFilmPlanner = ({
  background,
  provider,
  vendor,
}: Pick<FilmDependencies, 'provider' | 'vendor'> & {
  background: Pick<FilmDependencies['background'], 'offer'>
}): AssetPlanner => ({
  async plan(order, desk) {
    const by = provider()
    const placement = placementOf(order)
    if (by.by !== 'motion') {
      const maker = await vendor(by)
      const wanted = vendorOrder(maker, order, placement, await desk.productPicture())
      if (fillsPlacement(wanted.snapped, placement)) return [wanted.purchase]
    }
    return plannedPictures(background, order, placement, desk)
  },
})
