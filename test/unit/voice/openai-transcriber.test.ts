import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openaiTranscriber } from '../../../shared/clients/transcription/openai-transcriber.ts'
import { silence } from '../../support/audio/recordings.ts'
import { answers } from '../../support/model-server/answers.ts'
import { audioAnswers, createAudioRoutes } from '../../support/model-server/audio.ts'

const { transcription } = createAudioRoutes()
const server = createServer((request, response) => void transcription.handle(request, response))

beforeEach(async () => {
  transcription.reset()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  vi.stubEnv('OPENAI_BASE_URL', `http://127.0.0.1:${port}/v1`)
  vi.stubEnv('OPENAI_API_KEY', 'sk-test')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const transcribe = (model?: string) => {
  if (model !== undefined) vi.stubEnv('STT_MODEL', model)
  const request = {
    name: 'turn-1',
    key: 'uploads/one',
    transcriptKey: 'transcripts/one',
    format: 'wav',
    locale: 'ko-KR',
    audio: () => silence(1),
  } as const
  return openaiTranscriber().start(request, AbortSignal.timeout(10_000))
}
const forms = () => transcription.calls.map(({ fields }) => fields.response_format)

const verbose = (noSpeech: number, logProbability: number) => ({
  kind: 'made' as const,
  contentType: 'application/json',
  content: JSON.stringify({
    text: '네.',
    segments: [{ text: '네.', no_speech_prob: noSpeech, avg_logprob: logProbability }],
  }),
})

describe('the transcriber of an OpenAI-compatible server', () => {
  it('asks models that are no Whisper for the short answer', async () => {
    transcription.script(audioAnswers.transcript('네.'))
    expect(await transcribe('gpt-transcribe')).toMatchObject({ status: 'done', text: '네.' })
    expect(forms()).toEqual(['json'])
  })

  it.each([
    [0.95, -1.2, 'none'],
    [0.95, -0.3, 'doubtful'],
    [0.4, -0.3, undefined],
    [0.02, -1.2, 'likely'],
  ])('rates speech by what Whisper says of its segments: %d, %d is %s', async (no, log, rating) => {
    transcription.script(verbose(no, log))
    expect(await transcribe('whisper-1')).toMatchObject({ status: 'done', speech: rating })
    expect(forms()).toEqual(['verbose_json'])
  })

  it('asks for the short answer once the long one was refused, and remembers it', async () => {
    const refusal = answers.status(400, {
      message: "response_format 'verbose_json' is not compatible with this model.",
      type: 'invalid_request_error',
      code: 'unsupported_value',
    })
    transcription.script(refusal, audioAnswers.transcript('네.'), audioAnswers.transcript('예.'))
    expect(await transcribe('own/whisper')).toMatchObject({ text: '네.' })
    expect(await transcribe('own/whisper')).toMatchObject({ text: '예.' })
    expect(forms()).toEqual(['verbose_json', 'json', 'json'])
  })

  it('takes any other refusal as one', async () => {
    transcription.script(answers.status(400, { message: 'no', type: 'x', code: 'bad_audio' }))
    await expect(transcribe('whisper-1')).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' })
    expect(forms()).toEqual(['verbose_json'])
  })

  it('takes a failure that comes with the status of a success as one', async () => {
    const content = JSON.stringify({ error: { type: 'too_many_requests', message: 'slow down' } })
    transcription.script({ kind: 'made', contentType: 'application/json', content })
    expect(await transcribe()).toMatchObject({
      status: 'failed',
      failure: { code: 'RATE_LIMITED' },
    })
  })

  it.each([
    [
      'WebVTT',
      'WEBVTT\n\n00:00.000 --> 00:02.000 align:start\n동백\n\n00:02.000 --> 00:03.500\n핸드크림\n',
    ],
    [
      'SRT',
      '1\r\n00:00:00,000 --> 00:00:02,000\r\n동백\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,500\r\n핸드크림\r\n',
    ],
    [
      'whisper.cpp',
      '[00:00:00.000 --> 00:00:02.000]   동백\n[00:00:02.000 --> 00:00:03.500]   핸드크림\n',
    ],
    ['plain text', '동백\n핸드크림'],
  ])('finds what was said in %s', async (_, content) => {
    transcription.script({ kind: 'made', contentType: 'text/plain', content })
    expect(await transcribe()).toEqual({ status: 'done', text: '동백\n핸드크림' })
  })

  it.each([
    ['text/html', '<p>Log in'],
    ['text/plain', ' <!doctype html><html><body>Log in</body></html>'],
    ['text/event-stream', 'data: {"type":"transcript.text.done","text":"네."}\n\n'],
    ['text/plain', 'event: transcript.text.done\ndata: {"text":"네."}\n\n'],
    ['text/plain', '{"text":"네."}\n{"text":"예."}'],
    ['application/json', '{"text":"네."'],
  ])('makes no message of what is no transcript (%s, %j)', async (contentType, content) => {
    transcription.script({ kind: 'made', contentType, content })
    expect(await transcribe()).toMatchObject({
      status: 'failed',
      failure: { code: 'TRANSCRIPTION_FAILED' },
    })
  })

  it.each(['네, 알겠습니다.', 'data: 그런 단어입니다', '[BLANK_AUDIO]', '<3 좋아요 -> 그렇죠'])(
    'takes plain text as it is (%j)',
    async (text) => {
      transcription.script({ kind: 'made', contentType: 'text/plain', content: text })
      expect(await transcribe()).toMatchObject({ status: 'done', text })
    },
  )

  it('takes no more than an answer has', async () => {
    const content = JSON.stringify({ text: '네'.repeat(500_000) })
    transcription.script({ kind: 'made', contentType: 'application/json', content })
    expect(await transcribe()).toMatchObject({
      status: 'failed',
      failure: { code: 'TRANSCRIPTION_FAILED' },
    })
  })
})
