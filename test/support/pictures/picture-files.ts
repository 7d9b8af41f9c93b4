import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Picture } from '../../../shared/platform/pictures/picture.ts'

/**
 * Small pictures that other software wrote (Pillow 12 and libheif's x265): 64x48, red in the upper left
 * quarter, green in the upper right, blue in the lower left, white in the lower right. `held-n.jpg` is
 * stored in EXIF's orientation n with a position and a camera's name in its notes.
 */
export const pictureFile = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(import.meta.dirname, name)))

/** The colour of a pixel as the nearest of the quarters' colours. */
export const colourAt = ({ width, pixels }: Picture, x: number, y: number): string => {
  const at = (y * width + x) * 4
  const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3)
  if (Math.min(red, green, blue) > 200) return 'white'
  return red > Math.max(green, blue) ? 'red' : green > blue ? 'green' : 'blue'
}

/** The colours of the four quarters, in reading order. */
export const quartersOf = (picture: Picture): string[] => {
  const { width, height } = picture
  const [left, right] = [Math.floor(width / 8), Math.floor((width * 7) / 8)]
  const [top, bottom] = [Math.floor(height / 8), Math.floor((height * 7) / 8)]
  return [
    colourAt(picture, left, top),
    colourAt(picture, right, top),
    colourAt(picture, left, bottom),
    colourAt(picture, right, bottom),
  ]
}

/** A plain picture that code drew, with some noise that resists compression. */
export const noisyPicture = (width: number, height: number): Picture => {
  const pixels = new Uint8Array(width * height * 4)
  let state = 12345
  for (let at = 0; at < pixels.length; at += 1) {
    state = (state * 1103515245 + 12345) % 2147483648
    pixels[at] = at % 4 === 3 ? 255 : (state >>> 16) & 255
  }
  return { width, height, pixels }
}
