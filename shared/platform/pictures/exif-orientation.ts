/** EXIF's tag of how a camera was held, and its type: an unsigned short. */
const orientationTag = 0x0112
const shortType = 3

/**
 * How the pixels have to be turned to stand upright, 1 to 8 as EXIF counts (1: as they are), from a TIFF
 * structure as EXIF has it. 1 for one that cannot be read: a picture is not refused for its notes.
 */
export const orientationOf = (tiff: Uint8Array): number => {
  const bytes = Buffer.from(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const order = bytes.toString('latin1', 0, 2)
  if ((order !== 'II' && order !== 'MM') || bytes.length < 14) return 1
  const short = (at: number): number =>
    order === 'II' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  const directory = order === 'II' ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4)
  if (directory + 2 > bytes.length) return 1
  const entries = short(directory)
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12
    if (at + 12 > bytes.length) return 1
    if (short(at) !== orientationTag) continue
    const value = short(at + 8)
    return short(at + 2) === shortType && value >= 1 && value <= 8 ? value : 1
  }
  return 1
}
