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

/** The part of a colour profile that tells Display P3: three primaries, as an iPhone's has them. */
export const displayP3Profile = (): Buffer => {
  const primaries = [
    ['rXYZ', 0.5151, 0.2412, -0.0011],
    ['gXYZ', 0.292, 0.6922, 0.0419],
    ['bXYZ', 0.1571, 0.0666, 0.7841],
  ] as const
  const profile = Buffer.alloc(132 + 3 * 12 + 3 * 20)
  profile.writeUInt32BE(profile.length, 0)
  profile.write('RGB XYZ ', 16, 'latin1')
  profile.write('acsp', 36, 'latin1')
  profile.writeUInt32BE(3, 128)
  for (const [index, [tag, ...values]] of primaries.entries()) {
    const place = 168 + index * 20
    profile.write(tag, 132 + index * 12, 'latin1')
    profile.writeUInt32BE(place, 136 + index * 12)
    profile.writeUInt32BE(20, 140 + index * 12)
    profile.write('XYZ ', place, 'latin1')
    for (const [off, value] of values.entries()) {
      profile.writeInt32BE(Math.round(value * 65_536), place + 8 + off * 4)
    }
  }
  return profile
}

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
