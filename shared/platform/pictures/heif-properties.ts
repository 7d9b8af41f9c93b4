/** Boxes that hold others, on the way to the properties of a HEIF's images, with the bytes before them. */
const containers: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 }

/** The deepest of them, and one to spare: a file of nothing but boxes in each other ends here. */
const maxDepth = 4

export interface HeifProperty {
  name: string
  content: Buffer
}

/** The boxes of a HEIF, those inside the containers of properties as well. */
export function* heifProperties(bytes: Buffer, depth = 0): Generator<HeifProperty> {
  let at = 0
  while (at + 8 <= bytes.length) {
    const stated = bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    // 1 announces a length of 64 bits, which none of these boxes has; 0 means up to the end.
    const length = stated === 0 ? bytes.length - at : stated === 1 ? longLength(bytes, at) : stated
    if (length < 8) return
    const content = bytes.subarray(at + 8, at + length)
    yield { name, content }
    const before = containers[name]
    if (before !== undefined && depth < maxDepth) {
      yield* heifProperties(content.subarray(before), depth + 1)
    }
    at += length
  }
}

const longLength = (bytes: Buffer, at: number): number =>
  at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : 0
