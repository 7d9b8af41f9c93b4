import { decodeJpegPixels, decodePngPixels, decodeWebpPixels } from './codecs.ts'
import { isDisplayP3 } from './colour-profile.ts'
import { convertDisplayP3 } from './display-p3.ts'
import { decodeHeifPixels } from './heif-codec.ts'
import { type Picture, PictureError, type PictureKind } from './picture.ts'
import { type PictureHeader, readPictureHeader } from './picture-header.ts'
import { upright } from './upright.ts'

/** What the largest camera of a phone takes, 8064x6048. */
const maxPixels = 50_000_000

/** Side of a picture: what WebP allows, and more than any phone takes; a strip of a million is a trap. */
const maxSide = 16_383

const decoders: Readonly<Record<PictureKind, (bytes: Uint8Array) => Promise<Picture | undefined>>> =
  {
    png: decodePngPixels,
    jpeg: decodeJpegPixels,
    webp: decodeWebpPixels,
    heif: decodeHeifPixels,
  }

export interface DecodedPicture {
  kind: PictureKind
  /** Upright and in sRGB: what the camera noted about its position and colours has been applied. */
  picture: Picture
}

/**
 * Reads PNG, JPEG, WebP or HEIC by its own bytes, in WebAssembly. Nothing of the file but pixels comes
 * through. Throws `PictureError`, and before decoding for what would take more memory than a picture of
 * 50 million pixels (or `limits.maxPixels`).
 */
export const decodePicture = async (
  bytes: Uint8Array,
  limits: { maxPixels?: number } = {},
): Promise<DecodedPicture> => {
  const header = readPictureHeader(bytes)
  refuseHuge(header, limits.maxPixels ?? maxPixels)
  const decoded = await pixelsOf(header.kind, bytes)
  if (decoded.width * decoded.height !== header.width * header.height) {
    // A HEIC may crop what it stores; nothing may grow.
    const grows = decoded.width * decoded.height > header.width * header.height
    if (header.kind !== 'heif' || grows) {
      throw new PictureError('damaged', 'The picture is not of the size that it states.')
    }
  }
  if (isDisplayP3(header.kind, bytes)) convertDisplayP3(decoded)
  return { kind: header.kind, picture: upright(decoded, header.orientation) }
}

const refuseHuge = ({ width, height }: PictureHeader, allowed: number): void => {
  if (width * height <= allowed && width <= maxSide && height <= maxSide) return
  throw new PictureError(
    'too_large',
    `The picture has ${width} x ${height} pixels; at most ${allowed} are read, and ${maxSide} on a side.`,
  )
}

const pixelsOf = async (kind: PictureKind, bytes: Uint8Array): Promise<Picture> => {
  const damaged = (cause?: unknown) =>
    new PictureError('damaged', `The ${names[kind]} cannot be decoded.`, cause)
  let picture: Picture | undefined
  try {
    picture = await decoders[kind](bytes)
  } catch (error) {
    throw damaged(error)
  }
  if (picture === undefined) throw damaged()
  return picture
}

const names: Readonly<Record<PictureKind, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  heif: 'HEIC',
}
