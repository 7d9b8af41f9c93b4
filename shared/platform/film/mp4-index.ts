import { type FileHandle, open } from 'node:fs/promises'
import { xmpIn } from '../xmp/film-xmp.ts'

/** A reader of MP4 files that shares nothing with what writes ours: finished films are judged by it. */

export interface Mp4Sample {
  offset: number
  size: number
  /** Seconds, in the order of decoding. */
  time: number
  duration: number
  key: boolean
}

export interface Mp4Track {
  /** `vide`, `soun` or `text`. */
  handler: string
  /** The sample entry: `avc1`, `mp4a`, `wvtt` … */
  format: string
  /** Pixels, 0 of a track without pictures. */
  width: number
  height: number
  /** Seconds. */
  duration: number
  /** Bytes before each NAL unit of an H.264 track that state its length; 0 of other tracks. */
  nalLengthBytes: number
  samples: Mp4Sample[]
}

export interface Mp4Index {
  bytes: number
  /** Whether the index lies before the samples, so that players start at once. */
  fastStart: boolean
  tracks: Mp4Track[]
  xmp: string | undefined
}

/** Why a file is no whole MP4. */
export class Mp4Broken extends Error {}

/** A box: its name, and its content. */
interface Box {
  name: string
  content: Buffer
}

/** An index of an hour of film has some 8 MB. */
const maxIndexBytes = 64 * 1024 * 1024

const boxesIn = (bytes: Buffer): Box[] => {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const stated = bytes.readUInt32BE(at)
    const head = stated === 1 ? 16 : 8
    if (at + head > bytes.length) throw new Mp4Broken('A box ends within its head.')
    const size = stated === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : stated
    const end = stated === 0 ? bytes.length : at + size
    if (end > bytes.length || end < at + head) throw new Mp4Broken('A box is longer than its room.')
    boxes.push({
      name: bytes.toString('latin1', at + 4, at + 8),
      content: bytes.subarray(at + head, end),
    })
    at = end
  }
  return boxes
}

/** The box at this path from here, one name after the other. */
const find = (bytes: Buffer, ...path: string[]): Buffer | undefined => {
  let content: Buffer | undefined = bytes
  for (const name of path) {
    content = content && boxesIn(content).find((box) => box.name === name)?.content
  }
  return content
}

const needed = (bytes: Buffer, ...path: string[]): Buffer => {
  const content = find(bytes, ...path)
  if (content === undefined) throw new Mp4Broken(`The index has no ${path.at(-1)}.`)
  return content
}

/** Entries of a table behind version, flags and their number. */
const entries = (table: Buffer, size: number, head = 8): Buffer[] => {
  const count = table.readUInt32BE(head - 4)
  if (head + count * size > table.length) throw new Mp4Broken('A table of the index is cut off.')
  return Array.from({ length: count }, (_, entry) =>
    table.subarray(head + entry * size, head + (entry + 1) * size),
  )
}

const sizesOf = (stbl: Buffer): number[] => {
  const table = needed(stbl, 'stsz')
  const same = table.readUInt32BE(4)
  const count = table.readUInt32BE(8)
  return same > 0
    ? Array.from({ length: count }, () => same)
    : entries(table, 4, 12).map((entry) => entry.readUInt32BE(0))
}

/** Where each sample begins: chunks lie anywhere, the samples of one behind each other. */
const offsetsOf = (stbl: Buffer, sizes: readonly number[]): number[] => {
  const short = find(stbl, 'stco')
  const chunks = short
    ? entries(short, 4).map((entry) => entry.readUInt32BE(0))
    : entries(needed(stbl, 'co64'), 8).map((entry) => Number(entry.readBigUInt64BE(0)))
  const runs = entries(needed(stbl, 'stsc'), 12).map((entry) => ({
    first: entry.readUInt32BE(0),
    samples: entry.readUInt32BE(4),
  }))
  const offsets: number[] = []
  for (const [index, start] of chunks.entries()) {
    const run = runs.findLast(({ first }) => first <= index + 1)
    let at = start
    for (let left = run?.samples ?? 0; left > 0 && offsets.length < sizes.length; left -= 1) {
      const size = sizes[offsets.length] ?? 0
      offsets.push(at)
      at += size
    }
  }
  return offsets
}

const samplesOf = (stbl: Buffer, timescale: number): Mp4Sample[] => {
  const sizes = sizesOf(stbl)
  const offsets = offsetsOf(stbl, sizes)
  const durations = entries(needed(stbl, 'stts'), 8).flatMap((entry) =>
    Array.from({ length: entry.readUInt32BE(0) }, () => entry.readUInt32BE(4)),
  )
  if (offsets.length !== sizes.length || durations.length !== sizes.length) {
    throw new Mp4Broken('The tables of the index do not agree.')
  }
  const sync = find(stbl, 'stss')
  const keys = sync && new Set(entries(sync, 4).map((entry) => entry.readUInt32BE(0)))
  let time = 0
  return sizes.map((size, index) => {
    const duration = (durations[index] ?? 0) / timescale
    const sample = {
      offset: offsets[index] ?? 0,
      size,
      time,
      duration,
      key: keys?.has(index + 1) ?? true,
    }
    time += duration
    return sample
  })
}

/** What the sample entry of pictures has before its boxes. */
const visualEntryBytes = 78

const trackOf = (trak: Buffer): Mp4Track => {
  const mdhd = needed(trak, 'mdia', 'mdhd')
  const timescale = mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12)
  const stbl = needed(trak, 'mdia', 'minf', 'stbl')
  const entry = boxesIn(needed(stbl, 'stsd').subarray(8))[0]
  if (entry === undefined || timescale === 0) throw new Mp4Broken('A track says nothing of itself.')
  const isPicture =
    entry.content.length >= visualEntryBytes && /^(avc|hvc|hev|av01)/.test(entry.name)
  const avcc = isPicture ? find(entry.content.subarray(visualEntryBytes), 'avcC') : undefined
  const samples = samplesOf(stbl, timescale)
  const last = samples.at(-1)
  return {
    handler: needed(trak, 'mdia', 'hdlr').toString('latin1', 8, 12),
    format: entry.name,
    width: isPicture ? entry.content.readUInt16BE(24) : 0,
    height: isPicture ? entry.content.readUInt16BE(26) : 0,
    duration: last ? last.time + last.duration : 0,
    nalLengthBytes: avcc ? ((avcc[4] ?? 0) & 3) + 1 : 0,
    samples,
  }
}

/** Reads as many bytes as there are: fewer at the end of the file. */
export const readAt = async (file: FileHandle, offset: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, offset)
  return buffer.subarray(0, bytesRead)
}

/** The boxes of the file itself: names, and where their content lies. */
const outline = async (file: FileHandle, bytes: number) => {
  const boxes: { name: string; from: number; to: number }[] = []
  for (let at = 0; at < bytes; ) {
    const head = await readAt(file, at, 16)
    if (head.length < 8) throw new Mp4Broken('The file ends within the head of a box.')
    const stated = head.readUInt32BE(0)
    if (stated === 1 && head.length < 16)
      throw new Mp4Broken('The file ends within the head of a box.')
    const size = stated === 1 ? Number(head.readBigUInt64BE(8)) : stated === 0 ? bytes - at : stated
    if (size < 8 || at + size > bytes) throw new Mp4Broken('The file ends within a box.')
    boxes.push({
      name: head.toString('latin1', 4, 8),
      from: at + (stated === 1 ? 16 : 8),
      to: at + size,
    })
    at += size
  }
  return boxes
}

/**
 * The index of an MP4 file. Everything but the samples is read.
 * @throws Mp4Broken for a file that is cut off, or whose index does not fit it
 */
export const readMp4 = async (path: string): Promise<Mp4Index> => {
  const file = await open(path, 'r')
  try {
    const { size: bytes } = await file.stat()
    const boxes = await outline(file, bytes)
    const read = async ({ from, to }: { from: number; to: number }) => {
      if (to - from > maxIndexBytes) throw new Mp4Broken('A box of the index is too large.')
      return readAt(file, from, to - from)
    }
    const moov = boxes.find(({ name }) => name === 'moov')
    const media = boxes.find(({ name }) => name === 'mdat')
    if (!moov || !media) throw new Mp4Broken('The file has no index, or no samples.')
    const tracks = boxesIn(await read(moov))
      .filter(({ name }) => name === 'trak')
      .map(({ content }) => trackOf(content))
    for (const { samples } of tracks) {
      if (samples.some(({ offset, size }) => offset + size > bytes)) {
        throw new Mp4Broken('The index names samples beyond the end of the file.')
      }
    }
    let xmp: string | undefined
    for (const box of boxes.filter(({ name }) => name === 'uuid')) xmp ??= xmpIn(await read(box))
    return { bytes, fastStart: moov.from < media.from, tracks, xmp }
  } catch (error) {
    if (error instanceof RangeError) throw new Mp4Broken('The index is cut off.', { cause: error })
    throw error
  } finally {
    await file.close()
  }
}
