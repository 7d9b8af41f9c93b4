/**
 * MP4 files as recorders write them, box by box, around the packets of real recordings.
 *
 *   const track = await aacTrack()
 *   const samsung = mp4File(track, { brand: '3gp4' })
 *   const streamed = fragmentedMp4(track, { durationIn: 'trex' })
 */
import { speech } from './recordings.ts'

export interface Mp4Track {
  /** The sample entry: which codec, and how it is set up. */
  entry: Buffer
  /** Ticks of a second. */
  timescale: number
  /** Ticks of a packet. */
  duration: number
  packets: readonly Buffer[]
}

export const secondsOf = ({ packets, duration, timescale }: Mp4Track): number =>
  (packets.length * duration) / timescale

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

export const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * index)
  return bytes
}

export const box = (name: string, ...content: Buffer[]): Buffer => {
  const bytes = Buffer.concat(content)
  return Buffer.concat([u32(bytes.length + 8), Buffer.from(name, 'latin1'), bytes])
}

/** A box with version 0 and these flags. */
const fullBox = (name: string, flags: number, ...content: Buffer[]): Buffer =>
  box(name, u32(flags), ...content)

const descriptor = (tag: number, ...content: Buffer[]): Buffer => {
  const bytes = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag, bytes.length]), bytes])
}

/** The sample entry of a codec at this rate, with the codec's own boxes. */
export const sampleEntry = (name: string, rate: number, ...own: Buffer[]): Buffer =>
  box(
    name,
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(8),
    u16(1),
    u16(16),
    Buffer.alloc(4),
    u32(rate * 65_536),
    ...own,
  )

/** The sample entry of AAC with the decoder's configuration, ISO 14496-3. */
export const aacEntry = (rate: number, configuration: readonly number[]): Buffer => {
  const decoder = descriptor(
    4,
    Buffer.from([0x40, 0x15, 0, 0, 0]),
    u32(24_000, 24_000),
    descriptor(5, Buffer.from(configuration)),
  )
  const elements = descriptor(3, Buffer.from([0, 1, 0]), decoder, descriptor(6, Buffer.from([2])))
  return sampleEntry('mp4a', rate, fullBox('esds', 0, elements))
}

const opusEntry = sampleEntry(
  'Opus',
  48_000,
  box('dOps', Buffer.from([0, 1, 1, 56]), u32(16_000), Buffer.from([0, 0, 0])),
)

/** Packets of a real recording as ffmpeg writes MP4: one track, its packets one behind the other. */
const packetsOf = (file: Buffer): Buffer[] => {
  const sizes = file.indexOf('stsz') + 4
  let at = file.indexOf('mdat') + 4
  return Array.from({ length: file.readUInt32BE(sizes + 8) }, (_, index) => {
    const size = file.readUInt32BE(sizes + 12 + 4 * index)
    at += size
    return file.subarray(at - size, at)
  })
}

const times = <T>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, index) => items[index % items.length] as T)

/** AAC-LC at 16 kHz: packets of 64 ms. */
export const aacTrack = async (packets = 50): Promise<Mp4Track> => ({
  entry: aacEntry(16_000, [0x14, 0x08]),
  timescale: 16_000,
  duration: 1024,
  packets: times(packetsOf(await speech('안녕하세요. 동백 핸드크림을 팔아요.', 'm4a')), packets),
})

/** HE-AAC, whose output has twice the rate of its core: packets of 64 ms. */
export const heAacTrack = async (packets = 50): Promise<Mp4Track> => ({
  ...(await aacTrack(packets)),
  entry: aacEntry(32_000, [0x2c, 0x0a, 0x88, 0x00]),
  timescale: 32_000,
  duration: 2048,
})

/** Opus in packets of 20 ms; their first byte says so. */
export const opusTrack = (packets = 150): Mp4Track => ({
  entry: opusEntry,
  timescale: 48_000,
  duration: 960,
  packets: times([Buffer.from('08ffee112233445566', 'hex')], packets),
})

/** AMR, narrow band, as older phones record 3GP: packets of 20 ms. */
export const amrTrack = (packets = 150): Mp4Track => ({
  entry: sampleEntry('samr', 8000, box('damr', Buffer.from('00000000000001', 'hex'))),
  timescale: 8000,
  duration: 160,
  packets: times([Buffer.alloc(13, 0x04)], packets),
})

export interface Mp4Options {
  brand?: string
  /** What `mdhd` claims the duration to be, in its ticks; the truth when not given. */
  claimed?: number
}

const fileType = (brand: string): Buffer =>
  box('ftyp', Buffer.from(brand, 'latin1'), u32(512), Buffer.from('isommp42', 'latin1'))

const identity = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

const movie = (
  { entry, timescale }: Mp4Track,
  ticks: number,
  tables: readonly Buffer[],
  extension: readonly Buffer[] = [],
): Buffer => {
  const sampleTable = box('stbl', fullBox('stsd', 0, u32(1), entry), ...tables)
  const reference = box('dinf', fullBox('dref', 0, u32(1), fullBox('url ', 1)))
  const media = box(
    'mdia',
    fullBox('mdhd', 0, u32(0, 0, timescale, ticks), u16(0x55c4), u16(0)),
    fullBox('hdlr', 0, u32(0), Buffer.from('soun'), Buffer.alloc(13)),
    box('minf', fullBox('smhd', 0, Buffer.alloc(4)), reference, sampleTable),
  )
  const header = fullBox('tkhd', 7, u32(0, 0, 1, 0, ticks, 0, 0, 0, 0), identity, u32(0, 0))
  const movieHeader = fullBox(
    'mvhd',
    0,
    u32(0, 0, timescale, ticks, 0x10000, 0x01000000, 0, 0),
    identity,
    Buffer.alloc(24),
    u32(2),
  )
  return box('moov', movieHeader, box('trak', header, media), ...extension)
}

/** A file with its index behind its packets, as most recorders write it. */
export const mp4File = (track: Mp4Track, { brand = 'isom', claimed }: Mp4Options = {}): Buffer => {
  const { packets, duration } = track
  const start = fileType(brand)
  const tables = [
    fullBox('stts', 0, u32(1, packets.length, duration)),
    fullBox('stsc', 0, u32(1, 1, packets.length, 1)),
    fullBox('stsz', 0, u32(0, packets.length, ...packets.map(({ length }) => length))),
    fullBox('stco', 0, u32(1, start.length + 8)),
  ]
  const index = movie(track, claimed ?? packets.length * duration, tables)
  return Buffer.concat([start, box('mdat', ...packets), index])
}

export interface FragmentOptions extends Mp4Options {
  /** Where the duration of a packet stands. */
  durationIn?: 'trun' | 'tfhd' | 'trex'
  packetsPerFragment?: number
}

/** A file in fragments, as browsers and streaming recorders write it: its header knows no length. */
export const fragmentedMp4 = (
  track: Mp4Track,
  {
    brand = 'iso5',
    claimed = 0,
    durationIn = 'trun',
    packetsPerFragment = 20,
  }: FragmentOptions = {},
): Buffer => {
  const { packets, duration } = track
  const empty = ['stts', 'stsc', 'stco'].map((name) => fullBox(name, 0, u32(0)))
  const defaults = u32(1, 1, durationIn === 'trex' ? duration : 0, 0, 0)
  const extension = box('mvex', fullBox('trex', 0, defaults))
  const tables = [...empty, fullBox('stsz', 0, u32(0, 0))]
  const parts = [fileType(brand), movie(track, claimed, tables, [extension])]
  for (let first = 0; first < packets.length; first += packetsPerFragment) {
    const run = packets.slice(first, first + packetsPerFragment)
    parts.push(fragment(run, { first, duration, durationIn }), box('mdat', ...run))
  }
  return Buffer.concat(parts)
}

const fragment = (
  run: readonly Buffer[],
  { first, duration, durationIn }: { first: number; duration: number; durationIn: string },
): Buffer => {
  const isInHeader = durationIn === 'tfhd'
  const isInRun = durationIn === 'trun'
  const header = fullBox(
    'tfhd',
    0x020000 | (isInHeader ? 8 : 0),
    u32(1, ...(isInHeader ? [duration] : [])),
  )
  const time = fullBox('tfdt', 0, u32(first * duration))
  const samples = run.flatMap(({ length }) => (isInRun ? [duration, length] : [length]))
  const runBox = (offset: number): Buffer =>
    fullBox('trun', isInRun ? 0x301 : 0x201, u32(run.length, offset, ...samples))
  const moof = (offset: number): Buffer =>
    box('moof', fullBox('mfhd', 0, u32(1)), box('traf', header, time, runBox(offset)))
  return moof(moof(0).length + 8)
}
