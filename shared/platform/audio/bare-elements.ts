import { readNumber } from './webm.ts'

const ids = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  void: 0xec,
} as const

/** What a segment and its clusters hold that a player needs; tags, attachments and chapters are not among it. */
const segmentParts = new Set([
  0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1f43b675, 0x1c53bb6b, 0xa3, 0xa0, 0xe7, 0xab, 0xa7, 0xbf,
])
const cluster = 0x1f43b675

/** Room for an id of one byte and a size of eight: any smaller element can hide nothing. */
const leastVoid = 9

/** Makes an element, which keeps its size in the file, one that says nothing. */
const makeVoid = (bytes: Buffer, at: number, end: number): void => {
  if (end - at < leastVoid) return
  bytes.fill(0, at, end)
  bytes[at] = ids.void
  bytes.writeBigUInt64BE(2n ** 56n + BigInt(end - at - leastVoid), at + 1)
}

/**
 * The same recording without tags, attachments and space that a writer may fill, which become empty
 * elements of the same size, and without bytes behind the last element.
 */
export const bareElements = (recording: Buffer): Buffer => {
  const bytes = Buffer.from(recording)
  let at = 0
  while (at < bytes.length) {
    const id = readNumber(bytes, at, true)
    const size = id && readNumber(bytes, id.end, false)
    if (!id || !size) break
    const isEntered = id.value === ids.segment || id.value === cluster
    const end = size.unknown ? bytes.length : size.end + size.value
    if (!isEntered && end > bytes.length) {
      // A recording that was cut off ends within an element that a player still reads.
      return segmentParts.has(id.value) ? bytes : bytes.subarray(0, at)
    }
    const isNeeded = isEntered || id.value === ids.ebml || segmentParts.has(id.value)
    if (!isNeeded) makeVoid(bytes, at, end)
    at = isEntered ? size.end : end
  }
  return bytes.subarray(0, at)
}
