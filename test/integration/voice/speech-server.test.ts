import { describe, expect, it } from 'vitest'
import { audioDuration } from '../../../shared/platform/audio/audio-duration.ts'
import { wavHeader } from '../../../shared/platform/audio/wav.ts'
import { download, reply, spoken, talk } from '../../support/audio/assistant-voice.ts'
import { silence, speech } from '../../support/audio/recordings.ts'
import { isFullLength } from '../../support/limits/run-length.ts'
import { answers } from '../../support/model-server/answers.ts'
import { audioAnswers } from '../../support/model-server/audio.ts'
import { canary } from '../../support/studio/log-scan.ts'
import { useStudio } from '../../support/studio/shared-studio.ts'
import { startStudio } from '../../support/studio/studio.ts'

describe('the voice of a server that speaks OpenAI’s protocol', () => {
  const studio = useStudio('other voices')

  it('is what the server sent, asked for with voice, manner and key', async () => {
    const { voice } = await talk(studio)
    const mp3 = await speech('인스타그램에서 바로 사게 하고 싶어요.', 'mp3')
    studio.model.speech.script(audioAnswers.speech(mp3))
    const answer = spoken(await voice({ voice_preset: 'calm_ko' }))
    expect(answer).toMatchObject({ provider: 'scripted', speech_marks_url: null })
    expect(await download(answer.audio_url)).toEqual(mp3)
    expect(answer.duration_ms).toBe(audioDuration(mp3, 'audio/mpeg'))
    spoken(await voice({ voice_preset: 'calm_ko' }))
    expect(studio.model.speech.calls).toMatchObject([
      {
        authorization: `Bearer test-key-${canary}`,
        body: {
          model: 'a-speaking-model',
          input: reply,
          response_format: 'mp3',
          voice: 'sage',
          instructions: expect.stringContaining('천천히'),
        },
      },
    ])
  })

  it('gets its true length where it was streamed as WAV', async () => {
    const { voice } = await talk(studio)
    const whole = await silence(3)
    const samples = whole.subarray(whole.indexOf('data') + 8)
    const header = wavHeader(0xff_ff_ff_00, { rate: 16_000, channels: 1, bits: 16 })
    studio.model.speech.script(audioAnswers.speech(Buffer.concat([header, samples]), 'audio/wav'))
    const answer = spoken(await voice({ format: 'wav' }))
    expect(answer.duration_ms).toBe(3000)
    const audio = await download(answer.audio_url)
    expect(audio.readUInt32LE(40)).toBe(samples.length)
  })

  it.each([
    ['-43', undefined, 2],
    ['0.493', '1', 2],
    ['1000000000000', '3600', 1],
  ])(
    'hands on a wait of %s as whole seconds within bounds (C9)',
    async (header, seconds, calls) => {
      const { voice } = await talk(studio)
      const busy = answers.rateLimited(header)
      studio.model.speech.script(busy, busy)
      const answer = await voice({})
      expect(answer.status).toBe(429)
      expect(answer.headers.get('retry-after') ?? undefined).toBe(seconds)
      expect(studio.model.speech.calls).toHaveLength(calls)
    },
  )

  it.each([
    ['limits', answers.rateLimited('30'), 429, 'RATE_LIMITED', 1],
    ['fails', answers.status(500), 502, 'UPSTREAM_ERROR', 2],
    ['turns the key away', answers.status(401), 503, 'CAPABILITY_NOT_CONFIGURED', 1],
    ['refuses', answers.status(400), 502, 'UPSTREAM_ERROR', 1],
    ['sends a page', audioAnswers.speech(Buffer.from('<html>')), 502, 'UPSTREAM_ERROR', 2],
    ['sends nothing', audioAnswers.speech(Buffer.alloc(0)), 502, 'UPSTREAM_ERROR', 2],
  ] as const)('that %s is reported as that', async (_, made, status, code, calls) => {
    const { voice } = await talk(studio)
    studio.model.speech.script(made, made)
    const answer = await voice({})
    expect(answer).toMatchObject({ status, body: { error: { code } } })
    expect(studio.model.speech.calls).toHaveLength(calls)
    // The vendor's own words are for the operator, in the detail alone.
    expect(answer.body.error.message).not.toContain('unwell')
  })

  it('without the model is reported by the name of the variable', async () => {
    const { voice } = await talk(studio)
    const gone = { message: 'Gone.', type: 'invalid_request_error', code: 'model_not_found' }
    studio.model.speech.script(answers.status(404, gone))
    const answer = await voice({})
    expect(answer).toMatchObject({
      status: 503,
      body: { error: { code: 'CAPABILITY_NOT_CONFIGURED', retryable: false } },
    })
    expect(answer.body.detail).toContain('TTS_MODEL')
  })
})

// The rule itself is in the unit tests of the speakers.
describe.runIf(isFullLength)('a voice that is not configured', () => {
  it.each([
    ['TTS_MODEL', { TTS_PROVIDER: 'openai' }],
    ['TTS_PROVIDER', { TTS_PROVIDER: 'parrot' }],
  ])('names %s, and everything else works', async (variable, environment) => {
    const studio = await startStudio(environment as Record<string, string>)
    try {
      const { voice, client, sessionId } = await talk(studio)
      const answer = await voice({})
      expect(answer).toMatchObject({
        status: 503,
        body: { error: { code: 'CAPABILITY_NOT_CONFIGURED', retryable: false } },
      })
      expect(answer.body.detail).toContain(variable)
      expect((await client.get(`/api/chat/session/${sessionId}`)).body).toMatchObject({ turn: 1 })
    } finally {
      await studio.stop()
    }
  })
})
