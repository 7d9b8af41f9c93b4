import type { FilmOrder } from '../../../clients/video/film-vendor.ts'
import { decodePicture } from '../../../platform/pictures/decode-picture.ts'
import { encodeJpeg } from '../../../platform/pictures/encode-picture.ts'
import { cover } from '../../../platform/pictures/fit-picture.ts'
import type { VendorOrder } from './vendor-order.ts'

/** The order as it is sent: a picture has the film's own size, as vendors demand. */
export const filmOrderOf = async ({
  prompt,
  snapped,
  reference,
}: VendorOrder): Promise<FilmOrder> => {
  const { seconds, width, height } = snapped
  if (reference === null) return { prompt, seconds, width, height, reference: null }
  const { picture } = await decodePicture(reference.bytes)
  const { bytes } = await encodeJpeg(await cover(picture, { width, height }), {
    maxBytes: 5_000_000,
  })
  const { sha256 } = reference
  return { prompt, seconds, width, height, reference: { bytes, contentType: 'image/jpeg', sha256 } }
}
