/** What the bytes of a recording hold, found without decoding compressed sound. */
export type AudioContent =
  | {
      kind: 'sound'
      /** Seconds that a player plays: without the silence that an encoder puts before and behind. */
      seconds: number
      /** The samples were at hand and hold no sound. */
      silent?: true
    }
  /** It breaks this rule of its format, or of a recording. */
  | { kind: 'broken'; rule: string }
  /** A format that is not taken, by its name. */
  | { kind: 'unsupported'; what: string }

export const broken = (rule: string): AudioContent => ({ kind: 'broken', rule })

export const unreadable = (format: string): AudioContent => broken(`must be readable as ${format}`)

export const unsupported = (what: string): AudioContent => ({ kind: 'unsupported', what })

export const severalRecordings = broken('must hold one recording, not several one after another')

export const withoutTrack = broken('must hold a track of sound')

export const withoutSound = broken('must hold sound, and tell how long it is')

/** Counted seconds as content. A header alone holds no sound. */
export const sound = (seconds: number, silent = false): AudioContent => {
  if (!(seconds > 0 && Number.isFinite(seconds))) return withoutSound
  return silent ? { kind: 'sound', seconds, silent } : { kind: 'sound', seconds }
}

/** ASCII at an offset; shorter where the bytes end. */
export const asciiAt = (bytes: Buffer, at: number, length: number): string =>
  bytes.toString('latin1', at, at + length)

/** The same bytes as a Buffer, without a copy. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Where the tags end that players pass over before the first frame: ID3v2, one or several. */
export const afterId3 = (bytes: Buffer, from = 0): number => {
  let at = from
  while (asciiAt(bytes, at, 3) === 'ID3' && at + 10 <= bytes.length) {
    // Four times seven bits; the footer flag adds ten bytes.
    const size = [6, 7, 8, 9].reduce(
      (sum, index) => sum * 128 + ((bytes[at + index] ?? 0) & 127),
      0,
    )
    at += 10 + size + ((bytes[at + 5] ?? 0) & 0x10 ? 10 : 0)
  }
  return at
}

/** Where the tags begin that stand behind the last frame: ID3v1, APE, Lyrics3. */
export const beforeTrailingTags = (bytes: Buffer): number => {
  let end = bytes.length
  if (end >= 128 && asciiAt(bytes, end - 128, 3) === 'TAG') end -= 128
  if (end >= 32 && asciiAt(bytes, end - 32, 8) === 'APETAGEX') {
    const hasHeader = ((bytes[end - 9] ?? 0) & 0x80) !== 0
    end -= Math.min(end, bytes.readUInt32LE(end - 20) + (hasHeader ? 32 : 0))
  }
  const lyrics = end >= 9 && asciiAt(bytes, end - 9, 9) === 'LYRICS200'
  const size = lyrics ? Number(asciiAt(bytes, end - 15, 6)) : Number.NaN
  return size >= 0 && size + 15 <= end ? end - size - 15 : end
}
