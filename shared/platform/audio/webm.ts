/**
 * WebM by its blocks. Browsers write the header before they know how long the recording will be, leave
 * the duration out, and may stop in the middle of a cluster; mediabunny drops a cluster that is cut off.
 * https://www.rfc-editor.org/rfc/rfc8794 (EBML), https://www.rfc-editor.org/rfc/rfc9559 (Matroska)
 */
import {
  type AudioContent,
  asBuffer,
  severalRecordings,
  sound,
  unreadable,
  unsupported,
  withoutTrack,
} from './audio-content.ts'
import { opusSeconds } from './opus.ts'

const ids = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  information: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  codec: 0x86,
  codecDelay: 0x56aa,
  cluster: 0x1f43b675,
  clusterTimestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  discardPadding: 0x75a2,
} as const

/** The elements to descend into; all others are skipped. */
const entered: ReadonlySet<number> = new Set([
  ids.segment,
  ids.information,
  ids.tracks,
  ids.trackEntry,
  ids.cluster,
  ids.blockGroup,
])

/** A recording has one of each: a second one begins another recording. */
const single: ReadonlySet<number> = new Set([ids.ebml, ids.segment, ids.tracks])

/** Tracks that are looked at; a recording has one. */
const tracksLimit = 64
const trackTypes = { video: 1, audio: 2 } as const

interface Track {
  type: number
  codec: string
  /** Seconds that the encoder put before the sound. */
  delay: number
  /** Seconds of the last block that are to be thrown away. */
  discarded: number
  /** Ticks of the last block, from the one before to it, and from each block to a later one together. */
  interval: number
  elapsed: number
  last: number
  /** Seconds of the last block, where its packets say so. */
  lastSeconds: number
  /** Seconds of all packets together, where they say so. */
  packetSeconds: number
}

interface State {
  bytes: Buffer
  /** Which of the single elements were met, and whether one was met again. */
  met: Set<number>
  isSeveral: boolean
  /** Nanoseconds of a tick. */
  scale: number
  cluster: number
  /** The entry that is being described, and where it ends. */
  entry: Track
  entryEnd: number
  tracks: Map<number, Track>
  /** The track of the block before. */
  current: Track | undefined
}

const newTrack = (): Track => ({
  type: 0,
  codec: '',
  delay: 0,
  discarded: 0,
  interval: Number.NaN,
  elapsed: 0,
  last: Number.NaN,
  lastSeconds: 0,
  packetSeconds: 0,
})

/** A variable-length integer: the leading zeros of its first byte give its length. Also where it ends. */
export const readNumber = (
  bytes: Buffer,
  at: number,
  keepMarker: boolean,
): { value: number; end: number; unknown: boolean } | undefined => {
  const first = bytes[at] ?? 0
  const length = Math.clz32(first) - 23
  if (first === 0 || at + length > bytes.length) return undefined
  const mask = (1 << (8 - length)) - 1
  let value = keepMarker ? first : first & mask
  let unknown = (first & mask) === mask
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0
    value = value * 256 + byte
    unknown &&= byte === 0xff
  }
  return { value, end: at + length, unknown }
}

/** At most eight bytes: a longer number is none. */
const readUnsigned = (bytes: Buffer, at: number, end: number): number =>
  end - at > 8 ? 0 : bytes.subarray(at, end).reduce((value, byte) => value * 256 + byte, 0)

/** Frames in a block, and where the first one begins: several may be laced into one block. */
const lacingOf = (bytes: Buffer, at: number, end: number): { frames: number; at: number } => {
  const flags = bytes[at - 1] ?? 0
  const lacing = (flags >> 1) & 3
  if (lacing === 0) return { frames: 1, at }
  const frames = (bytes[at] ?? 0) + 1
  let from = at + 1
  for (let index = 1; lacing !== 2 && index < frames && from < end; index += 1) {
    if (lacing === 3) from = readNumber(bytes, from, false)?.end ?? bytes.length
    else {
      while (from < end && bytes[from] === 0xff) from += 1
      from += 1
    }
  }
  return { frames, at: from }
}

/** Notes a block: its track's number, its time in the cluster, its flags, its packets. */
const noteBlock = (state: State, at: number, end: number): void => {
  const { bytes, tracks, cluster } = state
  const number = readNumber(bytes, at, false)
  if (!number || number.end + 3 > bytes.length) return
  const track = tracks.get(number.value)
  state.current = track
  if (!track) return
  const ticks = cluster + bytes.readInt16BE(number.end)
  const { frames, at: from } = lacingOf(bytes, number.end + 3, end)
  const isOpus = track.codec === 'A_OPUS'
  const seconds = isOpus ? opusSeconds(bytes.subarray(from, end)) * frames : 0
  track.packetSeconds += seconds
  // Times that begin again are those of a second recording, which is played behind the first.
  const step = ticks - track.last
  if (step > 0) {
    track.interval = step
    track.elapsed += step
  }
  track.discarded = 0
  track.last = ticks
  track.lastSeconds = seconds
}

/** Notes what a track's entry says of it. */
const noteEntry = (state: State, id: number, at: number, end: number): void => {
  const { bytes, tracks, entry } = state
  if (id === ids.trackNumber && tracks.size < tracksLimit) {
    const number = readUnsigned(bytes, at, end)
    // Another entry of the same number does not take the blocks over.
    if (!tracks.has(number)) tracks.set(number, entry)
  }
  if (id === ids.trackType) entry.type = readUnsigned(bytes, at, end)
  if (id === ids.codec) entry.codec = bytes.toString('latin1', at, Math.min(end, at + 32))
  if (id === ids.codecDelay) entry.delay = readUnsigned(bytes, at, end) / 1e9
}

const note = (state: State, id: number, at: number, end: number): void => {
  const { bytes } = state
  if (id === ids.timestampScale) state.scale = readUnsigned(bytes, at, end) || state.scale
  if (id === ids.clusterTimestamp) state.cluster = readUnsigned(bytes, at, end)
  if (id === ids.trackEntry) {
    state.entry = newTrack()
    state.entryEnd = end
  }
  // Behind the entry the same elements mean nothing to a player.
  if (end <= state.entryEnd) noteEntry(state, id, at, end)
  if (id === ids.discardPadding && state.current) {
    state.current.discarded = readUnsigned(bytes, at, end) / 1e9
  }
  if (id === ids.simpleBlock || id === ids.block) noteBlock(state, at, end)
}

/** Finds the next of the larger elements behind bytes that are none; each byte is searched once. */
const resynchronizer = (bytes: Buffer) => {
  const markers = [ids.cluster, ...single].map((id) => {
    const marker = Buffer.alloc(4)
    marker.writeUInt32BE(id)
    return { marker, at: -1 }
  })
  return (from: number): number => {
    for (const found of markers) {
      if (found.at >= from) continue
      const at = bytes.indexOf(found.marker, from)
      found.at = at < 0 ? bytes.length : at
    }
    return Math.min(...markers.map(({ at }) => at))
  }
}

const walk = (bytes: Buffer): State => {
  const state: State = {
    bytes,
    met: new Set(),
    isSeveral: false,
    scale: 1_000_000,
    cluster: 0,
    entry: newTrack(),
    entryEnd: 0,
    tracks: new Map(),
    current: undefined,
  }
  const resync = resynchronizer(bytes)
  for (let at = 0; at < bytes.length; ) {
    const id = readNumber(bytes, at, true)
    const size = id && readNumber(bytes, id.end, false)
    if (!id || !size) {
      at = resync(at + 1)
      continue
    }
    const isEntered = entered.has(id.value)
    const end = size.unknown ? bytes.length : size.end + size.value
    // A block that is cut off is no sound, and an element that is longer than the file may be damage.
    const isCut = end > bytes.length && !isEntered
    if (single.has(id.value)) {
      state.isSeveral ||= state.met.has(id.value)
      state.met.add(id.value)
    }
    if (!isCut) note(state, id.value, size.end, end)
    at = isCut ? resync(at + 1) : isEntered ? size.end : end
  }
  return state
}

/** Seconds of a last block that has no earlier one to measure by, and does not say it. */
const usualFrame = 0.02
/** Seconds by which packets may hold more than their times say before they are believed. */
const overlap = 0.3

/** Seconds of an encoder's padding that are believed, before and behind. */
const paddingLimit = 0.15

/** The longer of what the blocks' times and the packets themselves say: times may lie. */
const secondsOf = (track: Track, scale: number): number => {
  if (Number.isNaN(track.last)) return 0
  const seconds = (ticks: number): number => (ticks * scale) / 1e9
  const interval = Number.isNaN(track.interval) ? usualFrame : seconds(track.interval)
  const timed = seconds(track.elapsed) + (track.lastSeconds || interval)
  const longer = track.packetSeconds > timed + overlap ? track.packetSeconds : timed
  return longer - Math.min(track.delay, paddingLimit) - Math.min(track.discarded, paddingLimit)
}

/** Reads a WebM file. What is cut off counts as far as it goes. */
export const readWebm = (recording: Uint8Array): AudioContent => {
  const { met, isSeveral, tracks, scale } = walk(asBuffer(recording))
  if (isSeveral) return severalRecordings
  const all = [...tracks.values()]
  if (all.some(({ type }) => type === trackTypes.video)) return unsupported('a video')
  const audio = all.filter(({ type }) => type === trackTypes.audio)
  if (audio.length === 0)
    return met.has(ids.ebml) && recording.length > 200 ? withoutTrack : unreadable('webm')
  return sound(Math.max(...audio.map((track) => secondsOf(track, scale))))
}
