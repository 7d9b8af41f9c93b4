import type { SpokenFormat } from '../../../contracts/speech.ts'
import { decodeSound } from '../../../platform/sound/decode-sound.ts'
import { encodeSound } from '../../../platform/sound/encode-sound.ts'
import { faded, trimmed } from '../../../platform/sound/ends.ts'
import { loudnessOf } from '../../../platform/sound/loudness.ts'
import { normalised } from '../../../platform/sound/normalise.ts'
import { resampled } from '../../../platform/sound/resample.ts'
import {
  asMono,
  asStereo,
  joined,
  type Sound,
  silenceOf,
  soundRate,
  soundSeconds,
} from '../../../platform/sound/sound.ts'
import { withXmp } from '../../../platform/xmp/sound-xmp.ts'
import type { SpokenPiece } from '../../../rules/captions/spoken-times.ts'
import type { TextPiece } from '../../../rules/narration-pieces.ts'
import { speechLoudness } from '../../../rules/sound-limits.ts'
import type { SpeechParcel } from './speech-parcel.ts'

/** Seconds between pieces that were spoken apart. */
const pieceGap = 0.15

/** A piece as it was bought, decoded. */
export interface HeardPiece extends TextPiece, Pick<SpeechParcel, 'marks'> {
  sound: Sound
}

export interface JoinedSpeech {
  sound: Sound
  pieces: SpokenPiece[]
}

/** Pieces without the silence at their ends, one after another, and where each lies. */
export const joinSpeech = (heard: readonly HeardPiece[]): JoinedSpeech => {
  const gap = silenceOf(pieceGap, soundRate)
  const parts: Sound[] = []
  const pieces: SpokenPiece[] = []
  let at = 0
  for (const [index, { start, end, marks, sound }] of heard.entries()) {
    const { sound: kept, from } = trimmed(resampled(asMono(sound), soundRate))
    const seconds = soundSeconds(kept)
    pieces.push({
      ...{ start, end, marks },
      from_ms: Math.round(at * 1000),
      to_ms: Math.round((at + seconds) * 1000),
      marks_from_ms: Math.round((at - from) * 1000),
    })
    parts.push(...(index === 0 ? [] : [gap]), faded(kept))
    at += seconds + pieceGap
  }
  return { sound: joined(parts), pieces }
}

/** Decibels that are left for what an encoder adds to peaks. */
const codecRoom = 0.8
const maxTries = 3

export interface SpeechFile {
  bytes: Uint8Array
  /** What a decoder makes of the file. */
  decoded: Sound
}

/** A file at the loudness of speech; one whose encoder raised its peaks over the limit is made again, lower. */
export const speechFile = async (
  sound: Sound,
  format: SpokenFormat,
  xmp: string | null,
): Promise<SpeechFile> => {
  const { integrated, truePeak } = speechLoudness
  let room = format === 'mp3' ? codecRoom : 0
  for (let tried = 1; ; tried += 1) {
    const level = normalised(asStereo(sound), { integrated, truePeak: truePeak - room })
    const file = await encodeSound(level, format)
    const bytes = xmp === null ? file : withXmp(file, format, xmp)
    const decoded = await decodeSound(bytes)
    const over = loudnessOf(decoded).truePeak - truePeak
    if (over <= 0 || tried === maxTries) return { bytes, decoded }
    room += over + 0.1
  }
}
