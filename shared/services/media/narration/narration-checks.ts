import type { AssetCheck } from '../../../contracts/assets.ts'
import type { SoundSpan } from '../../../contracts/speech.ts'
import { levelsOf } from '../../../platform/sound/levels.ts'
import { loudnessOf } from '../../../platform/sound/loudness.ts'
import { type Sound, soundSeconds } from '../../../platform/sound/sound.ts'
import { readXmpPacket } from '../../../platform/xmp/xmp-packet.ts'
import { soundSpans } from '../../../rules/captions/pauses.ts'
import { speechLoudness } from '../../../rules/sound-limits.ts'

/** Milliseconds of the windows in which levels are measured. */
const windowMs = 10
/** Seconds that an encoder may add, and of sound without which a file counts as silent. */
const codecDelay = 0.12
const minHeard = 0.3
/** dBFS: what speech at its loudness is well above in its loud windows. */
const audible = -40

/** When something is heard in a sound. */
export const heardIn = (sound: Sound): SoundSpan[] =>
  soundSpans(levelsOf(sound, windowMs / 1000), windowMs)

const isAudible = (sound: Sound, spans: readonly SoundSpan[]): boolean => {
  const levels = levelsOf(sound, windowMs / 1000)
  const seconds = spans.reduce((sum, { start_ms, end_ms }) => sum + end_ms - start_ms, 0) / 1000
  return seconds >= minHeard && levels.some((level) => level > audible)
}

/**
 * What is checked of a narration that was decoded from its file.
 * @param made seconds of the sound that the file was made of
 * @param source the digital source type that it has to state; null for none
 */
export const narrationChecks = (
  { bytes, decoded }: { bytes: Uint8Array; decoded: Sound },
  made: number,
  source: string | null,
): AssetCheck[] => {
  const spans = heardIn(decoded)
  const seconds = soundSeconds(decoded)
  const { integrated, truePeak } = loudnessOf(decoded)
  const { integrated: wanted, tolerance, truePeak: limit, minSeconds } = speechLoudness
  const misses = Math.abs((integrated ?? Number.NEGATIVE_INFINITY) - wanted)
  const head = Buffer.from(bytes).toString('utf8')
  const stated = readXmpPacket(head)?.digitalSourceType ?? null
  return [
    {
      check: 'sound_duration',
      passed: Math.abs(seconds - made) <= codecDelay,
      detail: `${seconds.toFixed(2)} s of ${made.toFixed(2)} s`,
    },
    { check: 'sound_audible', passed: isAudible(decoded, spans), detail: `${spans.length} sounds` },
    {
      check: 'loudness',
      passed: seconds < minSeconds || misses <= tolerance,
      detail: integrated === null ? 'none' : `${integrated.toFixed(1)} LUFS`,
    },
    { check: 'true_peak', passed: truePeak <= limit + 0.05, detail: `${truePeak.toFixed(1)} dBTP` },
    { check: 'digital_source', passed: stated === source, detail: stated },
  ]
}
