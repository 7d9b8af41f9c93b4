import { cover } from '../../../platform/pictures/fit-picture.ts'
import type { Picture } from '../../../platform/pictures/picture.ts'
import { widened } from '../../../platform/pictures/widen-picture.ts'
import type { Placement } from '../../../rules/placements/placement.ts'

/** From this proportion on a crop of a landscape picture cuts its subject, which takes half of its height. */
const leastRatio = 2.6

/** Whether a placement is all picture, and too low for one. */
export const isStrip = ({ takesType, width, height }: Placement): boolean =>
  !takesType && width / height >= leastRatio

/** Width of the part that is the picture itself, in heights: so much of a 3:2 picture shows two thirds of its height. */
const pictureRatio = 2.2

/** The picture in a strip, with its subject inside the safe rectangle, of whose right end the prompt has it stand. */
export const stripOf = async (
  background: Picture,
  { width, height, safe }: Placement,
  scale = 1,
): Promise<Picture> => {
  const own = {
    width: Math.round(pictureRatio * height * scale),
    height: Math.round(height * scale),
  }
  const part = await cover(background, own)
  const x = Math.round((safe.x + safe.width) * scale) - own.width
  return widened(part, Math.round(width * scale), Math.max(0, x))
}
