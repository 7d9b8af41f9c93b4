/** WAV by its chunks: https://www.rfc-editor.org/rfc/rfc2361 for the codecs, EBU 3306 for RF64. */
import {
  type AudioContent,
  asBuffer,
  asciiAt,
  severalRecordings,
  sound,
  unreadable,
  unsupported,
  withoutTrack,
} from './audio-content.ts'
import { readMp3 } from './mp3.ts'
import { isSilent, type Samples } from './sound-level.ts'
import { samplesEnd } from './wav.ts'

interface Format {
  codec: number
  channels: number
  rate: number
  /** Bytes of a block of a compressed codec. */
  block: number
  bits: number
}

interface Chunks {
  format: Format | undefined
  /** The chunk that says so. */
  formatBytes: Buffer
  data: Buffer[]
}

const codecs = {
  pcm: 1,
  msAdpcm: 2,
  float: 3,
  aLaw: 6,
  muLaw: 7,
  imaAdpcm: 0x11,
  gsm: 0x31,
} as const
const mp3InWav = 0x55
const extensible = 0xfffe

/** Names of codecs that old recorders write and that are not taken. */
const codecNames: Readonly<Record<number, string>> = {
  34: 'TrueSpeech',
  64: 'G.721 ADPCM',
  66: 'G.723.1',
  80: 'MPEG layer I or II',
  87: 'AMR',
  88: 'AMR-WB',
  255: 'AAC',
  352: 'Windows Media',
  353: 'Windows Media',
  354: 'Windows Media',
  5632: 'AAC',
  26447: 'Vorbis',
}

/** Numbers of a file in its own byte order: RIFX is RIFF with the larger byte first. */
const numbersOf = (bytes: Buffer) => {
  const isBig = asciiAt(bytes, 0, 4) === 'RIFX'
  return {
    isBig,
    u16: (at: number) => (isBig ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at)),
    u32: (at: number) => (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)),
  }
}

const formatAt = (bytes: Buffer, at: number, length: number): Format | undefined => {
  if (length < 14 || at + length > bytes.length) return undefined
  const { u16, u32 } = numbersOf(bytes)
  const tag = u16(at)
  // The extensible form names the codec in the first bytes of a GUID.
  const codec = tag === extensible && length >= 26 ? u16(at + 24) : tag
  const bits = length >= 16 ? u16(at + 14) : 8
  return { codec, channels: u16(at + 2), rate: u32(at + 4), block: u16(at + 12), bits }
}

/** The true length of an RF64 file's samples stands in a chunk of its own. */
const longData = (bytes: Buffer): number =>
  asciiAt(bytes, 12, 4) === 'ds64' && bytes.length >= 36 ? Number(bytes.readBigUInt64LE(28)) : 0

/** Bytes of the longest format: that of Microsoft's ADPCM, with its coefficients. */
const formatLimit = 64

/** Chunks of samples; a recording has one. */
const dataChunksLimit = 100

const chunksOf = (bytes: Buffer): Chunks => {
  const { u32 } = numbersOf(bytes)
  const chunks: Chunks = { format: undefined, formatBytes: Buffer.alloc(0), data: [] }
  for (let at = 12; at + 8 <= bytes.length && chunks.data.length < dataChunksLimit; ) {
    const tag = asciiAt(bytes, at, 4)
    const length = u32(at + 4)
    let end = at + 8 + length
    if (tag === 'fmt ' && !chunks.format) {
      chunks.format = formatAt(bytes, at + 8, length)
      chunks.formatBytes = bytes.subarray(at + 8, at + 8 + Math.min(length, formatLimit))
    }
    if (tag === 'data') {
      const known = length === 0xff_ff_ff_ff && longData(bytes) > 0 ? longData(bytes) : length
      end = samplesEnd(bytes, at + 8, known)
      chunks.data.push(bytes.subarray(at + 8, end))
    }
    // Chunks are aligned to even offsets.
    at = end + (end % 2)
  }
  return chunks
}

const muLaw = (byte: number): number => {
  const inverted = ~byte
  const value = ((((inverted & 15) << 3) + 132) << ((inverted >> 4) & 7)) - 132
  return (inverted & 128 ? -value : value) / 32_768
}

const aLaw = (byte: number): number => {
  const inverted = byte ^ 0x55
  const exponent = (inverted >> 4) & 7
  const mantissa = ((inverted & 15) << 4) + 8
  const value = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1)
  return (inverted & 128 ? value : -value) / 32_768
}

/** How a sample of this codec is read; undefined where samples are not at hand. */
const sampleReader = (data: Buffer, { codec, bits }: Format, isBig: boolean) => {
  if (codec === codecs.muLaw) return (index: number) => muLaw(data[index] ?? 255)
  if (codec === codecs.aLaw) return (index: number) => aLaw(data[index] ?? 0xd5)
  const size = Math.ceil(bits / 8)
  if (codec === codecs.float) {
    if (size === 4)
      return (i: number) => (isBig ? data.readFloatBE(i * 4) : data.readFloatLE(i * 4))
    if (size === 8)
      return (i: number) => (isBig ? data.readDoubleBE(i * 8) : data.readDoubleLE(i * 8))
    return undefined
  }
  if (codec !== codecs.pcm) return undefined
  if (size === 1) return (index: number) => ((data[index] ?? 128) - 128) / 128
  if (size > 4) return undefined
  const full = 2 ** (size * 8 - 1)
  return (index: number) =>
    (isBig ? data.readIntBE(index * size, size) : data.readIntLE(index * size, size)) / full
}

/** Bytes of a block of GSM, of two frames; no reader takes another size. */
const gsmBlock = 65

/**
 * Samples of a block of ADPCM or GSM; computed, because the header may claim another number. 0 for a block that
 * the codec does not have.
 */
const blockSamples = ({ codec, channels, block }: Format): number | undefined => {
  if (codec === codecs.gsm) return block === gsmBlock ? 320 : 0
  if (codec === codecs.imaAdpcm) return ((block - 4 * channels) * 2) / channels + 1
  if (codec === codecs.msAdpcm) return ((block - 7 * channels) * 2) / channels + 2
  return undefined
}

/** By the samples' own size: the size of a frame is stated once more, and may contradict it. */
const frameBytesOf = ({ channels, codec, bits }: Format): number => {
  const isLaw = codec === codecs.aLaw || codec === codecs.muLaw
  return channels * (isLaw ? 1 : Math.ceil(bits / 8))
}

const uncompressed = (data: Buffer, format: Format, isBig: boolean): AudioContent => {
  const { channels, rate } = format
  const frameBytes = frameBytesOf(format)
  if (frameBytes === 0) return unreadable('wav')
  const frames = Math.floor(data.length / frameBytes)
  const read = sampleReader(data, format, isBig)
  const samples: Samples | undefined = read && { frames, channels, rate, at: read }
  return sound(frames / rate, frames > 0 && samples !== undefined && isSilent(samples))
}

/** The samples of a WAV file whose codec has them at hand; undefined of others, and of broken ones. */
export const wavSamples = (recording: Uint8Array): Samples | undefined => {
  const bytes = asBuffer(recording)
  const { format, data: parts } = chunksOf(bytes)
  if (!format || format.channels === 0 || format.rate === 0) return undefined
  const data = Buffer.concat(parts)
  const read = sampleReader(data, format, numbersOf(bytes).isBig)
  const frames = Math.floor(data.length / frameBytesOf(format))
  return read && Number.isFinite(frames)
    ? { frames, channels: format.channels, rate: format.rate, at: read }
    : undefined
}

/** Reads a WAV file, whatever lengths its header claims. */
export const readWav = (recording: Uint8Array): AudioContent => {
  const bytes = asBuffer(recording)
  for (let at = bytes.indexOf('RIFF', 12); at >= 0; at = bytes.indexOf('RIFF', at + 1)) {
    if (asciiAt(bytes, at + 8, 4) === 'WAVE') return severalRecordings
  }
  const { format, data: parts } = chunksOf(bytes)
  if (!format || format.channels === 0 || format.rate === 0) return withoutTrack
  if (parts.length === dataChunksLimit) return unreadable('wav')
  const data = parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts)
  if (format.codec === mp3InWav) return readMp3(data)
  const perBlock = blockSamples(format)
  if (perBlock !== undefined) {
    if (!(format.block > 0 && perBlock > 0)) return unreadable('wav')
    return sound((Math.floor(data.length / format.block) * perBlock) / format.rate)
  }
  const isKnown = Object.values(codecs).some((codec) => codec === format.codec)
  if (isKnown) return uncompressed(data, format, numbersOf(bytes).isBig)
  const name = codecNames[format.codec] ?? `codec 0x${format.codec.toString(16)}`
  return unsupported(`${name} in WAV`)
}

/** A chunk with its true length, aligned to an even offset. */
const chunk = (name: string, content: Buffer, isBig: boolean): Buffer => {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  if (isBig) head.writeUInt32BE(content.length, 4)
  else head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

/** The same WAV file of nothing but its format and its samples, with their true lengths. */
export const bareWav = (bytes: Buffer): Buffer => {
  const { isBig } = numbersOf(bytes)
  const { formatBytes, data } = chunksOf(bytes)
  const content = Buffer.concat([
    Buffer.from('WAVE', 'latin1'),
    chunk('fmt ', formatBytes, isBig),
    chunk('data', Buffer.concat(data), isBig),
  ])
  return chunk(isBig ? 'RIFX' : 'RIFF', content, isBig)
}
