import { beforeEach, describe, expect, it } from 'vitest'
import { createRecognizer, speak } from '../../support/audio/voice-turns.ts'
import { answers } from '../../support/model-server/answers.ts'
import type { Made } from '../../support/model-server/audio.ts'
import { type Client, readLog, startSession } from '../../support/studio/client.ts'
import { useStudio } from '../../support/studio/shared-studio.ts'
import { plannerAnswer } from '../../support/studio/studio.ts'

const studio = useStudio()
let recognizer: ReturnType<typeof createRecognizer>
beforeEach(() => {
  recognizer = createRecognizer(studio.model)
})

const write = (client: Client, sessionId: string, text: string) =>
  client.post(`/api/chat/session/${sessionId}/message`, { message: text })

describe('a recording without a transcript', () => {
  const json = (content: unknown): Made => ({
    kind: 'made',
    contentType: 'application/json',
    content: JSON.stringify(content),
  })
  const plain = (content: string | Buffer): Made => ({
    kind: 'made',
    contentType: 'text/plain; charset=utf-8',
    content,
  })
  const code = 'TRANSCRIPT_EMPTY'
  it.each<[string, Made]>([
    ['no text', json({ text: '' })],
    ['a sigh', json({ text: ' … ' })],
    ['null', json({ text: null })],
    ['white space', json({ text: ' \n\t ' })],
    ['what cannot be seen', json({ text: '\u3164\u200b' })],
    ['an empty string', json('')],
    ['no segments', json({ segments: [] })],
    ['an empty plain text', plain('\n')],
    ['blank audio', json({ text: '[BLANK_AUDIO]' })],
    ['blank audio as plain text', plain('[BLANK_AUDIO]\n')],
    ['music', json({ text: ' (음악) ' })],
    ['notes', json({ text: '♪♪' })],
    ['the end of a broadcast', json({ text: '시청해주셔서 감사합니다!' })],
    ['a request to subscribe', json({ text: '구독과 좋아요 부탁드립니다.' })],
    ['news', json({ text: 'MBC 뉴스 이덕영입니다.' })],
    ['the end of a film', json({ text: 'Thanks for watching!' })],
    [
      'thanks where no speech was heard',
      json({
        text: '감사합니다.',
        segments: [{ text: '감사합니다.', no_speech_prob: 0.93, avg_logprob: -0.4 }],
      }),
    ],
    [
      'words that the provider itself would drop',
      json({ segments: [{ text: '동백 꽃', no_speech_prob: 0.8, avg_logprob: -1.4 }] }),
    ],
  ])("%s: says so in the session's language, and typing works at once", async (_, made) => {
    const { client, sessionId } = await startSession(studio.origin, { locale: 'en-US' })
    studio.model.transcription.script(made)
    const answer = await speak(client, sessionId, await recognizer.say('들리세요?'))
    expect(answer).toMatchObject({ status: 422, body: { error: { code, retryable: true } } })
    expect(studio.model.transcription.calls).toHaveLength(1)
    expect(answer.body.title).toMatch(/^No words could be made out/)
    const log = await readLog(client, sessionId)
    expect(log.slice(1)).toMatchObject([
      {
        type: 'error',
        data: { code, retryable: true, stage: 'turn', turn: 1, message: answer.body.title },
      },
    ])
    await expectNothingSaid(client, sessionId)
    studio.model.script('planner', plannerAnswer([]))
    expect(await write(client, sessionId, 'Then I type.')).toMatchObject({
      status: 200,
      body: { turn: 2 },
    })
  })

  it.each<[string, Made]>([
    ['plain text', plain('들리세요?\n')],
    ['a JSON string', json('들리세요?')],
    ['segments alone', json({ segments: [{ text: ' 들리세요?' }] })],
    ['decomposed letters', json({ text: '들리세요?'.normalize('NFD') })],
    ['a byte order mark', plain('\ufeff들리세요?')],
  ])('that comes as %s is taken all the same', async (_, made) => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.transcription.script(made)
    studio.model.script('planner', plannerAnswer([]))
    const answer = await speak(client, sessionId, await recognizer.say('들리세요?'))
    expect(answer).toMatchObject({ status: 200, body: { transcript: '들리세요?' } })
  })

  it('is none when the words of a broadcast were surely said', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const text = '시청해주셔서 감사합니다!'
    studio.model.transcription.script(json({ text, segments: [{ text, no_speech_prob: 0.01 }] }))
    studio.model.script('planner', plannerAnswer([]))
    const answer = await speak(client, sessionId, await recognizer.say('들리세요?'))
    expect(answer).toMatchObject({ status: 200, body: { transcript: text } })
  })

  it.each([
    [
      'writes half a surrogate pair',
      json({ text: '안녕 \ud83d 하세요' }),
      502,
      'TRANSCRIPTION_FAILED',
    ],
    ['writes U+FFFD', json({ text: '안녕\ufffd하세요' }), 502, 'TRANSCRIPTION_FAILED'],
    ['writes no UTF-8', plain(Buffer.from('b5e9b8aebcbcbfe4', 'hex')), 502, 'TRANSCRIPTION_FAILED'],
    [
      'writes a page',
      { kind: 'made', contentType: 'text/html', content: '<html>busy</html>' },
      502,
      'TRANSCRIPTION_FAILED',
    ],
    [
      'breaks off',
      { kind: 'made', contentType: 'application/json', content: '{"text":"안' },
      502,
      'TRANSCRIPTION_FAILED',
    ],
    ['fails', answers.status(500), 502, 'TRANSCRIPTION_FAILED'],
    ['is busy', answers.rateLimited('1'), 429, 'RATE_LIMITED'],
    ['has no key', answers.status(401), 503, 'CAPABILITY_NOT_CONFIGURED'],
    [
      'answers nonsense',
      { kind: 'made', contentType: 'application/json', content: '{"words":1}' },
      502,
      'TRANSCRIPTION_FAILED',
    ],
    [
      'rambles',
      {
        kind: 'made',
        contentType: 'application/json',
        content: JSON.stringify({ text: '음 '.repeat(2000) }),
      },
      502,
      'TRANSCRIPTION_FAILED',
    ],
  ] as const)(
    'a server that %s: the cause is reported, and typing works at once',
    async (_, answer, status, code) => {
      const { client, sessionId } = await startSession(studio.origin)
      studio.model.transcription.script(answer)
      const failed = await speak(client, sessionId, await recognizer.say('들리세요?'))
      expect(failed).toMatchObject({ status, body: { error: { code } } })
      const log = await readLog(client, sessionId)
      expect(log.slice(1)).toMatchObject([
        { type: 'error', data: { code, stage: 'turn', turn: 1 } },
      ])
      expect(log.at(-1)?.data).toHaveProperty('detail')
      expect(studio.model.transcription.calls).toHaveLength(1)
      await expectNothingSaid(client, sessionId)
      studio.model.script('planner', plannerAnswer([]))
      expect(await write(client, sessionId, '그럼 글로 쓸게요.')).toMatchObject({ status: 200 })
    },
  )

  const expectNothingSaid = async (client: Client, sessionId: string): Promise<void> => {
    const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
    expect(body.messages).toMatchObject([{ turn: 0, author: 'system' }])
    const session = await client.get(`/api/chat/session/${sessionId}`)
    expect(session.body).toMatchObject({ state: 'CHAT_COLLECTING' })
    expect(studio.model.calls).toEqual([])
  }
})

describe('while speech becomes text', () => {
  it('the session is busy, and a stop frees it', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.transcription.script(answers.silence())
    const turn = speak(client, sessionId, await recognizer.say('아직 듣고 계세요?'))
    await studio.model.transcription.until((calls) => calls.length === 1)
    const meanwhile = await write(client, sessionId, '글로도 보낼게요.')
    expect(meanwhile).toMatchObject({ status: 409, body: { error: { code: 'TURN_IN_PROGRESS' } } })
    expect(Number(meanwhile.headers.get('retry-after'))).toBeGreaterThan(0)
    const second = await speak(client, sessionId, await recognizer.say('또 말해요.'))
    expect(second).toMatchObject({ status: 409, body: { error: { code: 'TURN_IN_PROGRESS' } } })

    const stopped = await client.post(`/api/chat/session/${sessionId}/stop`)
    expect(stopped.body).toEqual({ stopped: true, turn: 1 })
    studio.model.script('planner', plannerAnswer([]))
    expect(await write(client, sessionId, '이제 글로요.')).toMatchObject({
      status: 200,
      body: { turn: 2 },
    })
    // The turn does not go on waiting for a transcript that is of no use any more.
    expect(await turn).toMatchObject({ status: 409, body: { error: { code: 'STOPPED' } } })
  })
})
