/** A marker segment of a JPEG, up to the first scan. */
export interface JpegSegment {
  /** The marker's second byte. */
  marker: number
  /** Where the marker begins. */
  at: number
  /** Without marker and length. */
  content: Buffer
}

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
    if (marker === 0xda) return
    at += 2 + length
  }
}
