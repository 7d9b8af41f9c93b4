import type { StudioError } from '../../contracts/errors.ts'
import type { Locale } from '../../contracts/session.ts'
import type { AudioFormat } from '../../contracts/voice.ts'

/** One recording in the media bucket that is to become text. */
export interface TranscriptionRequest {
  /** Names the work: the same name again is the same work. Letters, digits, `-` and `_`. */
  name: string
  /** The recording's key in the media bucket. */
  key: string
  /** Where a provider that works on its own leaves the transcript: a key in the media bucket. */
  transcriptKey: string
  format: AudioFormat
  /** The language that is spoken. */
  locale: Locale
  /** Reads the recording, for a provider that is sent it. */
  audio(): Promise<Uint8Array>
}

/** How far a transcription is. What was not understood is a `text` without a word. */
export type Transcription =
  | { status: 'done'; text: string }
  | { status: 'failed'; failure: StudioError }
  /** The provider works on it: look again. */
  | { status: 'pending' }
  /** The provider knows nothing of it: start it, perhaps again. */
  | { status: 'unknown' }

/**
 * Turns speech into text. A provider is one file that makes one of these. One that answers at once
 * (a synchronous call, a stream) gives `done` from `start` and knows nothing in `look`; one that works
 * on its own gives `pending`, and tells of its end by an event too, best effort.
 */
export interface Transcriber {
  /** As it is named to people. */
  readonly provider: string
  /**
   * Begins, once for each name: a second start is success.
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
