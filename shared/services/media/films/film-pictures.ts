import { StudioError } from '../../../contracts/errors.ts'
import { decodePicture } from '../../../platform/pictures/decode-picture.ts'
import { type Picture, PictureError } from '../../../platform/pictures/picture.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import type { Workshop } from '../asset-maker.ts'
import type { BackgroundSource } from '../posters/background.ts'
import { filmBackgrounds, isMissing, type PictureOrder } from './film-backgrounds.ts'

/** A vendor's failure for one picture leaves the others. */
const isOfOnePicture = (error: unknown): error is StudioError =>
  error instanceof StudioError &&
  ['MODEL_REFUSED', 'UPSTREAM_ERROR', 'MEDIA_TIMEOUT', 'CAPABILITY_NOT_CONFIGURED'].includes(
    error.code,
  )

const decoded = async (bytes: Uint8Array): Promise<Picture> => {
  try {
    return (await decodePicture(bytes)).picture
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    throw new StudioError('UPSTREAM_ERROR', `The background is no picture. ${error.message}`, {
      cause: error,
    })
  }
}

export interface FilmPictures {
  pictures: Picture[]
  /** False of a film that shows the user's own photo alone. */
  generated: boolean
  /** What made them; null of a photo. */
  aiSystem: string | null
}

/**
 * The pictures of a film: the posters' backgrounds, and the user's photo of the product where there are none.
 * @throws what the first background failed with when there is no picture at all
 */
export const filmPictures = async (
  source: BackgroundSource,
  order: PictureOrder,
  placement: Placement,
  workshop: Workshop,
): Promise<FilmPictures> => {
  let failure: unknown
  const pictures: Picture[] = []
  let aiSystem: string | null = null
  try {
    for (const { purchase, wanted } of await filmBackgrounds(source, order, placement, workshop)) {
      try {
        const { bytes } = await workshop.buy(purchase, (signal, key) =>
          source.make(wanted, key, signal),
        )
        pictures.push(await decoded(bytes))
        aiSystem = `${purchase.provider} ${purchase.model}`
      } catch (error) {
        if (!isOfOnePicture(error)) throw error
        failure ??= error
      }
    }
  } catch (error) {
    if (!isMissing(error)) throw error
    failure ??= error
  }
  if (pictures.length > 0) return { pictures, generated: true, aiSystem }
  const photo = await workshop.productPicture()
  if (photo === null) throw failure
  return { pictures: [await decoded(photo.bytes)], generated: false, aiSystem: null }
}
