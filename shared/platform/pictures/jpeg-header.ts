import { orientationOf } from './exif-orientation.ts'
import { jpegScans, jpegSegments } from './jpeg-segments.ts'
import { PictureError } from './picture.ts'

/**
 * Passes over the pixels. Encoders write some ten; each costs a decoder as much as the whole picture, so
 * that a small file with thousands would keep it busy for minutes.
 */
const maxScans = 100

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Size and EXIF orientation of a JPEG. Throws `PictureError`. */
export const jpegHeader = (
  bytes: Buffer,
): { width: number; height: number; orientation: number } => {
  let size: { width: number; height: number } | undefined
  let orientation = 1
  let hasScan = false
  for (const { marker, content } of jpegSegments(bytes)) {
    if (isFrame(marker) && content.length >= 6) {
      size ??= { height: content.readUInt16BE(1), width: content.readUInt16BE(3) }
      if (content[5] === 4) {
        throw new PictureError(
          'print_colours',
          'The JPEG is in CMYK, for print. It has to be in RGB.',
        )
      }
    }
    if (marker === 0xe1 && content.toString('latin1', 0, 6) === 'Exif\0\0') {
      orientation = orientationOf(content.subarray(6))
    }
    hasScan ||= marker === 0xda
  }
  if (size === undefined || !hasScan) {
    throw new PictureError('damaged', 'The JPEG ends within its header.')
  }
  if (jpegScans(bytes, maxScans) > maxScans) {
    throw new PictureError('too_large', `The JPEG has more than ${maxScans} scans.`)
  }
  return { ...size, orientation }
}
