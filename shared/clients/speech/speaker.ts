import type { VoicePreset } from '../../contracts/agents.ts'
import type { SpeechMark, SpokenFormat } from '../../contracts/speech.ts'

export interface SpeechRequest {
  text: string
  preset: VoicePreset
  format: SpokenFormat
  /** Percent of the preset's own speed, 80 to 120; 100 when not given. */
  speed?: number
}

export interface Speech {
  /** A whole file in the requested format. */
  audio: Uint8Array
  /** Null when the provider gives none. */
  marks: SpeechMark[] | null
}

/** Turns text into speech. Each provider is one file that implements this. */
export interface Speaker {
  /** The provider's name, as answers and the audio's metadata give it. */
  readonly provider: string
  /**
   * Identifies everything but text and format that the sound depends on: provider, model, voice,
   * manner. Audio stored under another name is not reused.
   */
  voiceName(preset: VoicePreset): string
  /**
   * One call of the provider, without retries.
   * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable, RATE_LIMITED or
   * UPSTREAM_ERROR; or the signal's reason.
   * @param idempotencyKey the same for the same purchase, where the provider knows such keys
   */
  speak(request: SpeechRequest, signal: AbortSignal, idempotencyKey?: string): Promise<Speech>
}
