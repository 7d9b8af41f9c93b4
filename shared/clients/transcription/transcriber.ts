import type { StudioError } from '../../contracts/errors.ts'
import type { Locale } from '../../contracts/session.ts'
import type { AudioFormat } from '../../contracts/voice.ts'
import type { SpeechRating } from '../../rules/transcripts.ts'

/** A recording in the media bucket to be transcribed. */
export interface TranscriptionRequest {
  /** Identifies the transcription: starting the same name again is a no-op. Letters, digits, `-` and `_`. */
  name: string
  /** The recording's key in the media bucket. */
  key: string
  /** The key in the media bucket where an asynchronous provider stores the transcript. */
  transcriptKey: string
  format: AudioFormat
  /** The spoken language. */
  locale: Locale
  /** Reads the recording, for a provider that takes it in the request. */
  audio(): Promise<Uint8Array>
}

/**
 * The progress of a transcription. Speech that was not understood is a `text` without words. The text is
 * as the provider wrote it, and judged by `judgeTranscript`.
 */
export type Transcription =
  | { status: 'done'; text: string; speech?: SpeechRating }
  | { status: 'failed'; failure: StudioError }
  /** The provider is working on it: look again. */
  | { status: 'pending' }
  /** The provider does not know it: start it, perhaps again. */
  | { status: 'unknown' }

/**
 * Turns speech into text. Each provider is one file that implements this. A synchronous one returns
 * `done` from `start` and `unknown` from `look`; an asynchronous one returns `pending`, and also
 * announces its end by an event, best effort.
 */
export interface Transcriber {
  /** The provider's name. */
  readonly provider: string
  /**
   * Starts once per name: a second start is a success.
   * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable, RATE_LIMITED,
   * UPSTREAM_ERROR; or the signal's reason
   */
  start(request: TranscriptionRequest, signal: AbortSignal): Promise<Transcription>
  /** @throws StudioError as `start` does */
  look(request: TranscriptionRequest, signal: AbortSignal): Promise<Transcription>
}

/** What a provider needs of the media bucket. */
export interface TranscriptionMedia {
  /** `s3://<bucket>/<key>` */
  uri(key: string): string
  get(key: string): Promise<Uint8Array | undefined>
}
