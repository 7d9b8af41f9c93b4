import { PictureError } from './picture.ts'

/** Boxes that hold others, on the way to the sizes of a HEIF's images, with the bytes before them. */
const containers: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 }

/** The deepest of them, and one to spare: a file of nothing but boxes in each other ends here. */
const maxDepth = 4

/** Of the sizes that a HEIF states, for its images and the tiles that they are made of, the largest. */
export const heifSize = (bytes: Buffer): { width: number; height: number } => {
  const sizes = [...sizesIn(bytes, 0)]
  const largest = sizes.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
  if (largest === undefined) throw new PictureError('damaged', 'The HEIC states no size.')
  return largest
}

function* sizesIn(bytes: Buffer, depth: number): Generator<{ width: number; height: number }> {
  let at = 0
  while (at + 8 <= bytes.length) {
    const stated = bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    // 1 announces a length of 64 bits, which none of these boxes has; 0 means up to the end.
    const length = stated === 0 ? bytes.length - at : stated === 1 ? longLength(bytes, at) : stated
    if (length < 8) return
    const content = bytes.subarray(at + 8, at + length)
    if (name === 'ispe' && content.length >= 12) {
      yield { width: content.readUInt32BE(4), height: content.readUInt32BE(8) }
    }
    const before = containers[name]
    if (before !== undefined && depth < maxDepth) {
      yield* sizesIn(content.subarray(before), depth + 1)
    }
    at += length
  }
}

const longLength = (bytes: Buffer, at: number): number =>
  at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : 0
