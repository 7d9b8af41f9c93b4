import { BufferSource, EncodedPacketSink, Input, Logging, LogLevel, OGG, WEBM } from 'mediabunny'

// Its warnings name what a caller's file holds, and would be lines of our log.
Logging.level = LogLevel.Silent

export interface OpusPackets {
  channels: number
  /** Samples at 48 kHz that a decoder leaves out at the beginning. */
  preSkip: number
  packets: Uint8Array[]
}

/** `OpusHead`, RFC 7845 section 5.1: its number of channels, and the encoder's delay. */
const headOf = (description: unknown): { channels: number; preSkip: number } | undefined => {
  if (!ArrayBuffer.isView(description) || description.byteLength < 12) return undefined
  const head = Buffer.from(description.buffer, description.byteOffset, description.byteLength)
  const channels = head.readUInt8(9)
  return channels === 1 || channels === 2 ? { channels, preSkip: head.readUInt16LE(10) } : undefined
}

/** The packets of a file whose one track is Opus, mono or stereo; undefined of another. */
export const opusPackets = async (bytes: Uint8Array): Promise<OpusPackets | undefined> => {
  using input = new Input({ source: new BufferSource(bytes), formats: [OGG, WEBM] })
  const track = await input.getPrimaryAudioTrack()
  if (track?.codec !== 'opus') return undefined
  const config = await track.getDecoderConfig()
  const head = headOf(config?.description) ?? {
    channels: Math.min(2, config?.numberOfChannels ?? 1),
    preSkip: 0,
  }
  const packets: Uint8Array[] = []
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet.data)
  return { ...head, packets }
}
