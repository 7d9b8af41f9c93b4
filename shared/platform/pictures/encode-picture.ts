import { encodeJpegPixels, encodePngPixels } from './codecs.ts'
import { type Picture, PictureError } from './picture.ts'

/** From nearly what was drawn down to what still looks like it; below that a picture is not posted. */
const qualities = [92, 88, 84, 80, 75, 70, 64, 58, 52, 46, 40] as const

export interface EncodedJpeg {
  bytes: Uint8Array<ArrayBuffer>
  /** 1 to 100, as libjpeg counts. */
  quality: number
}

/**
 * A JPEG of the best quality that fits `maxBytes`, without metadata; transparent parts lose their
 * transparency, so draw them on something first. Throws `PictureError` with `too_many_bytes`.
 */
export const encodeJpeg = async (
  picture: Picture,
  { maxBytes = Number.POSITIVE_INFINITY }: { maxBytes?: number | undefined } = {},
): Promise<EncodedJpeg> => {
  // Size falls with quality: halving the ladder finds the best step in four tries instead of eleven.
  let best = await tryQuality(picture, 0)
  if (best.bytes.length <= maxBytes) return best
  let fitting: EncodedJpeg | undefined
  let low = 1
  let high = qualities.length - 1
  while (low <= high) {
    const step = Math.floor((low + high) / 2)
    best = await tryQuality(picture, step)
    if (best.bytes.length <= maxBytes) {
      fitting = best
      high = step - 1
    } else low = step + 1
  }
  if (fitting === undefined) {
    throw new PictureError(
      'too_many_bytes',
      `The picture does not fit ${maxBytes} bytes, even at the lowest quality.`,
    )
  }
  return fitting
}

const tryQuality = async (picture: Picture, step: number): Promise<EncodedJpeg> => {
  const quality = qualities[step] ?? qualities[0]
  return { bytes: await encodeJpegPixels(picture, quality), quality }
}

/** A PNG without metadata. */
export const encodePng = (picture: Picture): Promise<Uint8Array<ArrayBuffer>> =>
  encodePngPixels(picture)
