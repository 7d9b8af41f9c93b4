/** A canonical header: RIFF, one `fmt ` chunk of 16 bytes, and the header of the `data` chunk. */
const headerBytes = 44

export interface PcmFormat {
  /** Samples per second. */
  rate: number
  channels: number
  /** Bits of one sample, a multiple of 8. */
  bits: number
}

/** The header of a WAV file with `dataBytes` bytes of samples in little-endian PCM. */
export const wavHeader = (dataBytes: number, { rate, channels, bits }: PcmFormat): Buffer => {
  const frameBytes = channels * (bits / 8)
  const header = Buffer.alloc(headerBytes)
  header.write('RIFF', 0, 'ascii')
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'ascii')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20) // PCM
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * frameBytes, 28)
  header.writeUInt16LE(frameBytes, 32)
  header.writeUInt16LE(bits, 34)
  header.write('data', 36, 'ascii')
  header.writeUInt32LE(dataBytes, 40)
  return header
}

/** A WAV file of these samples. An incomplete frame at the end is dropped. */
export const wavFile = (samples: Uint8Array, format: PcmFormat): Buffer => {
  const frameBytes = format.channels * (format.bits / 8)
  const whole = samples.subarray(0, samples.length - (samples.length % frameBytes))
  return Buffer.concat([wavHeader(whole.length, format), whole])
}

// Not from audio-content.ts: functions that speak load this file at their start, and no other that reads sound.
const tagAt = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, at + 4)

/**
 * The end of the samples that begin there. A writer that streams does not know the length and states 0 or the
 * largest number; then they last to the end of the file, unless another chunk follows an empty one.
 */
export const samplesEnd = (bytes: Buffer, at: number, length: number): number => {
  if (length > 0) return Math.min(bytes.length, at + length)
  return /^(LIST|fact|id3 |ID3 |bext|cue )$/.test(tagAt(bytes, at)) ? at : bytes.length
}

/**
 * The same file with its true lengths: a server that streams a WAV file does not know them when it
 * sends the header, and states 0 or the largest number. Anything else is returned unchanged.
 */
export const withTrueLength = (bytes: Uint8Array): Uint8Array => {
  const file = Buffer.from(bytes)
  const isWav = tagAt(file, 0) === 'RIFF' && tagAt(file, 8) === 'WAVE'
  if (file.length < headerBytes || !isWav) return bytes
  for (let chunk = 12; chunk + 8 <= file.length; ) {
    const at = chunk + 8
    const length = file.readUInt32LE(chunk + 4)
    const end = tagAt(file, chunk) === 'data' ? samplesEnd(file, at, length) : at + length
    if (end !== at + length) {
      file.writeUInt32LE(end - at, chunk + 4)
      file.writeUInt32LE(file.length - 8, 4)
      return file
    }
    // Chunks are aligned to even offsets.
    chunk = end + (end % 2)
  }
  return bytes
}
