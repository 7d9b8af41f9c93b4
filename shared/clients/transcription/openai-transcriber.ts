import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { audioContentTypes } from '../../contracts/voice.ts'
import { modelBaseUrl, modelProvider, transcriptionModel } from '../../platform/model-settings.ts'
import { connectionCode, vendorCode } from '../failure-codes.ts'
import { openaiApiKey } from '../openai/api-key.ts'
import { refusedRequest } from '../openai/errors.ts'
import type { Transcriber, TranscriptionRequest } from './transcriber.ts'

const Answer = z.object({ text: z.string() })
const ErrorAnswer = z.object({
  error: z.object({ code: z.unknown().optional(), type: z.unknown().optional() }),
})

const refused = async (response: Response): Promise<StudioError> => {
  const answer = ErrorAnswer.safeParse(await response.json().catch(() => undefined))
  const { code, type } = answer.data?.error ?? {}
  return refusedRequest({
    status: response.status,
    code: vendorCode(code) ?? vendorCode(type),
    requestId: vendorCode(response.headers.get('x-request-id')),
    headers: response.headers,
  })
}

const formOf = async (request: TranscriptionRequest): Promise<FormData> => {
  const { format, locale } = request
  const form = new FormData()
  const bytes = new Uint8Array(await request.audio())
  // Servers tell the format by the file name's extension.
  const file = new File([bytes], `speech.${format}`, { type: audioContentTypes[format] })
  form.set('file', file)
  form.set('model', transcriptionModel())
  form.set('language', locale.slice(0, 2))
  form.set('response_format', 'json')
  return form
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
    const key = await openaiApiKey()
    const body = await formOf(request)
    try {
      const url = `${modelBaseUrl() ?? 'https://api.openai.com/v1'}/audio/transcriptions`
      const headers = { authorization: `Bearer ${key}` }
      const response = await fetch(url, { method: 'POST', headers, body, signal })
      if (!response.ok) throw await refused(response)
      const answer = Answer.safeParse(await response.json())
      if (answer.success) return { status: 'done', text: answer.data.text }
      throw new StudioError('UPSTREAM_ERROR', 'The transcription has no text.')
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (error instanceof StudioError) throw error
      throw new StudioError('UPSTREAM_ERROR', 'The transcribing server could not be reached.', {
        cause: new Error(connectionCode(error) ?? 'no code'),
      })
    }
  },
})
