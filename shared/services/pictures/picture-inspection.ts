import { createHash, randomInt } from 'node:crypto'
import type { ModelImage } from '../../clients/openai/model-client.ts'
import { decodePicture } from '../../platform/pictures/decode-picture.ts'
import { encodeJpeg, encodePng } from '../../platform/pictures/encode-picture.ts'
import { flatten, shrinkToFit } from '../../platform/pictures/fit-picture.ts'
import {
  emptyPicture,
  type Picture,
  PictureError,
  type PictureProblem,
} from '../../platform/pictures/picture.ts'
import { pictureKind } from '../../platform/pictures/picture-header.ts'
import { isAnimated, isCutOff } from '../../platform/uploads/whole-picture.ts'
import { brokenPicture } from '../../platform/wording/pictures.ts'
import { pictureBounds } from '../../rules/product-picture.ts'
import { withCheckStrip } from './check-strip.ts'

/** A picture as it is kept, and as the model is shown it. */
export interface JudgedPicture {
  bytes: Uint8Array
  contentType: 'image/jpeg' | 'image/png'
  width: number
  height: number
  /** Hexadecimal. */
  sha256: string
  /** Smaller, with a strip below it. */
  shown: ModelImage
  /** The number in the strip. */
  checkNumber: string
}

const { maxSide, minSide, shownSide } = pictureBounds
/** Bytes of what the model is shown. */
const shownBytes = 700_000

const ruleOf = {
  unsupported: 'unsupported',
  print_colours: 'printColours',
  damaged: 'damaged',
  too_large: 'huge',
  too_many_bytes: 'huge',
} as const satisfies Record<PictureProblem, string>

const hasTransparency = ({ pixels }: Picture): boolean => {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return true
  return false
}

/**
 * The mean of each four pixels: of a very large picture, in a tenth of the time and memory that resizing takes.
 * Each pixel counts by its opacity, so that hidden colours do not bleed.
 */
const halved = ({ width, height, pixels }: Picture): Picture => {
  const half = emptyPicture(Math.floor(width / 2), Math.floor(height / 2))
  const below = width * 4
  const at = (place: number): number => pixels[place] ?? 0
  for (let row = 0; row < half.height; row += 1) {
    for (let column = 0; column < half.width; column += 1) {
      const one = (row * 2 * width + column * 2) * 4
      const [two, three, four] = [one + 4, one + below, one + below + 4]
      const [a, b, c, d] = [at(one + 3), at(two + 3), at(three + 3), at(four + 3)]
      const opacity = a + b + c + d
      const to = (row * half.width + column) * 4
      half.pixels[to + 3] = (opacity + 2) >> 2
      if (opacity === 0) continue
      for (let channel = 0; channel < 3; channel += 1) {
        const sum =
          at(one + channel) * a +
          at(two + channel) * b +
          at(three + channel) * c +
          at(four + channel) * d
        half.pixels[to + channel] = (sum + (opacity >> 1)) / opacity
      }
    }
  }
  return half
}

const fitted = (picture: Picture): Promise<Picture> =>
  Math.max(picture.width, picture.height) >= 2 * maxSide
    ? fitted(halved(picture))
    : shrinkToFit(picture, { width: maxSide, height: maxSide })

const decoded = async (bytes: Uint8Array): Promise<Picture> => {
  const kind = pictureKind(bytes)
  if (kind !== undefined && isAnimated(bytes, kind)) throw brokenPicture('animated')
  if (kind !== undefined && isCutOff(bytes, kind)) throw brokenPicture('damaged')
  try {
    return (await decodePicture(bytes)).picture
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    throw brokenPicture(ruleOf[error.problem], error.message, error)
  }
}

const kept = async (picture: Picture): Promise<Pick<JudgedPicture, 'bytes' | 'contentType'>> =>
  hasTransparency(picture)
    ? { bytes: await encodePng(picture), contentType: 'image/png' }
    : { bytes: (await encodeJpeg(picture)).bytes, contentType: 'image/jpeg' }

/**
 * What a picture is, whatever its name and content type say: decoded, turned upright, made smaller and encoded
 * again, so that of the file nothing but pixels is kept.
 * @throws StudioError UNSUPPORTED_MEDIA, naming it, for any other format; INVALID_INPUT, naming the rule, for a
 * picture that is empty, damaged, animated, too small, or has more than 50 million pixels
 */
export const inspectPicture = async (bytes: Uint8Array): Promise<JudgedPicture> => {
  if (bytes.length === 0) throw brokenPicture('empty')
  const whole = await decoded(bytes)
  const picture = await fitted(whole)
  const { width, height } = picture
  if (Math.min(width, height) < minSide) {
    throw brokenPicture('small', `The picture has ${whole.width} x ${whole.height} pixels.`)
  }
  const checkNumber = String(randomInt(1_000, 10_000))
  const small = await shrinkToFit(flatten(picture), { width: shownSide, height: shownSide })
  const file = await kept(picture)
  const shown = await encodeJpeg(withCheckStrip(small, checkNumber), { maxBytes: shownBytes })
  return {
    ...file,
    width,
    height,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    shown: { contentType: 'image/jpeg', bytes: shown.bytes },
    checkNumber,
  }
}
