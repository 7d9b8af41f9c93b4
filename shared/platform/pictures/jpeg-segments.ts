/** A marker segment of a JPEG, up to the first scan. */
export interface JpegSegment {
  /** The marker's second byte. */
  marker: number
  /** Where the marker begins. */
  at: number
  /** Without marker and length. */
  content: Buffer
}

const startOfScan = 0xda
const endOfImage = 0xd9

const isStandalone = (marker: number): boolean =>
  marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)

/** The segments before the first scan; ends at bytes that are no marker, as a cut file does. */
export function* jpegSegments(bytes: Buffer): Generator<JpegSegment> {
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isStandalone(marker)) {
      at += 2
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return
    yield { marker, at, content: bytes.subarray(at + 4, at + 2 + length) }
    if (marker === startOfScan) return
    at += 2 + length
  }
}

/** Where the first scan's coded pixels begin; undefined of a JPEG that ends within its header. */
const firstScan = (bytes: Buffer): number | undefined => {
  for (const { marker, at, content } of jpegSegments(bytes)) {
    if (marker === startOfScan) return at + 4 + content.length
  }
  return undefined
}

/**
 * How many passes over the pixels a JPEG has, counted up to `most` + 1. What stands behind its end is none of them:
 * phones write films there, which hold any bytes.
 */
export const jpegScans = (bytes: Buffer, most: number): number => {
  let at = firstScan(bytes)
  if (at === undefined) return 0
  let scans = 1
  while (scans <= most) {
    at = bytes.indexOf(0xff, at)
    const marker = bytes[at + 1]
    if (at < 0 || marker === undefined || marker === endOfImage) break
    if (marker === 0xff) at += 1
    else if (marker === 0 || isStandalone(marker)) at += 2
    else {
      if (at + 4 > bytes.length) break
      if (marker === startOfScan) scans += 1
      at += 2 + Math.max(2, bytes.readUInt16BE(at + 2))
    }
  }
  return scans
}
