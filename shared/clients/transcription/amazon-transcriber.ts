import {
  ConflictException,
  GetTranscriptionJobCommand,
  NotFoundException,
  StartTranscriptionJobCommand,
  TranscribeClient,
  type TranscriptionJob,
} from '@aws-sdk/client-transcribe'
import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { decodeUtf8 } from '../../contracts/text.ts'
import { unlessAborted } from '../../platform/abort.ts'
import { setting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import type { SpeechRating } from '../../rules/transcripts.ts'
import { translateAws } from '../aws-errors.ts'
import type {
  Transcriber,
  Transcription,
  TranscriptionMedia,
  TranscriptionRequest,
} from './transcriber.ts'

const service = 'Amazon Transcribe'

/** A word with the service's confidence, 0 to 1, which it writes as a string. */
const Word = z.object({
  type: z.literal('pronunciation'),
  alternatives: z.array(z.object({ confidence: z.coerce.number() })).min(1),
})

/** The transcript file, as far as we read it. */
const TranscriptFile = z.object({
  results: z.object({
    transcripts: z.array(z.object({ transcript: z.string().nullish() })),
    items: z.array(z.unknown()).catch([]),
  }),
})

/** Below the first no word of noise is likely to have been said, and above the second each was. */
const doubtful = 0.3
const likely = 0.7

const ratingOf = (items: readonly unknown[]): SpeechRating => {
  const confidences = items.flatMap((item) => {
    const word = Word.safeParse(item)
    return word.success ? [word.data.alternatives[0]?.confidence ?? 0] : []
  })
  if (confidences.length === 0) return undefined
  if (confidences.every((confidence) => confidence < doubtful)) return 'doubtful'
  return confidences.every((confidence) => confidence > likely) ? 'likely' : undefined
}

/**
 * A custom vocabulary belongs to one language: `{locale}` in its name stands for the recording's; a
 * name without it serves all.
 */
const vocabulary = (locale: string): { Settings?: { VocabularyName: string } } => {
  const name = setting(modelSettingNames.sttVocabulary)
  return name === undefined
    ? {}
    : { Settings: { VocabularyName: name.replaceAll('{locale}', locale) } }
}

/** Transcribe's reasons are short fixed phrases; anything longer is cut. */
const failed = ({ FailureReason = 'no reason given' }: TranscriptionJob): Transcription => ({
  status: 'failed',
  failure: new StudioError(
    'TRANSCRIPTION_FAILED',
    `${service} failed: ${FailureReason.slice(0, 200)}`,
  ),
})

/** The text of a transcript file; undefined when the file is malformed. */
const transcriptOf = (bytes: Uint8Array): Transcription | undefined => {
  try {
    const { results } = TranscriptFile.parse(JSON.parse(decodeUtf8(bytes) ?? ''))
    const text = results.transcripts.map(({ transcript }) => transcript ?? '').join(' ')
    return { status: 'done', text, speech: ratingOf(results.items) }
  } catch {
    return undefined
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof NotFoundException ||
  // How GetTranscriptionJob reports an unknown name.
  (error instanceof Error &&
    error.name === 'BadRequestException' &&
    /couldn't be found/i.test(error.message))

const startCommand = (
  media: TranscriptionMedia,
  { name, key, transcriptKey, format, locale }: TranscriptionRequest,
): StartTranscriptionJobCommand =>
  new StartTranscriptionJobCommand({
    TranscriptionJobName: name,
    LanguageCode: locale,
    MediaFormat: format,
    Media: { MediaFileUri: media.uri(key) },
    OutputBucketName: new URL(media.uri(key)).hostname,
    OutputKey: transcriptKey,
    ...vocabulary(locale),
  })

/**
 * Amazon Transcribe's batch jobs: recording and transcript are both in the media bucket, and the job
 * is named after the turn, so that it cannot be started twice.
 */
export const amazonTranscriber = (media: TranscriptionMedia): Transcriber => {
  const client = new TranscribeClient({ maxAttempts: 2 })

  const transcriptionOf = async (
    job: TranscriptionJob | undefined,
    { transcriptKey }: TranscriptionRequest,
    signal: AbortSignal,
  ): Promise<Transcription> => {
    if (job?.TranscriptionJobStatus === 'FAILED') return failed(job)
    if (job?.TranscriptionJobStatus !== 'COMPLETED') return { status: 'pending' }
    const bytes = await unlessAborted(media.get(transcriptKey), signal)
    // The job may be reported complete a moment before its file can be read.
    if (!bytes) return { status: 'pending' }
    return (
      transcriptOf(bytes) ??
      failed({ FailureReason: 'its transcript is not in the form that it should have' })
    )
  }

  const look: Transcriber['look'] = async (request, signal) => {
    try {
      const { TranscriptionJob: job } = await client.send(
        new GetTranscriptionJobCommand({ TranscriptionJobName: request.name }),
        { abortSignal: signal },
      )
      return await transcriptionOf(job, request, signal)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (isMissing(error)) return { status: 'unknown' }
      throw translateAws(error, service)
    }
  }

  return {
    provider: 'transcribe',
    look,
    async start(request, signal) {
      try {
        const { TranscriptionJob: job } = await client.send(startCommand(media, request), {
          abortSignal: signal,
        })
        return await transcriptionOf(job, request, signal)
      } catch (error) {
        if (signal.aborted) throw signal.reason
        if (error instanceof ConflictException) return look(request, signal)
        throw translateAws(error, service)
      }
    },
  }
}
