import { jpegSegments } from '../pictures/jpeg-segments.ts'
import type { PictureKind } from '../pictures/picture.ts'

const startOfScan = 0xda
const endOfImage = Buffer.from([0xff, 0xd9])

/**
 * Whether a JPEG has its end. Decoders, like viewers, show what is there of one that was cut off in transit;
 * compressed pixels do not hold the mark, and phones may write films behind it.
 */
const hasEnd = (bytes: Buffer): boolean => {
  for (const { marker, at } of jpegSegments(bytes)) {
    if (marker === startOfScan) return bytes.indexOf(endOfImage, at) > 0
  }
  return false
}

/** Names of a PNG's chunks before the first pixels. */
const isAnimatedPng = (bytes: Buffer): boolean => {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (name === 'acTL') return true
    if (name === 'IDAT') return false
  }
  return false
}

const isAnimatedWebp = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 12, 16) === 'VP8X' && ((bytes[20] ?? 0) & 2) !== 0

/** Brands of HEIF that hold a sequence of pictures first of all. */
const isSequence = (bytes: Buffer): boolean =>
  /^(?:hevc|hevx|msf1)$/.test(bytes.toString('latin1', 8, 12))

const animated: Readonly<Record<PictureKind, (bytes: Buffer) => boolean>> = {
  png: isAnimatedPng,
  jpeg: () => false,
  webp: isAnimatedWebp,
  heif: isSequence,
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Whether a picture of this kind moves. Linear in the number of its parts. */
export const isAnimated = (bytes: Uint8Array, kind: PictureKind): boolean =>
  animated[kind](asBuffer(bytes))

/** Whether a picture of this kind was cut off where its decoder would not notice. */
export const isCutOff = (bytes: Uint8Array, kind: PictureKind): boolean =>
  kind === 'jpeg' && !hasEnd(asBuffer(bytes))
