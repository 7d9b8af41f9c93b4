import { StudioError } from '../../../contracts/errors.ts'
import { decodePicture } from '../../../platform/pictures/decode-picture.ts'
import { type Picture, PictureError } from '../../../platform/pictures/picture.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import type { MakingOrder, Purchase, Workshop } from '../asset-maker.ts'
import { type BackgroundSource, backgroundOrder } from '../posters/background.ts'

/** Pictures that a motion film shows at most: more would be bought for a second each. */
const maxPictures = 3

type PictureOrder = Pick<MakingOrder, 'run' | 'note'>

/** The posters whose backgrounds a film shows: no more than it has shots. */
const specsOf = ({ run }: PictureOrder): string[] => {
  const creative = run.stages.creative?.output
  const shots = creative?.video_prompt_package.shots.length ?? 0
  return (creative?.poster_specs ?? [])
    .slice(0, Math.max(1, Math.min(maxPictures, shots)))
    .map(({ id }) => id)
}

interface Wanted {
  purchase: Purchase
  make: (signal: AbortSignal, key: string) => Promise<Uint8Array>
}

/**
 * The backgrounds of the run's posters in the film's shape: the same purchases as the posters', so that nothing is
 * paid twice.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
 */
const wantedOf = async (
  source: BackgroundSource,
  order: PictureOrder,
  placement: Placement,
  desk: Pick<Workshop, 'productPicture'>,
): Promise<Wanted[]> => {
  const reference = await desk.productPicture()
  return specsOf(order).map((posterSpecId) => {
    const wanted = backgroundOrder({ ...order, posterSpecId }, placement, reference)
    return {
      purchase: source.offer(wanted),
      make: (signal, key) => source.make(wanted, key, signal),
    }
  })
}

/** What the pictures of a film would buy. */
export const plannedPictures = async (
  source: BackgroundSource,
  order: PictureOrder,
  placement: Placement,
  desk: Pick<Workshop, 'productPicture'>,
): Promise<Purchase[]> => {
  try {
    const wanted = await wantedOf(source, order, placement, desk)
    return wanted.map(({ purchase }) => purchase)
  } catch (error) {
    if (isMissing(error) && (await desk.productPicture()) !== null) return []
    throw error
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof StudioError && error.code === 'CAPABILITY_NOT_CONFIGURED'

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
    for (const { purchase, make } of await wantedOf(source, order, placement, workshop)) {
      try {
        const { bytes } = await workshop.buy(purchase, make)
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
