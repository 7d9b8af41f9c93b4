import { StudioError } from '../../contracts/errors.ts'
import { audioContentTypes } from '../../contracts/voice.ts'
import { modelBaseUrl, modelProvider, transcriptionModel } from '../../platform/model-settings.ts'
import { transcriptionLimit } from '../../rules/model-limits.ts'
import { boundedBody } from '../bounded-body.ts'
import { connectionCode } from '../failure-codes.ts'
import { openaiApiKey } from '../openai/api-key.ts'
import { openaiBaseUrl } from '../openai/base-url.ts'
import { readRefusal, refusedRequest } from '../openai/errors.ts'
import type { VendorReport } from '../openai/vendor-failure.ts'
import type { Transcriber, Transcription, TranscriptionRequest } from './transcriber.ts'
import { failedTranscription, readTranscriptionAnswer } from './transcription-answer.ts'

type AnswerForm = 'json' | 'verbose_json'

/** Models whose servers were seen to refuse the longer answer. */
const refusedVerbose = new Set<string>()

/**
 * The longer answer says of each segment whether there was speech. Whisper and what serves it know it;
 * OpenAI's newer models take `json` alone.
 */
const answerForm = (model: string): AnswerForm =>
  /whisper/i.test(model) && !refusedVerbose.has(model) ? 'verbose_json' : 'json'

interface Call {
  model: string
  key: string
  file: File
  /** Two letters. */
  language: string
  signal: AbortSignal
}

const callOf = async (
  { format, locale, audio }: TranscriptionRequest,
  signal: AbortSignal,
): Promise<Call> => {
  const key = await openaiApiKey()
  const bytes = new Uint8Array(await audio())
  // Servers tell the format by the file name's extension.
  const file = new File([bytes], `speech.${format}`, { type: audioContentTypes[format] })
  return { model: transcriptionModel(), key, file, language: locale.slice(0, 2), signal }
}

const send = (
  { model, key, file, language, signal }: Call,
  answer: AnswerForm,
): Promise<Response> => {
  const form = new FormData()
  form.set('file', file)
  form.set('model', model)
  form.set('language', language)
  form.set('response_format', answer)
  const headers = { authorization: `Bearer ${key}` }
  const url = `${modelBaseUrl() ?? openaiBaseUrl}/audio/transcriptions`
  return fetch(url, { method: 'POST', headers, body: form, redirect: 'manual', signal })
}

/** Whether a request was refused for the form of the answer that it asked for. */
const isFormRefused = ({ status, field = '', message = '' }: VendorReport): boolean =>
  (status === 400 || status === 422) && /response_format|verbose_json/.test(`${field} ${message}`)

const transcribe = async (call: Call, answer: AnswerForm): Promise<Transcription> => {
  const response = await send(call, answer)
  if (!response.ok) {
    const refusal = await readRefusal(response)
    if (answer === 'json' || !isFormRefused(refusal)) throw refusedRequest(refusal, [call.key])
    refusedVerbose.add(call.model)
    return transcribe(call, 'json')
  }
  const bytes = await boundedBody(response, transcriptionLimit.answerBytes)
  return bytes === undefined
    ? failedTranscription('The transcription is longer than a minute of speech.')
    : readTranscriptionAnswer(bytes, response.headers.get('content-type'), call.key)
}

/**
 * Any server with OpenAI's `/audio/transcriptions`, which is synchronous. Called with plain `fetch`,
 * as in the speaker.
 */
export const openaiTranscriber = (): Transcriber => ({
  provider: modelProvider(),
  async look() {
    return { status: 'unknown' }
  },
  async start(request, signal) {
    const call = await callOf(request, signal)
    try {
      return await transcribe(call, answerForm(call.model))
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (error instanceof StudioError) throw error
      throw new StudioError('UPSTREAM_ERROR', 'The transcribing server could not be reached.', {
        cause: new Error(connectionCode(error) ?? 'no code'),
      })
    }
  },
})
