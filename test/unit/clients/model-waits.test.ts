import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openaiSpeaker } from '../../../shared/clients/speech/openai-speaker.ts'
import { failureOf } from '../../support/model-server/failed-call.ts'
import {
  jsonAnswer,
  type RawServer,
  startRawServer,
  streamAnswer,
} from '../../support/model-server/raw-server.ts'

let server: RawServer
beforeAll(async () => {
  server = await startRawServer()
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => server.stop())

describe('a wait', () => {
  const waitAfter = async (headers: Record<string, string>, message = 'Slow down.') =>
    (
      await failureOf(
        server,
        jsonAnswer({ error: { code: 'rate_limit_exceeded', message } }, 429, headers),
      )
    ).retryAfter

  test.each<[string, number | undefined]>([
    ['7', 7],
    ['0.493', 0.493],
    ['0', 0],
    ['1000000000000', 3600],
    ['-43', undefined],
    ['-0.5', undefined],
    ['soon', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 3600],
    ['Fri, 01 Jan 2021 00:00:00 GMT', undefined],
    ['2043', 2043],
    ['70, 70', 70],
    ['70s', 70],
  ])('of %j is %d s', async (header, seconds) => {
    expect(await waitAfter({ 'retry-after': header })).toBe(seconds)
  })

  test('in milliseconds goes first', async () => {
    expect(await waitAfter({ 'retry-after-ms': '250', 'retry-after': '9' })).toBe(0.25)
    expect(await waitAfter({ 'retry-after-ms': '-1', 'retry-after': '9' })).toBe(9)
  })

  test('is taken from the words where no header says it', async () => {
    expect(await waitAfter({}, 'Please try again in 1.5s.')).toBe(1.5)
    expect(await waitAfter({}, 'Try again in 20ms')).toBe(0.02)
    expect(await waitAfter({}, 'Please try again in 1m26.4s.')).toBe(86.4)
    expect(await waitAfter({}, 'Please try again in 1h2m3s.')).toBe(3600)
    expect(await waitAfter({}, 'Retry after 500 milliseconds.')).toBe(0.5)
    expect(await waitAfter({}, 'Retry in 2 minutes.')).toBe(120)
    expect(await waitAfter({}, 'Slow down.')).toBeUndefined()
    const failure = await failureOf(
      server,
      streamAnswer([{ error: { code: 429, details: [{ retryDelay: '34s' }] } }]),
    )
    expect(failure.retryAfter).toBe(34)
  })

  test('is taken from the words where the header says nothing sensible', async () => {
    for (const header of ['soon', '-43', 'Fri, 01 Jan 2021 00:00:00 GMT']) {
      expect(await waitAfter({ 'retry-after': header }, 'Please try again in 20s.')).toBe(20)
    }
  })

  test.each(['30초', '30\n40', '\0', {}])('of %j in the body hides no failure', async (said) => {
    const error = { code: 'rate_limit_exceeded', message: 'Try again in 5s.', retry_after: said }
    expect(await failureOf(server, jsonAnswer({ error }, 429))).toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      retryAfter: 5,
    })
  })

  test('of a server that speaks is read in the same way', async () => {
    vi.stubEnv('OPENAI_BASE_URL', server.url)
    vi.stubEnv('TTS_MODEL', 'm')
    server.respond(() => jsonAnswer({}, 503, { 'retry-after': '-43' }))
    const speech = openaiSpeaker().speak(
      { text: 'x', preset: 'calm_ko', format: 'mp3' },
      new AbortController().signal,
    )
    const failure: unknown = await speech.catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: true,
      retryAfter: undefined,
    })
  })
})
