import type { VoicePreset } from '../../contracts/agents.ts'
import type { SpeechMark, SpokenFormat } from '../../contracts/speech.ts'

export interface SpeechRequest {
  text: string
  preset: VoicePreset
  format: SpokenFormat
}

export interface Speech {
  /** A whole file of the wanted format. */
  audio: Uint8Array
  /** Null when the provider does not tell. */
  marks: SpeechMark[] | null
}

/** A voice for texts. A provider is one file that makes one of these. */
export interface Speaker {
  /** As it is named to people. */
  readonly provider: string
  /**
   * All on which the sound of a text depends besides the text and the format: provider, model, voice,
   * manner. What was made under another name is not used again.
   */
  voiceName(preset: VoicePreset): string
  /**
   * One call of the provider, not repeated.
   * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable, RATE_LIMITED or
   * UPSTREAM_ERROR; or the signal's reason.
   */
  speak(request: SpeechRequest, signal: AbortSignal): Promise<Speech>
}
