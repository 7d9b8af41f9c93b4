/**
 * FLAC by its frames, https://www.rfc-editor.org/rfc/rfc9639. A streamed file knows neither its length nor
 * the size of its frames, and a header may claim any; mediabunny looks for a frame's end only as far as
 * the header's largest frame.
 */
import {
  type AudioContent,
  afterId3,
  asBuffer,
  beforeTrailingTags,
  severalRecordings,
  sound,
  unreadable,
  withoutTrack,
} from './audio-content.ts'

interface StreamInformation {
  rate: number
  channels: number
  bits: number
  /** Where the frames begin. */
  end: number
  /** Where the stream's own block begins. */
  at: number
}

interface Frame {
  /** Its number, or that of its first sample where blocks differ in size. */
  number: number
  isVariable: boolean
  samples: number
  /** Samples per second; undefined where the file's header says it. */
  rate: number | undefined
  headerBytes: number
}

const rates = [
  88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000,
] as const

const readInformation = (bytes: Buffer): StreamInformation | undefined => {
  let found: Omit<StreamInformation, 'end'> | undefined
  for (let at = afterId3(bytes) + 4; at + 4 <= bytes.length; ) {
    const kind = bytes[at] ?? 0
    const length = bytes.readUIntBE(at + 1, 3)
    if ((kind & 0x7f) === 0 && length >= 34 && at + 38 <= bytes.length) {
      const packed = bytes.readUInt32BE(at + 14)
      const channels = ((packed >> 9) & 7) + 1
      const bits = (((packed & 0x1f0) >> 4) | 0) + 1
      found = { rate: packed >>> 12, channels, bits, at }
    }
    at += 4 + length
    if (kind & 0x80) return found && at <= bytes.length ? { ...found, end: at } : undefined
  }
  return undefined
}

/** CRC-8 with the polynomial x^8 + x^2 + x + 1. */
const crc8 = (bytes: Buffer, from: number, to: number): number => {
  let crc = 0
  for (let at = from; at < to; at += 1) {
    crc ^= bytes[at] ?? 0
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 7) & 0xff : crc << 1
  }
  return crc
}

/** A number in as many bytes as the leading ones of its first: UTF-8's scheme, up to 36 bits. */
const codedNumber = (bytes: Buffer, at: number): { value: number; end: number } | undefined => {
  const first = bytes[at] ?? 0
  const ones = Math.clz32(~(first << 24))
  if (ones === 1 || ones > 7) return undefined
  const length = Math.max(1, ones)
  let value = ones === 0 ? first : first & (0x7f >> ones)
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0
    if ((byte & 0xc0) !== 0x80) return undefined
    value = value * 64 + (byte & 0x3f)
  }
  return { value, end: at + length }
}

const blockSizeOf = (code: number, bytes: Buffer, at: number): [samples: number, extra: number] => {
  if (code === 1) return [192, 0]
  if (code < 6) return [576 << (code - 2), 0]
  if (code === 6) return [(bytes[at] ?? 0) + 1, 1]
  if (code === 7) return [(bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) + 1, 2]
  return [256 << (code - 8), 0]
}

const rateOf = (code: number, bytes: Buffer, at: number): number | undefined => {
  if (code < 12) return rates[code - 1]
  const [high = 0, low = 0] = bytes.subarray(at, at + 2)
  if (code === 12) return high * 1000
  return (high * 256 + low) * (code === 14 ? 10 : 1)
}

/** The header of a frame; its checksum makes one out of other bytes a rarity. */
const frameAt = (bytes: Buffer, at: number): Frame | undefined => {
  if (at + 6 > bytes.length || bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xfe) !== 0xf8) {
    return undefined
  }
  const [sizes = 0, layout = 0] = bytes.subarray(at + 2, at + 4)
  const sizeCode = sizes >> 4
  const rateCode = sizes & 15
  if (sizeCode === 0 || rateCode === 15 || layout >> 4 > 10 || layout & 1) return undefined
  const number = codedNumber(bytes, at + 4)
  if (!number) return undefined
  const [samples, extra] = blockSizeOf(sizeCode, bytes, number.end)
  const end = number.end + extra + (rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0)
  if (end >= bytes.length || crc8(bytes, at, end) !== bytes[end]) return undefined
  const isVariable = ((bytes[at + 1] ?? 0) & 1) === 1
  const rate = rateOf(rateCode, bytes, number.end + extra)
  return { number: number.value, isVariable, samples, rate, headerBytes: end + 1 - at }
}

const follows = (next: Frame, frame: Frame): boolean =>
  next.isVariable === frame.isVariable &&
  next.number === frame.number + (frame.isVariable ? frame.samples : 1)

/** Looks for the frame that follows; also notes frames that stand alone, which damage leaves behind. */
const nextFrame = (bytes: Buffer, frame: Frame, from: number, end: number) => {
  let stray: Frame | undefined
  let isDamaged = false
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < end; at = bytes.indexOf(0xff, at + 1)) {
    const next = frameAt(bytes, at)
    if (!next) continue
    if (follows(next, frame)) return { at, next, isDamaged: false }
    isDamaged ||= stray !== undefined && follows(next, stray)
    stray = next
  }
  return { at: end, next: undefined, isDamaged }
}

/** Bytes of a last frame and of what may follow it. */
const lastFrameLimit = 1024 * 1024

/** Where the last frame ends, by the checksum (CRC-16) at its end; zeros may follow it. Undefined for one that is cut off. */
const endOfLast = (bytes: Buffer, from: number, to: number): number | undefined => {
  if (to - from > lastFrameLimit) return undefined
  let end = to
  while (end > from && bytes[end - 1] === 0) end -= 1
  let crc = 0
  for (let at = from; at < to; at += 1) {
    crc ^= (bytes[at] ?? 0) << 8
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x8005) & 0xffff : crc << 1
    }
    if (crc === 0 && at + 1 >= end) return at + 1
  }
  return undefined
}

/** Bytes of a frame in which every channel has one value only: what silence becomes. */
const constantBytes = ({ headerBytes }: Frame, { channels, bits }: StreamInformation): number =>
  headerBytes + Math.ceil((channels * (8 + bits + 1)) / 8) + 2

/** Counts the frames of a FLAC file. */
export const readFlac = (recording: Uint8Array): AudioContent => {
  const bytes = asBuffer(recording)
  const information = readInformation(bytes)
  if (!information || information.rate === 0) return withoutTrack
  // The frame behind a second header is numbered anew.
  for (
    let at = bytes.indexOf('fLaC', information.end);
    at >= 0;
    at = bytes.indexOf('fLaC', at + 1)
  ) {
    const isStreamInformation =
      at + 8 <= bytes.length && (bytes.readUInt32BE(at + 4) & 0x7f_ff_ff_ff) === 34
    if (isStreamInformation) return severalRecordings
  }
  const end = beforeTrailingTags(bytes)
  let seconds = 0
  let isSilent = true
  let at = information.end
  let frame = frameAt(bytes, at)
  while (frame) {
    const found = nextFrame(bytes, frame, at + frame.headerBytes, end)
    if (found.isDamaged) return unreadable('flac')
    // A frame that is cut off is no sound.
    if (found.next || endOfLast(bytes, at, end) !== undefined) {
      seconds += frame.samples / (frame.rate || information.rate)
    }
    isSilent &&= found.at - at <= constantBytes(frame, information)
    at = found.at
    frame = found.next
  }
  return sound(seconds, isSilent)
}

/** Bytes of the block that describes the stream. */
const informationBytes = 34

/** The frames of a FLAC file behind the one block that describes them. */
export const bareFlac = (bytes: Buffer): Buffer => {
  const information = readInformation(bytes)
  if (!information) return bytes
  const end = beforeTrailingTags(bytes)
  let at = information.end
  let last = at
  for (let frame = frameAt(bytes, at); frame; ) {
    const found = nextFrame(bytes, frame, at + frame.headerBytes, end)
    last = found.next ? found.at : (endOfLast(bytes, at, end) ?? at)
    at = found.at
    frame = found.next
  }
  const head = Buffer.from('fLaC\x80\0\0\0', 'latin1')
  head[7] = informationBytes
  const block = bytes.subarray(information.at + 4, information.at + 4 + informationBytes)
  return Buffer.concat([head, block, bytes.subarray(information.end, last)])
}
