import { resizePixels } from './codecs.ts'
import { emptyPicture, type Picture } from './picture.ts'

export interface Size {
  width: number
  height: number
}

const resized = async (picture: Picture, size: Size): Promise<Picture> =>
  picture.width === size.width && picture.height === size.height
    ? picture
    : await resizePixels(picture, size)

/** Part of a picture, in whole pixels that lie inside it. */
export const crop = (picture: Picture, at: { x: number; y: number } & Size): Picture => {
  const part = emptyPicture(at.width, at.height)
  for (let row = 0; row < at.height; row += 1) {
    const from = ((at.y + row) * picture.width + at.x) * 4
    part.pixels.set(picture.pixels.subarray(from, from + at.width * 4), row * at.width * 4)
  }
  return part
}

/**
 * The picture filling `size`: scaled as little as possible, and cut evenly at the sides that are too
 * long. `focus` moves the cut: 0 keeps the upper or left end, 1 the other.
 */
export const cover = async (
  picture: Picture,
  size: Size,
  focus: { x?: number; y?: number } = {},
): Promise<Picture> => {
  const scale = Math.max(size.width / picture.width, size.height / picture.height)
  const width = Math.min(picture.width, Math.round(size.width / scale))
  const height = Math.min(picture.height, Math.round(size.height / scale))
  const part = crop(picture, {
    x: Math.round((picture.width - width) * (focus.x ?? 0.5)),
    y: Math.round((picture.height - height) * (focus.y ?? 0.5)),
    width,
    height,
  })
  return resized(part, size)
}

/** The whole picture, scaled down to fit inside `size`; a smaller one stays as it is. */
export const shrinkToFit = (picture: Picture, size: Size): Promise<Picture> => {
  const scale = Math.min(1, size.width / picture.width, size.height / picture.height)
  return resized(picture, {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  })
}

/** The picture on a plain colour, opaque. */
export const flatten = (
  picture: Picture,
  [red, green, blue]: readonly [number, number, number] = [255, 255, 255],
): Picture => {
  const pixels = new Uint8Array(picture.pixels)
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = (pixels[at + 3] ?? 0) / 255
    if (alpha === 1) continue
    pixels[at] = (pixels[at] ?? 0) * alpha + red * (1 - alpha)
    pixels[at + 1] = (pixels[at + 1] ?? 0) * alpha + green * (1 - alpha)
    pixels[at + 2] = (pixels[at + 2] ?? 0) * alpha + blue * (1 - alpha)
    pixels[at + 3] = 255
  }
  return { ...picture, pixels }
}
