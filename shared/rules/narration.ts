import type { VoiceOutput } from '../contracts/agents.ts'
import { graphemeCount } from '../contracts/graphemes.ts'
import type { Locale } from '../contracts/session.ts'
import { presetsFor } from '../contracts/speech.ts'
import { spanRules } from './output-rules.ts'
import { isWithinSentence } from './sentences.ts'

/** Characters per second at an unhurried pace: 28 in 4 s, 56 in 8 s, 84 in 12 s. */
const charactersPerSecond = 7
/** Seconds per sentence: 1 in 4 s, 2 in 8 s, 3 in 12 s. */
const secondsPerSentence = 4
/** Seconds by which the hook must end. */
const hookEndsBy = 2.5

export interface NarrationBudget {
  seconds: number
  characters: number
  sentences: number
}

/**
 * The longest narration that fits a video. The three lengths above lie on one line, so the rule
 * holds between and beyond them; rounded down, but never to less than one sentence.
 */
export const narrationBudget = (seconds: number): NarrationBudget => ({
  seconds,
  characters: Math.floor(seconds * charactersPerSecond),
  sentences: Math.max(1, Math.floor(seconds / secondsPerSentence)),
})

/**
 * A sentence ends with a mark before white space, a closing quote or the end; 3.5 ends none, and neither does the
 * full stop of an abbreviation or a date.
 */
export const sentenceCount = (text: string): number => {
  const marks = [...text.matchAll(/[.!?。！？…]+(?=[\s"'”’」』)]|$)|\n+/gu)]
  const ends = marks
    .map(({ 0: mark, index }) => index + mark.length)
    .filter((end) => !isWithinSentence(text, end))
  return [...ends, text.length].filter((end, index) =>
    /[\p{L}\p{N}]/u.test(text.slice(ends[index - 1] ?? 0, end)),
  ).length
}

const scriptRules = (script: string, budget: NarrationBudget): string[] => {
  const characters = graphemeCount(script)
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

/** Every rule that a narration breaks for a video of `seconds` in this language. */
export const narrationRules = (output: VoiceOutput, seconds: number, locale: Locale): string[] => {
  const presets = presetsFor(locale)
  return [
    ...scriptRules(output.voiceover_script_short, narrationBudget(seconds)),
    ...timingRules(output.timing_map, seconds),
    ...subtitleRules(output),
    ...(presets.includes(output.tts_config.voice_preset)
      ? []
      : [`tts_config.voice_preset: must be one of ${presets.join(', ')}`]),
  ]
}
