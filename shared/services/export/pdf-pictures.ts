import type { MediaStore } from '../../clients/media-store.ts'
import { decodePicture } from '../../platform/pictures/decode-picture.ts'
import { encodeJpeg } from '../../platform/pictures/encode-picture.ts'
import { flatten, shrinkToFit } from '../../platform/pictures/fit-picture.ts'
import { PictureError } from '../../platform/pictures/picture.ts'
import { log } from '../../platform/telemetry.ts'
import type { PdfPictures } from './pdf-blocks.ts'

/** Pictures in a PDF, which is made in memory; all of them lie beside it. */
const maxPictures = 12
/** Pixels of the longer side: some 170 per inch at the size that the report shows. */
const side = 900

/** Undefined for what is no picture: the report has its name, and its file is in the archive as it was stored. */
const jpegOf = async (bytes: Uint8Array): Promise<Uint8Array | undefined> => {
  try {
    const { picture } = await decodePicture(bytes)
    const small = await shrinkToFit(picture, { width: side, height: side })
    return (await encodeJpeg(flatten(small))).bytes
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    log.warn('a picture is not in the report', { error })
    return undefined
  }
}

/** Smaller copies of pictures of the archive, by their paths in it. */
export const pdfPictures = async (
  media: Pick<MediaStore, 'get'>,
  placed: readonly { path: string; file: { key: string } }[],
): Promise<PdfPictures> => {
  const pictures = new Map<string, { bytes: Uint8Array; contentType: string }>()
  for (const { path, file } of placed.slice(0, maxPictures)) {
    const stored = await media.get(file.key)
    const bytes = stored && (await jpegOf(stored))
    if (bytes) pictures.set(path, { bytes, contentType: 'image/jpeg' })
  }
  return pictures
}
