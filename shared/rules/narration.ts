import type { VoiceOutput } from '../contracts/agents.ts'
import { englishVoicePresets, type VoicePreset, voicePresets } from '../contracts/agents.ts'
import type { Locale } from '../contracts/session.ts'
import { spanRules } from './output-rules.ts'

/** Characters a second that can be spoken unhurriedly: 28 in 4 s, 56 in 8 s, 84 in 12 s. */
const charactersPerSecond = 7
/** Seconds a sentence takes: 1 in 4 s, 2 in 8 s, 3 in 12 s. */
const secondsPerSentence = 4
/** Seconds by which the hook has been said. */
const hookEndsBy = 2.5

export interface NarrationBudget {
  seconds: number
  characters: number
  sentences: number
}

/**
 * The longest narration that fits a video. The three points of the contract lie on one line, so it
 * holds between and beyond them; whole characters and sentences, and never less than one sentence.
 */
export const narrationBudget = (seconds: number): NarrationBudget => ({
  seconds,
  characters: Math.floor(seconds * charactersPerSecond),
  sentences: Math.max(1, Math.floor(seconds / secondsPerSentence)),
})

export const presetsOf: Readonly<Record<Locale, readonly VoicePreset[]>> = {
  'ko-KR': voicePresets,
  'en-US': englishVoicePresets,
}

/** Characters as people count them: an emoji or a syllable is one, spaces and punctuation count. */
export const characterCount = (text: string): number =>
  [...new Intl.Segmenter().segment(text)].length

/** Sentences end with a mark before white space, a closing quote or the end: 3.5 is none. */
export const sentenceCount = (text: string): number =>
  text.split(/[.!?。！？…]+(?=[\s"'”’」』)]|$)|\n+/u).filter((part) => /[\p{L}\p{N}]/u.test(part))
    .length

const scriptRules = (script: string, budget: NarrationBudget): string[] => {
  const characters = characterCount(script)
  const sentences = sentenceCount(script)
  return [
    ...(characters > budget.characters
      ? [`voiceover_script_short: ${characters} characters, at most ${budget.characters} fit`]
      : []),
    ...(sentences > budget.sentences
      ? [`voiceover_script_short: ${sentences} sentences, at most ${budget.sentences} fit`]
      : []),
  ]
}

const timingRules = (timing: VoiceOutput['timing_map'], seconds: number): string[] => {
  const broken = spanRules('timing_map', timing, seconds)
  const first = timing.at(0)
  const last = timing.at(-1)
  if (first?.start !== 0) broken.push('timing_map: must start at 0.0')
  if (first?.purpose !== 'hook') broken.push('timing_map: must begin with the hook')
  if (timing.some(({ purpose, end }) => purpose === 'hook' && end > hookEndsBy)) {
    broken.push(`timing_map: the hook must end within the first ${hookEndsBy} s`)
  }
  if (last?.purpose !== 'cta') broken.push('timing_map: must end with the cta')
  return broken
}

const subtitleRules = ({ subtitle_lines, timing_map }: VoiceOutput): string[] => {
  const end = Math.max(...timing_map.map((span) => span.end))
  return spanRules('subtitle_lines', subtitle_lines, end)
}

/** What is wrong with a narration for a video of `seconds` in this language. */
export const narrationRules = (output: VoiceOutput, seconds: number, locale: Locale): string[] => [
  ...scriptRules(output.voiceover_script_short, narrationBudget(seconds)),
  ...timingRules(output.timing_map, seconds),
  ...subtitleRules(output),
  ...(presetsOf[locale].includes(output.tts_config.voice_preset)
    ? []
    : [`tts_config.voice_preset: must be one of ${presetsOf[locale].join(', ')}`]),
]
