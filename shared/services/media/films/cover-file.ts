import { type Planes, rgbaOf } from '../../../platform/film/planes.ts'
import { encodeJpeg } from '../../../platform/pictures/encode-picture.ts'
import { withOrigin } from '../../../platform/xmp/picture-xmp.ts'
import type { OriginNote } from '../../../platform/xmp/xmp-packet.ts'
import type { MadeFile } from '../asset-maker.ts'

/** What every platform takes of a cover, less what the note of its origin and credentials add. */
const maxBytes = 2_000_000 - 10_000

/** A picture of a film as its cover: without captions, with the label. */
export const coverFile = async (frame: Planes, origin: OriginNote): Promise<MadeFile> => {
  const { width, height, pixels } = rgbaOf(frame)
  const picture = { width, height, pixels: new Uint8Array(pixels) }
  const { bytes } = await encodeJpeg(picture, { maxBytes })
  return {
    role: 'cover',
    width,
    height,
    duration_ms: null,
    contentType: 'image/jpeg',
    extension: 'jpg',
    body: withOrigin(bytes, origin),
  }
}
