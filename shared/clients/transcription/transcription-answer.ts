/** The answer of a server with OpenAI's `/audio/transcriptions`, whichever of its forms comes. */
import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { decodeUtf8 } from '../../contracts/text.ts'
import type { SpeechRating } from '../../rules/transcripts.ts'
import { reportOf } from '../openai/failure-in-stream.ts'
import { vendorError } from '../openai/vendor-failure.ts'
import type { Transcription } from './transcriber.ts'

/** Whisper's own thresholds: above the first a segment holds no speech, unless it is sure of its words. */
const noSpeech = 0.6
const unsureWords = -1
/** Below it there is speech, whatever the words are. */
const clearSpeech = 0.1

const Segment = z.object({
  text: z.string().nullish().catch(undefined),
  no_speech_prob: z.number().nullish().catch(undefined),
  avg_logprob: z.number().nullish().catch(undefined),
})
type Segment = z.infer<typeof Segment>

const Answer = z.object({
  text: z.string().nullish(),
  segments: z.array(Segment).nullish().catch(undefined),
  /** Some servers report a failure with the status of a success. */
  error: z.unknown().optional(),
})

/** The transcription failed for this reason; the answer was received, so it is not asked for again. */
export const failedTranscription = (reason: string): Transcription => ({
  status: 'failed',
  failure: new StudioError('TRANSCRIPTION_FAILED', reason),
})

const isSilent = ({ no_speech_prob }: Segment): boolean => (no_speech_prob ?? 0) > noSpeech

const ratingOf = (segments: readonly Segment[]): SpeechRating => {
  if (segments.length === 0) return undefined
  if (segments.every(isSilent)) {
    const isUnsure = segments.every(({ avg_logprob }) => (avg_logprob ?? 0) < unsureWords)
    return isUnsure ? 'none' : 'doubtful'
  }
  const isClear = ({ no_speech_prob }: Segment) =>
    typeof no_speech_prob === 'number' && no_speech_prob < clearSpeech
  return segments.some(isClear) ? 'likely' : undefined
}

const fromJson = (value: unknown, key: string): Transcription => {
  if (typeof value === 'string') return { status: 'done', text: value }
  const answer = Answer.safeParse(value)
  const { text, segments, error } = answer.data ?? {}
  if (!text && error) {
    return { status: 'failed', failure: vendorError(reportOf(value, { inStream: true }), [key]) }
  }
  if (!answer.success || (text === undefined && !segments)) {
    return failedTranscription('The transcription has no text.')
  }
  const joined = (segments ?? []).map((segment) => segment.text ?? '').join(' ')
  return { status: 'done', text: text || joined, speech: ratingOf(segments ?? []) }
}

/** When a subtitle of SRT or WebVTT is shown; whisper.cpp writes it in brackets before the words. */
const cueTime =
  /^\s*\[?(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3} --> (?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}(?:\]|[^\n\]]*$)/

/** The words of subtitles, which some servers answer with: without their header, numbers and times. */
const spokenIn = (text: string): string => {
  const lines = text.split(/\r?\n/)
  if (!lines.some((line) => cueTime.test(line))) return text
  const isTimed = (line: string | undefined): boolean => line !== undefined && cueTime.test(line)
  return lines
    .filter(
      (line, index) =>
        !/^WEBVTT\b/.test(line) && !(/^\d+$/.test(line) && isTimed(lines[index + 1])),
    )
    .map((line) => line.replace(cueTime, '').trim())
    .filter((line) => line !== '')
    .join('\n')
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is no plain text of a transcript, by its content type or, as servers leave that out, by its form. */
const otherFormats: [string, RegExp, RegExp][] = [
  ['a page', /html|xml/i, /^\s*<(?:!doctype|html|\?xml)\b/i],
  ['a stream of events', /event-stream/i, /^\s*(?:data: ?[{[]|event: ?[\w.-]+\r?\n)/],
  ['JSON that cannot be read', /json/i, /^\s*\{/],
]

/**
 * Reads an answer: JSON with or without segments, a JSON string, plain text, or subtitles.
 * @param key which no failure may repeat
 */
export const readTranscriptionAnswer = (
  bytes: Uint8Array,
  contentType: string | null,
  key: string,
): Transcription => {
  const text = decodeUtf8(bytes)
  if (text === null) return failedTranscription('The transcription is not UTF-8.')
  const value = parse(text)
  if (typeof value === 'string' || (typeof value === 'object' && value !== null)) {
    // An array is no answer of any server; `[…]` in a plain text names a sound.
    if (!Array.isArray(value)) return fromJson(value, key)
  }
  const other = otherFormats.find(
    ([, type, form]) => type.test(contentType ?? '') || form.test(text),
  )
  if (other) return failedTranscription(`The transcribing server answered with ${other[0]}.`)
  return { status: 'done', text: spokenIn(text) }
}
