import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../shared/contracts/http.ts'
import { SpeechMarks } from '../../shared/contracts/speech.ts'
import { audioDuration } from '../../shared/platform/audio-duration.ts'
import { wavHeader } from '../../shared/platform/wav.ts'
import { silence, speech } from '../support/audio/make.ts'
import { type AwsStandIn, refusals, startAwsStandIn } from '../support/aws-stand-in.ts'
import { type Answer, type Client, startSession } from '../support/client.ts'
import { answers } from '../support/model-server-answers.ts'
import { audioAnswers } from '../support/model-server-audio.ts'
import { plannerAnswer, type Studio, startStudio } from '../support/studio.ts'

const reply = '네, 동백 핸드크림이군요. 값은 <12,900원> & 배송비예요.'
const question = '누구에게 팔고 싶으세요?'
const contentTypes = { mp3: 'audio/mpeg', wav: 'audio/wav' } as const

/** A session in which the assistant has said something. */
const talk = async (studio: Studio, locale = 'ko-KR') => {
  const { client, sessionId, answer } = await startSession(studio.origin, { locale })
  studio.model.script('planner', plannerAnswer([], reply, question))
  await client.post(`/api/chat/session/${sessionId}/message`, { message: '핸드크림을 팔아요' })
  const greeting: string = answer.body.assistant_message.text
  const voice = (body: object): Promise<Answer> =>
    client.post(`/api/chat/session/${sessionId}/assistant-voice`, {
      text: reply,
      voice_preset: 'friendly_ko',
      format: 'mp3',
      ...body,
    })
  return { client, sessionId, greeting, voice }
}

const spoken = (answer: Answer) => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return routes.assistantVoice.answer.parse(answer.body)
}

/** What a plain client gets from a link, without any token. */
const download = async (url: string): Promise<Buffer> => {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

const refusedField = (answer: Answer, path: string): void => {
  expect(answer).toMatchObject({ status: 422, body: { error: { code: 'INVALID_INPUT' } } })
  expect(answer.body.errors).toMatchObject([{ path }])
}

describe('the voice of Amazon Polly', () => {
  let aws: AwsStandIn
  let studio: Studio
  beforeAll(async () => {
    aws = await startAwsStandIn()
    studio = await startStudio({ ...aws.environment, TTS_DEADLINE_MS: '3000' })
    aws.attach(studio.engine.endpoints)
  })
  afterAll(async () => {
    await studio?.stop()
    await aws?.stop()
  })
  afterEach(() => aws.polly.reset())

  it.each(['mp3', 'wav'] as const)(
    'is real %s, as long and as large as it says',
    async (format) => {
      const { voice } = await talk(studio)
      const answer = spoken(await voice({ format }))
      expect(answer).toMatchObject({ format, voice_preset: 'friendly_ko', provider: 'polly' })
      const response = await fetch(answer.audio_url)
      expect(response.headers.get('content-type')).toBe(contentTypes[format])
      const audio = Buffer.from(await response.arrayBuffer())
      expect(audio.length).toBe(answer.bytes_size)
      expect(await audioDuration(audio, contentTypes[format])).toBe(answer.duration_ms)
      expect(answer.duration_ms).toBeGreaterThan(2000)
      const left = Date.parse(answer.expires_at) - Date.now()
      expect(left).toBeGreaterThan(14 * 60_000)
      expect(new URL(answer.audio_url).searchParams.get('X-Amz-Expires')).toBe('900')
    },
  )

  it('comes with marks that point into the text', async () => {
    const { voice } = await talk(studio)
    const text = `${reply}\n\n${question}`
    const { speech_marks_url, duration_ms } = spoken(await voice({ text, voice_preset: 'calm_ko' }))
    const file = SpeechMarks.parse(JSON.parse((await download(speech_marks_url ?? '')).toString()))
    expect(file).toMatchObject({ text, voice_preset: 'calm_ko' })
    for (const { start, end, value } of file.marks) expect(text.slice(start, end)).toBe(value)
    const sentences = file.marks.filter(({ type }) => type === 'sentence')
    expect(sentences.map(({ value }) => value)).toEqual([
      '네, 동백 핸드크림이군요.',
      '값은 <12,900원> & 배송비예요.',
      question,
    ])
    const times = file.marks.map(({ time_ms }) => time_ms)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.at(-1)).toBeLessThan(duration_ms)
  })

  it('is slower where the preset is calm, and asks for a neural voice of the language', async () => {
    const { voice } = await talk(studio)
    const friendly = spoken(await voice({}))
    const calm = spoken(await voice({ voice_preset: 'calm_ko' }))
    expect(calm.duration_ms).toBeGreaterThan(1.1 * friendly.duration_ms)
    const english = await talk(studio, 'en-US')
    spoken(await english.voice({ text: english.greeting, voice_preset: 'neutral_en' }))
    expect(aws.polly.calls.map(({ Engine }) => Engine)).toEqual(Array(6).fill('neural'))
    expect([...new Set(aws.polly.calls.map(({ VoiceId }) => VoiceId))]).toEqual([
      'Seoyeon',
      'Matthew',
    ])
  })

  it('is made once for the same text, preset and format, and anew for another', async () => {
    const { voice, client, sessionId } = await talk(studio)
    const first = spoken(await voice({}))
    const again = spoken(await voice({ text: `  ${reply}\n` }))
    const keyOf = (url: string) => new URL(url).pathname
    expect(keyOf(again.audio_url)).toBe(keyOf(first.audio_url))
    expect(again).toMatchObject({ duration_ms: first.duration_ms, bytes_size: first.bytes_size })
    expect(keyOf(first.audio_url)).toMatch(
      new RegExp(`/sessions/${sessionId}/speech/[0-9a-f]{64}\\.mp3$`),
    )
    expect(aws.polly.calls).toHaveLength(2)
    const others = [{ format: 'wav' }, { voice_preset: 'cute_ko' }, { text: question }]
    for (const other of others) expect(spoken(await voice(other)).audio_url).toBeDefined()
    expect(aws.polly.calls).toHaveLength(8)
    // Sessions do not share: what is said in one goes with it.
    const stranger = await talk(studio)
    expect(keyOf(spoken(await stranger.voice({})).audio_url)).not.toBe(keyOf(first.audio_url))
    expect(client.token).not.toBe(stranger.client.token)
  })

  it('asked for twice at once ends as one object that both answers describe', async () => {
    const { voice } = await talk(studio)
    const both = (await Promise.all([voice({}), voice({})])).map(spoken)
    const [one, other] = await Promise.all(both.map(({ audio_url }) => download(audio_url)))
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true)
    expect(new Set(both.map(({ audio_url }) => new URL(audio_url).pathname)).size).toBe(1)
    for (const { bytes_size } of both) expect(bytes_size).toBe(one?.length)
  })

  it('speaks a message, its answer and its question, and the greeting', async () => {
    const { voice, greeting } = await talk(studio)
    for (const text of [`${reply}\n\n${question}`, reply, question, greeting]) {
      spoken(await voice({ text }))
    }
  })

  it('speaks what was said long ago', async () => {
    const { voice, client, sessionId, greeting } = await talk(studio)
    for (let turn = 0; turn < 21; turn += 1) {
      studio.model.script('planner', plannerAnswer([], `답 ${turn}입니다.`, question))
      await client.post(`/api/chat/session/${sessionId}/message`, { message: `말 ${turn}` })
    }
    for (const text of [greeting, reply, '답 1입니다.', '답 20입니다.'])
      spoken(await voice({ text }))
    refusedField(await voice({ text: '답 21입니다.' }), 'text')
  })

  it('speaks nothing that the assistant did not say in this session', async () => {
    const { voice } = await talk(studio)
    const other = await talk(studio)
    const foreign = ['핸드크림을 팔아요', '안녕하세요', reply.slice(0, -1), `${reply} ${reply}`]
    for (const text of foreign) refusedField(await voice({ text }), 'text')
    studio.model.script('planner', plannerAnswer([], '다른 방에서 한 말이에요.', null))
    await other.client.post(`/api/chat/session/${other.sessionId}/message`, { message: '네' })
    refusedField(await voice({ text: '다른 방에서 한 말이에요.' }), 'text')
    expect(aws.polly.calls).toEqual([])
  })

  it('refuses what does not fit, each with its rule', async () => {
    const { voice } = await talk(studio)
    refusedField(await voice({ voice_preset: 'friendly_en' }), 'voice_preset')
    refusedField(await voice({ voice_preset: 'shouting_ko' }), 'voice_preset')
    refusedField(await voice({ format: 'ogg' }), 'format')
    refusedField(await voice({ text: ' \n ' }), 'text')
    refusedField(await voice({ text: '가'.repeat(1201) }), 'text')
    expect((await voice({ voice_preset: 'friendly_en' })).body.errors[0].message).toContain(
      'calm_ko',
    )
    expect(aws.polly.calls).toEqual([])
  })

  it('is nobody else’s', async () => {
    const { sessionId } = await talk(studio)
    const stranger: Client = (await talk(studio)).client
    const path = `/api/chat/session/${sessionId}/assistant-voice`
    const answer = await stranger.post(path, { text: reply, voice_preset: 'calm_ko' })
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'SESSION_NOT_FOUND' } } })
    stranger.token = undefined
    expect((await stranger.post(path, { text: reply, voice_preset: 'calm_ko' })).status).toBe(401)
  })

  it('is asked for once more when it fails, and heard then', async () => {
    const { voice } = await talk(studio)
    aws.polly.script(refusals.broken)
    expect(spoken(await voice({})).duration_ms).toBeGreaterThan(1000)
  })

  it.each([
    ['throttled', refusals.throttled, 429, 'RATE_LIMITED', true],
    ['broken', refusals.broken, 502, 'UPSTREAM_ERROR', true],
    ['denied', refusals.denied, 503, 'CAPABILITY_NOT_CONFIGURED', false],
    ['silent', refusals.silent, 504, 'MEDIA_TIMEOUT', true],
  ] as const)(
    'fails as what it is when Polly is %s, and works later',
    async (_, refusal, status, code, retryable) => {
      const { voice } = await talk(studio)
      aws.polly.script(refusal, refusal, refusal, refusal)
      expect(await voice({})).toMatchObject({ status, body: { error: { code, retryable } } })
      // Two calls a try: what is no use to repeat is not repeated.
      expect(aws.polly.calls).toHaveLength(retryable ? 4 : 2)
      aws.polly.reset()
      spoken(await voice({}))
    },
    60_000,
  )
})

describe('the voice of a server that speaks OpenAI’s protocol', () => {
  let studio: Studio
  let mp3: Buffer
  beforeAll(async () => {
    mp3 = await speech(reply, { format: 'mp3' })
    studio = await startStudio({ TTS_PROVIDER: 'openai', TTS_MODEL: 'a-speaking-model' })
  })
  afterAll(() => studio?.stop())
  afterEach(() => studio.model.speech.reset())

  it('is what the server sent, asked for with voice, manner and key', async () => {
    const { voice } = await talk(studio)
    studio.model.speech.script(audioAnswers.speech(mp3))
    const answer = spoken(await voice({ voice_preset: 'calm_ko' }))
    expect(answer).toMatchObject({ provider: 'scripted', speech_marks_url: null })
    expect(await download(answer.audio_url)).toEqual(mp3)
    expect(answer.duration_ms).toBe(await audioDuration(mp3, 'audio/mpeg'))
    spoken(await voice({ voice_preset: 'calm_ko' }))
    expect(studio.model.speech.calls).toMatchObject([
      {
        authorization: 'Bearer test-key',
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
    ['limits', answers.rateLimited('30'), 429, 'RATE_LIMITED', 1],
    ['fails', answers.status(500), 502, 'UPSTREAM_ERROR', 2],
    ['turns the key away', answers.status(401), 503, 'CAPABILITY_NOT_CONFIGURED', 1],
    ['refuses', answers.status(400), 502, 'UPSTREAM_ERROR', 1],
    ['sends a page', audioAnswers.speech(Buffer.from('<html>')), 502, 'UPSTREAM_ERROR', 2],
    ['sends nothing', audioAnswers.speech(Buffer.alloc(0)), 502, 'UPSTREAM_ERROR', 2],
  ] as const)('that %s is told as that', async (_, made, status, code, calls) => {
    const { voice } = await talk(studio)
    studio.model.speech.script(made, made)
    const answer = await voice({})
    expect(answer).toMatchObject({ status, body: { error: { code } } })
    expect(studio.model.speech.calls).toHaveLength(calls)
    expect(JSON.stringify(answer.body)).not.toContain('unwell')
  })

  it('without the model is told by the name of the variable', async () => {
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

describe('a voice that is not configured', () => {
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
