import { asciiAt } from './audio-content.ts'

/** Boxes of the ISO family that a player needs, at the top of a file and within others. */
const needed = new Set(
  'ftyp styp moov moof mdat sidx mfra mvhd mvex trak mdia minf stbl traf edts'.split(' '),
)
const entered = new Set(['moov', 'trak', 'mdia', 'minf', 'mvex', 'moof', 'traf', 'stbl'])
/** Boxes that hold what a writer likes: tags, pictures, notes, nothing. */
const free = new Set(['free', 'skip', 'udta', 'meta', 'uuid', 'wide', 'pnot', 'PICT', 'ID32'])

/** The box's size, its header included; 0 for bytes that are no box. */
const sizeAt = (bytes: Buffer, at: number, end: number): { size: number; header: number } => {
  const size = bytes.readUInt32BE(at)
  if (size === 0) return { size: end - at, header: 8 }
  if (size !== 1) return { size: size < 8 ? 0 : size, header: 8 }
  const long = at + 16 <= end ? Number(bytes.readBigUInt64BE(at + 8)) : 0
  return { size: long < 16 ? 0 : long, header: 16 }
}

/**
 * The same recording with nothing in it that only a writer knows: such boxes become free space of the same
 * size, since tables name places in the file, and bytes behind the last box go.
 */
export const bareBoxes = (recording: Buffer): Buffer => {
  const bytes = Buffer.from(recording)
  const clean = (from: number, to: number, isTop: boolean): number => {
    let at = from
    while (at + 8 <= to) {
      const { size, header } = sizeAt(bytes, at, to)
      if (size === 0) return at
      const kind = asciiAt(bytes, at + 4, 4)
      const end = Math.min(to, at + size)
      if (free.has(kind) || (isTop && !needed.has(kind))) {
        bytes.write('free', at + 4, 'latin1')
        bytes.fill(0, at + header, end)
      } else if (entered.has(kind)) clean(at + header, end, false)
      at = end
    }
    return at
  }
  return bytes.subarray(0, clean(0, bytes.length, true))
}
