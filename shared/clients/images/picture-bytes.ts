import { decodePicture } from '../../platform/pictures/decode-picture.ts'
import { encodePng } from '../../platform/pictures/encode-picture.ts'
import { PictureError } from '../../platform/pictures/picture.ts'
import { isCutOff } from '../../platform/uploads/whole-picture.ts'
import { brokenAnswer } from './refused-picture.ts'

/** Pixels of the shorter side below which an answer is no picture that could be shown. */
const minSide = 256

/**
 * What a server sent, as a PNG: judged by its own bytes and decoded to its last row.
 * @throws StudioError UPSTREAM_ERROR for anything that is no whole picture
 */
export const asPng = async (bytes: Uint8Array): Promise<Uint8Array> => {
  try {
    const { kind, picture } = await decodePicture(bytes)
    if (Math.min(picture.width, picture.height) < minSide) {
      throw brokenAnswer(`sent a picture of ${picture.width} x ${picture.height} pixels.`)
    }
    if (isCutOff(bytes, kind)) throw brokenAnswer('sent a picture that was cut off.')
    return kind === 'png' ? bytes : await encodePng(picture)
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    throw brokenAnswer(
      `sent ${bytes.length} bytes that are no picture of a format that is read.`,
      error,
    )
  }
}
