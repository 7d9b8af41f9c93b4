import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { audioContentTypes } from '../../contracts/voice.ts'
import { modelBaseUrl, modelProvider, transcriptionModel } from '../../platform/model-settings.ts'
import { connectionCode } from '../failure-codes.ts'
import { openaiApiKey } from '../openai/api-key.ts'
import { openaiBaseUrl } from '../openai/base-url.ts'
import { readRefusal, refusedRequest } from '../openai/errors.ts'
import type { Transcriber, TranscriptionRequest } from './transcriber.ts'

const Answer = z.object({ text: z.string() })

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
      const url = `${modelBaseUrl() ?? openaiBaseUrl}/audio/transcriptions`
      const headers = { authorization: `Bearer ${key}` }
      const response = await fetch(url, { method: 'POST', headers, body, signal })
      if (!response.ok) throw refusedRequest(await readRefusal(response), [key])
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
