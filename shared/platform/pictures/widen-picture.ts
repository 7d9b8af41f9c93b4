import { resizePixels } from './codecs.ts'
import { crop } from './fit-picture.ts'
import { emptyPicture, type Picture } from './picture.ts'

/** Of a picture's width, what its continuation is taken from, and over which the two dissolve into each other. */
const edge = 0.05
const fade = 0.16
/** Rows that a continuation keeps apart: less shows streaks, more shows nothing of the picture's light. */
const rows = 5

/** The edge of a picture, drawn out: its light and colours without its forms. */
const drawnOut = async (picture: Picture, x: number, width: number): Promise<Picture> => {
  const { height } = picture
  const part = crop(picture, { x, y: 0, width: Math.ceil(picture.width * edge), height })
  return resizePixels(await resizePixels(part, { width: 2, height: rows }), { width, height })
}

const smooth = (share: number): number => share * share * (3 - 2 * share)

/**
 * A picture continued to the left and right by the light of its own edges: whole, where a crop would cut its subject.
 * @param x where it begins in the wider one, which is as high
 */
export const widened = async (picture: Picture, width: number, x: number): Promise<Picture> => {
  const { height } = picture
  const blend = Math.ceil(picture.width * fade)
  const right = x + picture.width
  const left = await drawnOut(picture, 0, x + blend)
  const last = picture.width - Math.ceil(picture.width * edge)
  const far = await drawnOut(picture, last, width - right + blend)
  const wide = emptyPicture(width, height)
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const to = (row * width + column) * 4
      const isLeft = column < x + blend
      const own = isLeft ? (column - x) / blend : (right - column) / blend
      const share = smooth(Math.max(0, Math.min(1, own)))
      const side = isLeft ? left : far
      const beside = (row * side.width + (isLeft ? column : column - right + blend)) * 4
      const within = (row * picture.width + column - x) * 4
      for (let channel = 0; channel < 4; channel += 1) {
        const outer = share === 1 ? 0 : (side.pixels[beside + channel] ?? 0)
        const inner = share === 0 ? 0 : (picture.pixels[within + channel] ?? 0)
        wide.pixels[to + channel] = Math.round(outer * (1 - share) + inner * share)
      }
    }
  }
  return wide
}
