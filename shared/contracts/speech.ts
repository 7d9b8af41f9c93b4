import * as z from 'zod'
import { VoicePreset } from './agents.ts'
import type { Locale } from './session.ts'

/** Longest text that is spoken at once, in characters. */
export const spokenTextLimit = 1200

export const spokenFormats = ['mp3', 'wav'] as const
export const SpokenFormat = z.enum(spokenFormats)
export type SpokenFormat = z.infer<typeof SpokenFormat>

/** When a sentence or word begins in the audio, and where it stands in the text. */
export const SpeechMark = z.object({
  type: z.enum(['sentence', 'word']),
  /** Milliseconds from the beginning of the audio. */
  time_ms: z.number().int().min(0),
  /** Place in `text`, in UTF-16 code units; the end is exclusive. */
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  value: z.string(),
})
export type SpeechMark = z.infer<typeof SpeechMark>

/** The file beside an audio whose provider tells the timing. */
export const SpeechMarks = z.object({
  text: z.string(),
  voice_preset: VoicePreset,
  marks: z.array(SpeechMark),
})
export type SpeechMarks = z.infer<typeof SpeechMarks>

/** When a part of a script is spoken. */
export const SpokenPart = z.object({
  /** Place in the script, in UTF-16 code units; the end is exclusive. */
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  start_ms: z.number().int().min(0),
  end_ms: z.number().int().min(0),
})
export type SpokenPart = z.infer<typeof SpokenPart>

/** When sound is heard, between pauses. */
export const SoundSpan = z.object({
  start_ms: z.number().int().min(0),
  end_ms: z.number().int().min(0),
})
export type SoundSpan = z.infer<typeof SoundSpan>

/** The file beside a narration that says when what of it is spoken. Times are those of the narration's file. */
export const NarrationTiming = z.object({
  script: z.string(),
  /** Told by the provider, or measured from the sound. */
  source: z.enum(['speech_marks', 'measured']),
  duration_ms: z.number().int().min(1),
  sentences: z.array(SpokenPart),
  /** What stands between blanks. */
  words: z.array(SpokenPart),
  sounds: z.array(SoundSpan),
})
export type NarrationTiming = z.infer<typeof NarrationTiming>

/** The presets that speak a session's language. */
export const presetsFor = (locale: Locale): VoicePreset[] =>
  VoicePreset.options.filter((preset) => preset.endsWith(locale.startsWith('ko') ? '_ko' : '_en'))
