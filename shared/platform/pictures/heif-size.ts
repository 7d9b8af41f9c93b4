import { heifProperties } from './heif-properties.ts'
import { PictureError } from './picture.ts'

/** Of the sizes that a HEIF states, for its images and the tiles that they are made of, the largest. */
export const heifSize = (bytes: Buffer): { width: number; height: number } => {
  let largest = { width: 0, height: 0 }
  for (const { name, content } of heifProperties(bytes)) {
    if (name !== 'ispe' || content.length < 12) continue
    const size = { width: content.readUInt32BE(4), height: content.readUInt32BE(8) }
    if (size.width * size.height > largest.width * largest.height) largest = size
  }
  if (largest.width === 0) throw new PictureError('damaged', 'The HEIC states no size.')
  return largest
}
