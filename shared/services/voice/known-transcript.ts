import type { Transcription } from '../../clients/transcription/transcriber.ts'
import { StudioError } from '../../contracts/errors.ts'
import { judgeTranscript } from '../../rules/transcripts.ts'
import { transcriptionFailed } from './transcription-calls.ts'

/** A transcript, or why there is none. */
export type KnownTranscript = Extract<Transcription, { status: 'done' | 'failed' }>

export const isEnded = (transcription: Transcription): transcription is KnownTranscript =>
  transcription.status === 'done' || transcription.status === 'failed'

/** Whatever a provider reports, the speech did not become text; the cause is kept beside it. */
const asTranscriptionFailure = (failure: StudioError): StudioError =>
  failure.code === 'UPSTREAM_ERROR' || failure.code === 'INTERNAL_ERROR'
    ? new StudioError('TRANSCRIPTION_FAILED', failure.message, { cause: failure })
    : failure

/** The text of a transcript, or why it cannot become a message. */
export const textOf = (known: KnownTranscript): { text: string } | { failure: StudioError } => {
  if (known.status === 'failed') return { failure: asTranscriptionFailure(known.failure) }
  const judged = judgeTranscript(known.text, known.speech)
  if (judged.kind === 'said') return { text: judged.text }
  if (judged.kind === 'broken') {
    return { failure: transcriptionFailed(`The transcript ${judged.rule}.`) }
  }
  return { failure: new StudioError('TRANSCRIPT_EMPTY', 'No words were understood.') }
}
