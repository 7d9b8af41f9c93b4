/** Sound in MP4 and its relatives, and in Ogg, by its packets, which mediabunny reads. */
import {
  BufferSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputFormat,
  Logging,
  LogLevel,
  MP4,
  OGG,
  QTFF,
} from 'mediabunny'
import {
  type AudioContent,
  asBuffer,
  asciiAt,
  broken,
  severalRecordings,
  sound,
  unreadable,
  unsupported,
  withoutTrack,
} from './audio-content.ts'
import { readBoxes } from './iso-boxes.ts'
import { readPages } from './ogg-pages.ts'
import { opusSeconds } from './opus.ts'

// Its warnings name what a caller's file holds, and would be lines of our log.
Logging.level = LogLevel.Silent

/** Packets after which counting ends: a minute has 24,000 of the shortest. */
const packetsLimit = 30_000
const tooManyPackets = broken('must not be cut into more packets than a minute of sound has')

/** Seconds of silence before the first packet's end that an edit list may take away: the encoder's delay. */
const delayLimit = 0.3
/** Seconds by which packets may hold more than their times say before they are believed. */
const overlap = 0.3

/** Samples per second in the first bits of AAC's configuration: that of the core, as its frames are. */
const aacRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000,
  7350,
] as const

/** Seconds of an AAC packet by the decoder's configuration, ISO 14496-3; 0 when it does not say. */
const aacSeconds = (configuration: unknown): number => {
  if (!ArrayBuffer.isView(configuration) || configuration.byteLength < 2) return 0
  const [first = 0, second = 0] = new Uint8Array(configuration.buffer, configuration.byteOffset, 2)
  const rate = aacRates[((first & 7) << 1) | (second >> 7)]
  return rate === undefined ? 0 : 1024 / rate
}

/** Seconds of a packet by what it holds; 0 where that is not told. */
const packetSeconds = async (track: InputAudioTrack): Promise<(data: Uint8Array) => number> => {
  if (track.codec === 'opus') return opusSeconds
  if (track.codec !== 'aac') return () => 0
  const seconds = aacSeconds((await track.getDecoderConfig())?.description)
  return () => seconds
}

interface Count {
  /** Seconds from the first packet to the end of the last, by their times. */
  timed: number
  /** Seconds of all packets, by what they hold. */
  held: number
  /** Seconds before the time 0. */
  delay: number
  packets: number
}

const metadata = { metadataOnly: true }

const countPackets = async (track: InputAudioTrack): Promise<Count> => {
  const sink = new EncodedPacketSink(track)
  const secondsOf = await packetSeconds(track)
  // With its bytes where the file has them: a packet that only the index promises is no sound, and it
  // may stand before others that are.
  let packet = (await sink.getFirstPacket()) ?? (await sink.getFirstPacket(metadata))
  let first = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  let held = 0
  let packets = 0
  for (; packet && packets <= packetsLimit; packets += 1) {
    if (!packet.isMetadataOnly) {
      first = Math.min(first, packet.timestamp)
      end = Math.max(end, packet.timestamp + packet.duration)
      held += secondsOf(packet.data)
    }
    packet = (await sink.getNextPacket(packet)) ?? (await sink.getNextPacket(packet, metadata))
  }
  const timed = Math.max(0, end - first)
  return { timed, held, delay: timed > 0 ? Math.max(0, -first) : 0, packets }
}

/** Codecs of MP4 that mediabunny does not name and transcribers take. */
const otherCodecs = new Set(['alac'])

/** Codecs by the names that people know; others go by their own. */
const codecNames: Readonly<Record<string, string>> = {
  samr: 'AMR',
  sawb: 'AMR-WB',
  sawp: 'AMR-WB+',
  sqcp: 'QCELP',
  sevc: 'EVRC',
  enca: 'encrypted sound',
}

const unknownCodec = (track: InputAudioTrack): string | undefined => {
  if (track.codec !== null) return undefined
  const name = String(track.internalCodecId ?? 'an unknown codec')
  return otherCodecs.has(name) ? undefined : (codecNames[name] ?? name)
}

/** The longest of the tracks. */
const measure = async (
  tracks: readonly InputAudioTrack[],
  container: string,
): Promise<AudioContent> => {
  let seconds = 0
  for (const track of tracks) {
    const unknown = unknownCodec(track)
    if (unknown !== undefined) return unsupported(`${unknown} in ${container.toUpperCase()}`)
    const { timed, held, delay, packets } = await countPackets(track)
    if (packets > packetsLimit) return tooManyPackets
    const longer = held > timed + overlap ? held : timed
    seconds = Math.max(seconds, longer - Math.min(delay, delayLimit))
  }
  return sound(seconds)
}

const demux = async (
  bytes: Uint8Array,
  formats: InputFormat[],
  name: string,
): Promise<AudioContent> => {
  const input = new Input({ source: new BufferSource(bytes), formats })
  try {
    const tracks = await input.getTracks()
    if (tracks.some((track) => track.isVideoTrack())) return unsupported('a video')
    const audio = await input.getAudioTracks()
    return audio.length === 0 ? withoutTrack : await measure(audio, name)
  } finally {
    input.dispose()
  }
}

/** A box that names the family: not every file begins with one, as mediabunny needs it. */
const fileType = Buffer.from('00000010667479707174202000000000', 'hex')

/** Reads MP4, M4A, 3GP or QuickTime. */
export const readMp4 = async (recording: Uint8Array): Promise<AudioContent> => {
  const bytes = asBuffer(recording)
  const { movies, fileTypes, isExcessive, isContradictory } = readBoxes(bytes)
  if (movies === 0) return unreadable('mp4')
  if (movies > 1 || fileTypes > 1) return severalRecordings
  if (isExcessive) return tooManyPackets
  if (isContradictory) return unreadable('mp4')
  const whole = asciiAt(bytes, 4, 4) === 'ftyp' ? bytes : Buffer.concat([fileType, bytes])
  return demux(whole, [MP4, QTFF], 'mp4')
}

/** Reads Ogg. */
export const readOgg = async (recording: Uint8Array): Promise<AudioContent> => {
  const pages = readPages(asBuffer(recording))
  // Pages without the header of their stream: the beginning was cut off.
  if (pages.streams === 0) return unreadable('ogg')
  if (pages.isChained || pages.streams > pages.codecs.length) return severalRecordings
  const codecs = pages.codecs.filter((codec) => codec !== 'skeleton')
  if (codecs.includes('video')) return unsupported('a video')
  const other = codecs.find((codec) => codec !== 'opus' && codec !== 'vorbis')
  if (other !== undefined) return unsupported(`${other} in Ogg`)
  if (pages.isDamaged) return unreadable('ogg')
  return demux(pages.bytes, [OGG], 'ogg')
}
