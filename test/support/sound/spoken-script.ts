import { decodeSound } from '../../../shared/platform/sound/decode-sound.ts'
import { levelsOf } from '../../../shared/platform/sound/levels.ts'
import { resampled } from '../../../shared/platform/sound/resample.ts'
import {
  asMono,
  joined,
  type Sound,
  silenceOf,
  soundSeconds,
} from '../../../shared/platform/sound/sound.ts'
import { soundSpans } from '../../../shared/rules/captions/pauses.ts'
import { speech } from '../audio/recordings.ts'
import { rate } from './signals.ts'

/** Sentences that there are recordings of. */
const recorded = [
  ['동백 핸드크림을 팔아요.', 'webm-recorded'],
  ['사무실에서 손을 자주 씻는 분들이 사 가세요.', 'wav'],
  ['사실 잘 모르겠어요.', 'webm-recorded'],
  ['인스타그램에서 바로 사게 하고 싶어요.', 'mp3'],
  ['한 번만 들어 주세요.', 'webm-recorded'],
  ['아직 듣고 계세요?', 'webm-recorded'],
] as const

export interface SpokenScript {
  sound: Sound
  script: string
  /** When each sentence is heard, in milliseconds: measured from its own recording. */
  truth: { start_ms: number; end_ms: number }[]
}

/** Recorded sentences one after another, with these pauses between them, in seconds. */
export const spokenScript = async (
  numbers: readonly number[],
  pauses: readonly number[],
): Promise<SpokenScript> => {
  const parts: Sound[] = []
  const truth: SpokenScript['truth'] = []
  const texts: string[] = []
  let at = 0
  for (const [index, number] of numbers.entries()) {
    const [text, format] = recorded[number % recorded.length] ?? recorded[0]
    const sound = resampled(asMono(await decodeSound(await speech(text, format))), rate)
    const spans = soundSpans(levelsOf(sound, 0.01), 10)
    const pause = silenceOf(pauses[index] ?? 0.3, rate)
    truth.push({
      start_ms: at + (spans[0]?.start_ms ?? 0),
      end_ms: at + (spans.at(-1)?.end_ms ?? 0),
    })
    parts.push(sound, pause)
    texts.push(text)
    at += Math.round((soundSeconds(sound) + soundSeconds(pause)) * 1000)
  }
  return { sound: joined(parts), script: texts.join(' '), truth }
}
