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

/** The presets that speak a session's language. */
export const presetsFor = (locale: Locale): VoicePreset[] =>
  VoicePreset.options.filter((preset) => preset.endsWith(locale.startsWith('ko') ? '_ko' : '_en'))
