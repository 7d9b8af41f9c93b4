/**
 * MPEG audio, frame by frame. mediabunny passes over frames whose rate differs from the first one's,
 * and over tags between frames; a decoder plays them, so they count here.
 */
import {
  type AudioContent,
  afterId3,
  asBuffer,
  asciiAt,
  beforeTrailingTags,
  severalRecordings,
  sound,
  unsupported,
} from './audio-content.ts'

interface Frame {
  bytes: number
  samples: number
  rate: number
  /** Offset of the Xing or Info header in a frame that has one. */
  informationAt: number
}

const layerOneOrTwo = unsupported('audio/mpeg of layer I or II')

const kilobits = {
  mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const
const rates = [44_100, 48_000, 32_000] as const

/** The frame of layer III that begins there. Free bit rates, which no recorder writes, count as none. */
const frameAt = (bytes: Buffer, at: number): Frame | undefined => {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined
  const [second = 0, third = 0, fourth = 0] = bytes.subarray(at + 1, at + 4)
  // Sync, a version that exists, layer III.
  const version = (second >> 3) & 3
  if ((second & 0xe0) !== 0xe0 || version === 1 || (second & 6) !== 2) return undefined
  const isFirst = version === 3
  const rate = rates[(third >> 2) & 3]
  const kilobit = kilobits[isFirst ? 'mpeg1' : 'mpeg2'][third >> 4]
  if (!rate || !kilobit) return undefined
  const divided = rate / (isFirst ? 1 : version === 2 ? 2 : 4)
  const samples = isFirst ? 1152 : 576
  const isMono = fourth >> 6 === 3
  const sideInformation = isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17
  return {
    bytes: Math.floor((samples / 8) * ((kilobit * 1000) / divided)) + ((third >> 1) & 1),
    samples,
    rate: divided,
    informationAt: at + 4 + sideInformation,
  }
}

const isPair = (bytes: Buffer, at: number, frame: Frame): boolean => {
  const next = frameAt(bytes, at + frame.bytes)
  return next !== undefined && next.rate === frame.rate
}

/** Bytes in which the first frame is looked for: some recorders begin with zeros. */
const searched = 65_536

/** Bytes in which it is looked for in a file that was cut: a frame has 1,441 at most. */
const searchedOfCut = 4096

/** The first frame from there on that two others of its rate follow. */
const frameOfCut = (bytes: Buffer, from: number): number | undefined => {
  const end = from + searchedOfCut
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < end; at = bytes.indexOf(0xff, at + 1)) {
    const frame = frameAt(bytes, at)
    const next = frame && isPair(bytes, at, frame) ? frameAt(bytes, at + frame.bytes) : undefined
    if (frame && next && isPair(bytes, at + frame.bytes, next)) return at
  }
  return undefined
}

const firstFrame = (bytes: Buffer): number | undefined => {
  const start = afterId3(bytes)
  const isZero = (at: number) => (bytes[at] ?? 1) === 0
  let at = start
  while (at < start + searched && isZero(at)) at += 1
  const frame = frameAt(bytes, at)
  const isFirst = frame && (isPair(bytes, at, frame) || at + frame.bytes >= bytes.length - 128)
  return isFirst ? at : frameOfCut(bytes, at)
}

const isLayerOneOrTwo = (bytes: Buffer): boolean => {
  const at = afterId3(bytes)
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
  const layer = (second >> 1) & 3
  // A version and a rate that exist, and none of AAC's frames, whose layer is 0.
  const isHeader = first === 0xff && (second & 0xf0) === 0xf0 && (third & 12) !== 12
  return isHeader && layer > 1 && third >> 4 !== 15
}

/** MPEG audio by its frames: two in a row, one that fills the file, or three behind the rest of one that was cut. */
export const isMp3 = (bytes: Buffer): boolean =>
  firstFrame(bytes) !== undefined || isLayerOneOrTwo(bytes)

const isInformation = (bytes: Buffer, { informationAt }: Frame): boolean =>
  /^(Xing|Info)$/.test(asciiAt(bytes, informationAt, 4))

/** Samples that the encoder added, as LAME and ffmpeg write them: 12 bits each, before and behind. */
const paddingOf = (bytes: Buffer, { informationAt }: Frame): number => {
  const flags = bytes.readUInt32BE(informationAt + 4)
  // Frames, bytes, table and quality are there when their flags are; the encoder's name follows.
  const encoder =
    informationAt + 8 + (flags & 1 && 4) + (flags & 2 && 4) + (flags & 4 && 100) + (flags & 8 && 4)
  if (!/^(LAME|Lav[fc])/.test(asciiAt(bytes, encoder, 4)) || encoder + 24 > bytes.length) return 0
  const value = bytes.readUIntBE(encoder + 21, 3)
  return (value >> 12) + (value & 0xfff)
}

/** Seconds of padding that are believed; a header cannot hide more of the sound. */
const paddingLimit = 0.3

interface Count {
  seconds: number
  padding: number
  isSecond: boolean
}

const countFrame = (bytes: Buffer, frame: Frame, isFirst: boolean, count: Count): void => {
  const hasInformation = frame.informationAt + 12 <= bytes.length && isInformation(bytes, frame)
  if (!hasInformation) count.seconds += frame.samples / frame.rate
  else if (isFirst) count.padding = paddingOf(bytes, frame) / frame.rate
  else count.isSecond = true
}

/** Where the next frame begins behind bytes that are none: one that another follows, or that ends it all. */
const resume = (bytes: Buffer, from: number, end: number): number => {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < end; at = bytes.indexOf(0xff, at + 1)) {
    const frame = frameAt(bytes, at)
    if (frame && isPair(bytes, at, frame)) return at
  }
  return end
}

/** Counts the frames of an MP3 file. */
export const readMp3 = (recording: Uint8Array): AudioContent => {
  const bytes = asBuffer(recording)
  const first = firstFrame(bytes)
  if (first === undefined) return layerOneOrTwo
  const end = beforeTrailingTags(bytes)
  const count: Count = { seconds: 0, padding: 0, isSecond: false }
  for (let at = first; at < end && !count.isSecond; ) {
    const frame = frameAt(bytes, at)
    if (frame) {
      // A frame that is cut off is no sound.
      if (at + frame.bytes <= end) countFrame(bytes, frame, at === first, count)
      at += frame.bytes
    } else if (asciiAt(bytes, at, 3) === 'ID3' && resume(bytes, afterId3(bytes, at), end) < end) {
      count.isSecond = true
    } else at = resume(bytes, at + 1, end)
  }
  if (count.isSecond) return severalRecordings
  return sound(count.seconds - Math.min(count.padding, paddingLimit, count.seconds / 2))
}

/** The frames of an MP3 file, without tags and whatever lies between them. */
export const bareMp3 = (bytes: Buffer): Buffer => {
  const end = beforeTrailingTags(bytes)
  const frames: Buffer[] = []
  for (let at = firstFrame(bytes) ?? end; at < end; ) {
    const frame = frameAt(bytes, at)
    if (frame && at + frame.bytes <= end) frames.push(bytes.subarray(at, at + frame.bytes))
    at = frame ? at + frame.bytes : resume(bytes, at + 1, end)
  }
  return Buffer.concat(frames)
}
