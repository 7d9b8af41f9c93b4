import { StudioError } from '../../../contracts/errors.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import type { MakingOrder, Purchase, Workshop } from '../asset-maker.ts'
import {
  type BackgroundOrder,
  type BackgroundSource,
  backgroundOrder,
} from '../posters/background.ts'

/** Pictures that a motion film shows at most: more would be bought for a second each. */
const maxPictures = 3

export type PictureOrder = Pick<MakingOrder, 'run' | 'note' | 'sources'>

/** What was wished for a background: of the film, or else of the poster that the film follows. */
const noteFor = ({ note, sources }: PictureOrder, posterSpecId: string): string | null =>
  note ??
  sources.find((file) => file.role === 'poster' && file.posterSpecId === posterSpecId)?.note ??
  null

/** The posters whose backgrounds a film shows: no more than it has shots. */
const specsOf = ({ run }: PictureOrder): string[] => {
  const creative = run.stages.creative?.output
  const shots = creative?.video_prompt_package.shots.length ?? 0
  return (creative?.poster_specs ?? [])
    .slice(0, Math.max(1, Math.min(maxPictures, shots)))
    .map(({ id }) => id)
}

/** A background, and what it would buy. */
interface Wanted {
  purchase: Purchase
  wanted: BackgroundOrder
}

/**
 * The backgrounds of the run's posters in the film's shape: the same purchases as the posters', so that nothing is
 * paid twice.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
 */
export const filmBackgrounds = async (
  source: Pick<BackgroundSource, 'offer'>,
  order: PictureOrder,
  placement: Placement,
  desk: Pick<Workshop, 'productPicture'>,
): Promise<Wanted[]> => {
  const reference = await desk.productPicture()
  return specsOf(order).map((posterSpecId) => {
    const note = noteFor(order, posterSpecId)
    const wanted = backgroundOrder({ ...order, posterSpecId, note }, placement, reference)
    return { purchase: source.offer(wanted), wanted }
  })
}

/** What the pictures of a film would buy. */
export const plannedPictures = async (
  source: Pick<BackgroundSource, 'offer'>,
  order: PictureOrder,
  placement: Placement,
  desk: Pick<Workshop, 'productPicture'>,
): Promise<Purchase[]> => {
  try {
    const wanted = await filmBackgrounds(source, order, placement, desk)
    return wanted.map(({ purchase }) => purchase)
  } catch (error) {
    if (isMissing(error) && (await desk.productPicture()) !== null) return []
    throw error
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof StudioError && error.code === 'CAPABILITY_NOT_CONFIGURED'
