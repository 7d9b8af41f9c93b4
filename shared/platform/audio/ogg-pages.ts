/**
 * Ogg by its pages, RFC 3533, before mediabunny reads the packets: it stops at bytes that are no page, at
 * an empty packet, and at the end of the first stream of a chain, where decoders go on.
 */

export interface OggPages {
  /** Stream headers of all kinds. */
  streams: number
  /** A stream begins behind pages of another, or goes on behind its end. */
  isChained: boolean
  /** Codec of each stream, by its first packet. */
  codecs: string[]
  /** A page whose checksum is wrong, or a packet without bytes, which no encoder writes. */
  isDamaged: boolean
  /** The pages alone, without what lies between them or is cut off. */
  bytes: Buffer
}

/** CRC-32 with the polynomial 0x04c11db7, by the byte that is shifted out. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  return crc
})

/** Whether the checksum in bytes 22 to 25, which count as zeros, is that of the page. */
const isIntact = (bytes: Buffer, from: number, to: number): boolean => {
  let crc = 0
  for (let at = from; at < to; at += 1) {
    const byte = at >= from + 22 && at < from + 26 ? 0 : (bytes[at] ?? 0)
    crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ byte] ?? 0)
  }
  return crc >>> 0 === bytes.readUInt32LE(from + 22)
}

interface Page {
  flags: number
  serial: number
  dataAt: number
  end: number
  lacing: Buffer
}

const flag = { continued: 1, first: 2, last: 4 } as const

const pageAt = (bytes: Buffer, at: number): Page | undefined => {
  if (at + 27 > bytes.length || bytes.readUInt32BE(at) !== 0x4f676753 || bytes[at + 4] !== 0) {
    return undefined
  }
  const segments = bytes[at + 26] ?? 0
  const dataAt = at + 27 + segments
  const lacing = bytes.subarray(at + 27, dataAt)
  const end = dataAt + lacing.reduce((sum, length) => sum + length, 0)
  return end > bytes.length
    ? undefined
    : { flags: bytes[at + 5] ?? 0, serial: bytes.readUInt32LE(at + 14), dataAt, end, lacing }
}

const codecNames: readonly (readonly [start: string, name: string])[] = [
  ['OpusHead', 'opus'],
  ['\x01vorbis', 'vorbis'],
  ['Speex   ', 'Speex'],
  ['\x7fFLAC', 'FLAC'],
  ['\x80theora', 'video'],
  ['BBCD', 'video'],
  ['\x01video', 'video'],
  ['fishead', 'skeleton'],
]

const codecOf = (bytes: Buffer, { dataAt }: Page): string => {
  const start = bytes.toString('latin1', dataAt, dataAt + 8)
  return codecNames.find(([name]) => start.startsWith(name))?.[1] ?? 'an unknown codec'
}

/** Streams that are looked at; a recording has one. */
const streamsLimit = 16

/** Whether a page has a packet of no bytes: a lacing value of 0 that ends no longer packet. */
const hasEmptyPacket = ({ lacing, flags }: Page): boolean =>
  lacing.some((length, index) => {
    const before = index === 0 ? (flags & flag.continued ? 255 : 0) : lacing[index - 1]
    return length === 0 && before !== 255
  })

/** Walks over all pages, in time linear in the bytes. */
export const readPages = (bytes: Buffer): OggPages => {
  const open = new Set<number>()
  const found: OggPages = { streams: 0, isChained: false, codecs: [], isDamaged: false, bytes }
  let hasData = false
  const kept = Buffer.alloc(bytes.length)
  let length = 0
  for (let at = bytes.indexOf('OggS'); at >= 0; ) {
    const page = pageAt(bytes, at)
    if (!page) {
      at = bytes.indexOf('OggS', at + 1)
      continue
    }
    if (page.flags & flag.first) {
      found.streams += 1
      found.isChained ||= hasData
      if (found.streams <= streamsLimit) {
        found.codecs.push(codecOf(bytes, page))
        open.add(page.serial)
      }
    } else {
      hasData = true
      found.isChained ||= !open.has(page.serial)
    }
    if (page.flags & flag.last) open.delete(page.serial)
    found.isDamaged ||= hasEmptyPacket(page) || !isIntact(bytes, at, page.end)
    // A page without packets, which some writers put last, is one that mediabunny cannot read.
    if (page.lacing.length > 0) length += bytes.copy(kept, length, at, page.end)
    at = bytes.indexOf('OggS', page.end)
  }
  return { ...found, bytes: kept.subarray(0, length) }
}
