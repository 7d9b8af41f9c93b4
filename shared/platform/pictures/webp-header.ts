import { orientationOf } from './exif-orientation.ts'
import { PictureError } from './picture.ts'

/** Chunks of a RIFF file, as far as they are whole. */
export function* webpChunks(bytes: Buffer): Generator<{ name: string; content: Buffer }> {
  let at = 12
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4)
    yield {
      name: bytes.toString('latin1', at, at + 4),
      content: bytes.subarray(at + 8, at + 8 + length),
    }
    at += 8 + length + (length % 2)
  }
}

const sizeOf = (name: string, content: Buffer): { width: number; height: number } | undefined => {
  if (name === 'VP8X' && content.length >= 10) {
    return { width: content.readUIntLE(4, 3) + 1, height: content.readUIntLE(7, 3) + 1 }
  }
  if (name === 'VP8 ' && content.length >= 10) {
    return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff }
  }
  if (name === 'VP8L' && content.length >= 5) {
    const bits = content.readUInt32LE(1)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  return undefined
}

/** Size and EXIF orientation of a WebP. Throws `PictureError`; animations are not read. */
export const webpHeader = (
  bytes: Buffer,
): { width: number; height: number; orientation: number } => {
  const sizes: { width: number; height: number }[] = []
  let orientation = 1
  for (const { name, content } of webpChunks(bytes)) {
    if (name === 'ANIM' || name === 'ANMF') {
      throw new PictureError('unsupported', 'The WebP is an animation; it has to be one picture.')
    }
    const size = sizeOf(name, content)
    if (size !== undefined) sizes.push(size)
    if (name === 'EXIF') {
      const tiff = content.toString('latin1', 0, 6) === 'Exif\0\0' ? content.subarray(6) : content
      orientation = orientationOf(tiff)
    }
  }
  const size = sizes[0]
  if (size === undefined) throw new PictureError('damaged', 'The WebP ends within its header.')
  // The canvas and the picture on it: decoders allocate by either.
  return {
    width: Math.max(...sizes.map(({ width }) => width)),
    height: Math.max(...sizes.map(({ height }) => height)),
    orientation,
  }
}
