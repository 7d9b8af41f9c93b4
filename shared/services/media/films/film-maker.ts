import { LetteringError } from '../../../platform/lettering/lettering-error.ts'
import type { AssetMaker, MadeAsset, MakingOrder, Started, Workshop } from '../asset-maker.ts'
import { CheckFailed } from '../check-failed.ts'
import { filmChoice } from './film-choice.ts'
import { creativeOf, type FilmDependencies, type FilmJob, placementOf } from './film-job.ts'
import { filmSources } from './film-sources.ts'
import { makeMotion } from './motion-maker.ts'
import { makeVendorFilm } from './vendor-maker.ts'
import { fillsPlacement, vendorOrder } from './vendor-order.ts'

/** A text that cannot be set fails the film with its cause. */
const asCheck = (error: unknown): never => {
  if (!(error instanceof LetteringError)) throw error
  const check = error.problem === 'missing_glyph' ? 'glyphs' : 'fits'
  throw new CheckFailed({ check, passed: false, detail: error.message })
}

const make = async (
  dependencies: FilmDependencies,
  order: MakingOrder,
  workshop: Workshop,
): Promise<MadeAsset | Started> => {
  const placement = placementOf(order)
  const ffmpeg = await dependencies.ffmpeg()
  const provider = filmChoice(dependencies.provider(), ffmpeg !== null)
  const { signal } = workshop
  const sources = await filmSources(order, placement, { ffmpeg, signal })
  const creative = creativeOf(order)
  const job: FilmJob = { dependencies, order, workshop, placement, creative, sources, ffmpeg }
  if (provider.by === 'motion' || ffmpeg === null) return makeMotion(job, [])
  const vendor = await dependencies.vendor(provider)
  const wanted = vendorOrder(vendor, order, placement, await workshop.productPicture())
  // A strip of a vendor's film would show nothing of it.
  if (!fillsPlacement(wanted.snapped, placement)) return makeMotion(job, ['size_not_offered'])
  return makeVendorFilm({ ...job, ffmpeg }, vendor, wanted)
}

/**
 * Makes films for placements: by a vendor, or as our own motion. A vendor's job outlives the worker: its name is
 * kept, and another worker collects what it has come to.
 */
export const createFilmMaker = (dependencies: FilmDependencies): AssetMaker => ({
  make: (order, workshop) => make(dependencies, order, workshop).catch(asCheck),
})
