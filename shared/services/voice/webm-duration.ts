/**
 * Seconds of sound in a WebM file, from the times of its blocks. Browsers write the header before
 * they know how long the recording will be and leave the duration out, and a header may claim anything.
 * https://www.rfc-editor.org/rfc/rfc8794 (EBML), https://www.rfc-editor.org/rfc/rfc9559 (Matroska)
 */

/** The elements to descend into; all others are skipped. */
const entered = new Set([
  0x18538067, // Segment
  0x1549a966, // Info
  0x1f43b675, // Cluster
  0xa0, // BlockGroup
])
const timestampScale = 0x2ad7b1
const clusterTimestamp = 0xe7
const simpleBlock = 0xa3
const block = 0xa1

/** Nanoseconds of a tick when the file does not say. */
const usualScale = 1_000_000
/** Seconds of a last block that has no earlier one to measure by: a frame of Opus. */
const usualFrame = 0.02

/** A variable-length integer: the leading zeros of its first byte give its length. Also where it ends. */
const readNumber = (
  bytes: Uint8Array,
  at: number,
  keepMarker: boolean,
): { value: number; end: number; unknown: boolean } | undefined => {
  const first = bytes[at] ?? 0
  const length = Math.clz32(first) - 23
  if (first === 0 || at + length > bytes.length) return undefined
  const mask = (1 << (8 - length)) - 1
  let value = keepMarker ? first : first & mask
  let unknown = (first & mask) === mask
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0
    value = value * 256 + byte
    unknown &&= byte === 0xff
  }
  return { value, end: at + length, unknown }
}

const readUnsigned = (bytes: Uint8Array, at: number, end: number): number =>
  bytes.subarray(at, end).reduce((value, byte) => value * 256 + byte, 0)

/** The time of a block in its cluster: 16 bits with sign, behind the track's number. */
const readBlockTime = (bytes: Uint8Array, at: number): number | undefined => {
  const track = readNumber(bytes, at, false)
  if (!track || track.end + 2 > bytes.length) return undefined
  const high = bytes[track.end] ?? 0
  const low = bytes[track.end + 1] ?? 0
  return ((high << 24) >> 16) | low
}

/** 0 for a file without a single block. What is cut off counts as far as it goes. */
export const webmSeconds = (bytes: Uint8Array): number => {
  let scale = usualScale
  let cluster = 0
  let last = -1
  let beforeLast = -1
  for (let at = 0; at < bytes.length; ) {
    const id = readNumber(bytes, at, true)
    const size = id && readNumber(bytes, id.end, false)
    if (!id || !size) break
    const end = size.unknown ? bytes.length : size.end + size.value
    if (id.value === timestampScale) scale = readUnsigned(bytes, size.end, end) || usualScale
    if (id.value === clusterTimestamp) cluster = readUnsigned(bytes, size.end, end)
    if (id.value === simpleBlock || id.value === block) {
      const time = readBlockTime(bytes, size.end)
      if (time !== undefined && cluster + time > last) {
        beforeLast = last
        last = cluster + time
      }
    }
    at = entered.has(id.value) ? size.end : end
  }
  if (last < 0) return 0
  const seconds = (ticks: number): number => (ticks * scale) / 1e9
  return seconds(last) + (beforeLast < 0 ? usualFrame : seconds(last - beforeLast))
}
