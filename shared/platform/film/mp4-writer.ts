import { appendFile } from 'node:fs/promises'
import { registerAacEncoder } from '@mediabunny/aac-encoder'
import {
  AudioSample,
  AudioSampleSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  TextSubtitleSource,
} from 'mediabunny'
import { StudioError } from '../../contracts/errors.ts'
import { xmpBox } from '../xmp/film-xmp.ts'

/** Sound as samples between -1 and 1, each channel by itself. */
export interface Pcm {
  rate: number
  channels: readonly Float32Array[]
}

export interface FilmFile {
  /** MP4 files of one H.264 track each, shown one after the other; all of the same settings. */
  parts: readonly string[]
  /** Silence when null: a film without a track for sound. */
  sound: Pcm | null
  /** A WebVTT document that becomes a track of its own, with the three-letter code of its language. */
  captions: { vtt: string; language: string } | null
  /** Seconds; the last picture is held until then when the parts are shorter. */
  seconds: number
  /** XMP packet. */
  xmp: string
  path: string
}

/** Speech in stereo is heard as clean at this rate. */
const soundBitrate = 128_000
/** Samples that go to the encoder at once. */
const soundPiece = 48_000

let registered = false

const addSound = async (source: AudioSampleSource, { rate, channels }: Pcm): Promise<void> => {
  const length = channels[0]?.length ?? 0
  for (let from = 0; from < length; from += soundPiece) {
    const frames = Math.min(soundPiece, length - from)
    const data = new Float32Array(frames * channels.length)
    for (const [index, channel] of channels.entries()) {
      data.set(channel.subarray(from, from + frames), index * frames)
    }
    const sample = new AudioSample({
      data,
      format: 'f32-planar',
      numberOfChannels: channels.length,
      sampleRate: rate,
      timestamp: from / rate,
    })
    await source.add(sample)
    sample.close()
  }
  source.close()
}

const bytesOf = (source: ArrayBufferLike | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)

const broken = (message: string): StudioError => new StudioError('INTERNAL_ERROR', message)

/** Bytes before each NAL unit that state its length, from the track's avcC. */
const nalLengthBytes = (description: Uint8Array): number => ((description[4] ?? 0xff) & 3) + 1

/** Of the types of NAL units, the slice of a picture that decoding can begin with. */
const idrSlice = 5

/** Whether decoding can begin with these units; encoders' own marks cannot be relied on: minih264's file marks every picture. */
const isKey = (data: Uint8Array, lengthBytes: number): boolean => {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at + lengthBytes < bytes.length; ) {
    const length = bytes.readUIntBE(at, lengthBytes)
    if (((bytes[at + lengthBytes] ?? 0) & 31) === idrSlice) return true
    at += lengthBytes + length
  }
  return false
}

/** Opens a part's track; its packets come as they lie in the file. */
const openPart = async (path: string) => {
  const input = new Input({ source: new FilePathSource(path), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  const config = await track?.getDecoderConfig()
  if (!track || !config?.description) throw broken('A part of a film has no track of H.264.')
  const sink = new EncodedPacketSink(track)
  let packets = 0
  let end = 0
  let inOrder = true
  for await (const { timestamp, duration } of sink.packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    packets += 1
    inOrder &&= timestamp >= end - duration / 2
    end = Math.max(end, timestamp + duration)
  }
  return { input, sink, config, description: bytesOf(config.description), packets, inOrder, end }
}

type OpenPart = Awaited<ReturnType<typeof openPart>>

const colorSpace = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
} as const

/** Copies the packets of all parts; the last one is held until the film's end. */
const addPictures = async (
  source: EncodedVideoPacketSource,
  parts: readonly OpenPart[],
  seconds: number,
): Promise<void> => {
  const first = parts[0]
  if (first === undefined) throw broken('A film has no parts.')
  const decoderConfig = { ...first.config, colorSpace: first.config.colorSpace ?? colorSpace }
  const packets = parts.reduce((sum, part) => sum + part.packets, 0)
  const lengthBytes = nalLengthBytes(first.description)
  let offset = 0
  let position = 0
  for (const { sink, description, end } of parts) {
    if (!Buffer.from(description).equals(first.description)) {
      throw broken('The parts of a film were not encoded alike.')
    }
    for await (const packet of sink.packets()) {
      position += 1
      const timestamp = offset + packet.timestamp
      const held = position === packets ? Math.max(0, seconds - timestamp) : 0
      const copy = new EncodedPacket(
        packet.data,
        isKey(packet.data, lengthBytes) ? 'key' : 'delta',
        timestamp,
        Math.max(packet.duration, held),
        position,
      )
      await source.add(copy, { decoderConfig })
    }
    offset += end
  }
  source.close()
}

/**
 * Writes a film's MP4 without encoding its pictures again: the index comes first, so that players start
 * before they have all of it. What is large goes from file to file.
 */
export const writeFilm = async (film: FilmFile): Promise<void> => {
  const parts: OpenPart[] = []
  let output: Output | undefined
  try {
    for (const path of film.parts) parts.push(await openPart(path))
    output = new Output({
      // Room for the index is reserved at the beginning; the library cannot foresee its size where pictures
      // are not stored in the order in which they are shown, as in clips of vendors.
      format: new Mp4OutputFormat({
        fastStart: parts.every(({ inOrder }) => inOrder) ? 'reserve' : 'in-memory',
      }),
      target: new FilePathTarget(film.path),
    })
    const pictures = new EncodedVideoPacketSource('avc')
    output.addVideoTrack(pictures, {
      maximumPacketCount: parts.reduce((sum, part) => sum + part.packets, 0),
    })
    const work = [() => addPictures(pictures, parts, film.seconds)]
    const { sound, captions } = film
    if (sound !== null) {
      if (!registered) registerAacEncoder()
      registered = true
      const source = new AudioSampleSource({ codec: 'aac', bitrate: soundBitrate })
      output.addAudioTrack(source, {
        maximumPacketCount: Math.ceil((sound.channels[0]?.length ?? 0) / 512) + 16,
      })
      work.push(() => addSound(source, sound))
    }
    if (captions !== null) {
      const source = new TextSubtitleSource('webvtt')
      output.addSubtitleTrack(source, {
        languageCode: captions.language,
        maximumPacketCount: 2 * (captions.vtt.split('-->').length + 1),
      })
      work.push(async () => {
        await source.add(captions.vtt)
        source.close()
      })
    }
    await output.start()
    // Side by side: the writer interleaves what they bring, and holds back the one that is ahead.
    await Promise.all(work.map((add) => add()))
    await output.finalize()
    await appendFile(film.path, xmpBox(film.xmp))
  } catch (error) {
    if (output?.state === 'pending' || output?.state === 'started') await output.cancel()
    throw error
  } finally {
    for (const { input } of parts) input.dispose()
  }
}
