import { describe, expect, it } from 'vitest'
import { SpeechMarks } from '../../../shared/contracts/speech.ts'
import { audioDuration } from '../../../shared/platform/audio/audio-duration.ts'
import {
  contentTypes,
  download,
  question,
  refusedField,
  reply,
  spoken,
  talk,
} from '../../support/audio/assistant-voice.ts'
import { refusals } from '../../support/aws/aws-stand-in.ts'
import type { Client } from '../../support/studio/client.ts'
import { useStudio } from '../../support/studio/shared-studio.ts'
import { plannerAnswer } from '../../support/studio/studio.ts'

describe('the voice of Amazon Polly', () => {
  const studio = useStudio()

  it.each(['mp3', 'wav'] as const)(
    'is a playable %s, as long and as large as it says',
    async (format) => {
      const { voice } = await talk(studio)
      const answer = spoken(await voice({ format }))
      expect(answer).toMatchObject({ format, voice_preset: 'friendly_ko', provider: 'polly' })
      const response = await fetch(answer.audio_url)
      expect(response.headers.get('content-type')).toBe(contentTypes[format])
      const audio = Buffer.from(await response.arrayBuffer())
      expect(audio.length).toBe(answer.bytes_size)
      expect(audioDuration(audio, contentTypes[format])).toBe(answer.duration_ms)
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
    expect(studio.aws.polly.calls.map(({ Engine }) => Engine)).toEqual(Array(6).fill('neural'))
    expect([...new Set(studio.aws.polly.calls.map(({ VoiceId }) => VoiceId))]).toEqual([
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
    expect(studio.aws.polly.calls).toHaveLength(2)
    const others = [{ format: 'wav' }, { voice_preset: 'cute_ko' }, { text: question }]
    for (const other of others) expect(spoken(await voice(other)).audio_url).toBeDefined()
    expect(studio.aws.polly.calls).toHaveLength(8)
    // Sessions do not share: what is said in one goes with it.
    const other = await talk(studio)
    expect(keyOf(spoken(await other.voice({})).audio_url)).not.toBe(keyOf(first.audio_url))
    expect(client.token).not.toBe(other.client.token)
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
    expect(studio.aws.polly.calls).toEqual([])
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
    expect(studio.aws.polly.calls).toEqual([])
  })

  it('is for its own session’s owner alone', async () => {
    const { sessionId } = await talk(studio)
    const other: Client = (await talk(studio)).client
    const path = `/api/chat/session/${sessionId}/assistant-voice`
    const answer = await other.post(path, { text: reply, voice_preset: 'calm_ko' })
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'SESSION_NOT_FOUND' } } })
    other.token = undefined
    expect((await other.post(path, { text: reply, voice_preset: 'calm_ko' })).status).toBe(401)
  })

  it('is erased with its session', async () => {
    const { voice, client, sessionId } = await talk(studio)
    const { audio_url, speech_marks_url } = spoken(await voice({}))
    const links = [audio_url, speech_marks_url ?? '']
    await Promise.all(links.map(download))
    expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
    const left = await Promise.all(links.map((link) => fetch(link)))
    expect(left.map(({ status }) => status)).toEqual([404, 404])
  })

  it('is asked for once more when it fails', async () => {
    const { voice } = await talk(studio)
    studio.aws.polly.script(refusals.broken)
    expect(spoken(await voice({})).duration_ms).toBeGreaterThan(1000)
  })

  it.each([
    ['throttled', refusals.throttled, 429, 'RATE_LIMITED', true],
    ['broken', refusals.broken, 502, 'UPSTREAM_ERROR', true],
    ['denied', refusals.denied, 503, 'CAPABILITY_NOT_CONFIGURED', false],
  ] as const)(
    'fails as what it is when Polly is %s, and works later',
    async (_, refusal, status, code, retryable) => {
      const { voice } = await talk(studio)
      studio.aws.polly.script(refusal, refusal, refusal, refusal)
      expect(await voice({})).toMatchObject({ status, body: { error: { code, retryable } } })
      // Two calls a try: what is no use to repeat is not repeated.
      expect(studio.aws.polly.calls).toHaveLength(retryable ? 4 : 2)
      studio.aws.polly.reset()
      spoken(await voice({}))
    },
  )
})

describe('the voice of Amazon Polly, when no answer comes,', () => {
  const studio = useStudio('impatient')

  it('is not waited for longer than its deadline, twice', async () => {
    const { voice } = await talk(studio)
    studio.aws.polly.script(...Array(4).fill(refusals.silent))
    expect(await voice({})).toMatchObject({
      status: 504,
      body: { error: { code: 'MEDIA_TIMEOUT', retryable: true } },
    })
    expect(studio.aws.polly.calls).toHaveLength(4)
  })
})
