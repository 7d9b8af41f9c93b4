import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { openaiSpeaker } from '../../../shared/clients/speech/openai-speaker.ts'
import { speechLimit } from '../../../shared/rules/model-limits.ts'
import { failureOf } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { audioAnswers } from '../../support/model-server/audio.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => {
  server.reset()
  vi.stubEnv('OPENAI_API_KEY', 'sk-secret')
  vi.stubEnv('OPENAI_BASE_URL', server.url)
  vi.stubEnv('TTS_MODEL', 'a-speaking-model')
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => server.stop())

const never = new AbortController().signal
const speak = (signal = never) =>
  openaiSpeaker().speak(
    { text: '동백 핸드크림을 팔아요', preset: 'friendly_ko', format: 'mp3' },
    signal,
  )
const json = (body: unknown) =>
  audioAnswers.speech(Buffer.from(JSON.stringify(body)), 'application/json')

it.each([
  [400, { message: 'input is too long' }, 'UPSTREAM_ERROR', false],
  [400, { message: 'No.', code: 'moderation_blocked' }, 'MODEL_REFUSED', false],
  [
    401,
    { message: 'Incorrect API key.', code: 'invalid_api_key' },
    'CAPABILITY_NOT_CONFIGURED',
    false,
  ],
  [403, { message: 'Forbidden' }, 'CAPABILITY_NOT_CONFIGURED', false],
  [404, { message: 'No.', code: 'model_not_found' }, 'CAPABILITY_NOT_CONFIGURED', false],
  [429, { message: 'Slow down.', code: 'rate_limit_exceeded' }, 'RATE_LIMITED', true],
  [500, { message: 'Something broke' }, 'UPSTREAM_ERROR', true],
  [503, { message: 'Overloaded.' }, 'UPSTREAM_ERROR', true],
])('a server of speech that answers %s with %j fails: %s', async (...row) => {
  const [status, error, code, retryable] = row
  server.speech.script({ ...answers.status(status, error), headers: { 'retry-after': '7' } })
  const failure = await failureOf(speak())
  expect(failure).toMatchObject({ code, retryable })
  expect(failure.retryAfter).toBe(retryable ? 7 : undefined)
  expect(server.speech.calls).toHaveLength(1)
})

it.each([
  [{ error: { code: 'moderation_blocked', message: 'No.' } }, 'MODEL_REFUSED'],
  [{ error: { code: 'overloaded', message: 'Out of voices' } }, 'UPSTREAM_ERROR'],
  [{ error: 'Out of voices' }, 'UPSTREAM_ERROR'],
  [{ detail: 'Out of voices' }, 'UPSTREAM_ERROR'],
])('a server of speech that answers 200 with %j fails: %s', async (body, code) => {
  server.speech.script(json(body))
  expect(await failureOf(speak())).toMatchObject({ code })
})

it('a server of speech that never ends is left at the limit', async () => {
  server.speech.script(audioAnswers.speech(Buffer.alloc(speechLimit.audioBytes + 1)))
  const failure = await failureOf(speak())
  expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR' })
  expect(failure.message).toContain('without an end')
})

it('a server of speech that is not there is said to be so', async () => {
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
  const failure = await failureOf(speak())
  expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
  expect(failure.message).toContain('could not be reached')
})

it('a server of speech that hangs is left with its caller', async () => {
  server.speech.script(answers.silence())
  const stop = new AbortController()
  const spoken = speak(stop.signal)
  stop.abort(new Error('stopped'))
  await expect(spoken).rejects.toThrow('stopped')
})
