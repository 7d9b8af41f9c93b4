import type { AssetPlanner } from '../asset-maker.ts'
import { plannedPictures } from './film-backgrounds.ts'
import { filmChoice } from './film-choice.ts'
import { type FilmDependencies, placementOf } from './film-job.ts'
import { fillsPlacement, vendorOrder } from './vendor-order.ts'

/** What a film would buy: a vendor's clip, or the backgrounds of its motion. */
export const createFilmPlanner = ({
  background,
  provider,
  vendor,
  hasFfmpeg,
}: Pick<FilmDependencies, 'provider' | 'vendor'> & {
  background: Pick<FilmDependencies['background'], 'offer'>
  /** Whether the worker will have it. */
  hasFfmpeg(): Promise<boolean>
}): AssetPlanner => ({
  async plan(order, desk) {
    const by = filmChoice(provider(), await hasFfmpeg())
    const placement = placementOf(order)
    if (by.by !== 'motion') {
      const maker = await vendor(by)
      const wanted = vendorOrder(maker, order, placement, await desk.productPicture())
      if (fillsPlacement(wanted.snapped, placement)) return [wanted.purchase]
    }
    return plannedPictures(background, order, placement, desk)
  },
})
