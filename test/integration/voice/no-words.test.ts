import { beforeEach, describe, expect, it } from 'vitest'
import { silence } from '../../support/audio/recordings.ts'
import { createRecognizer, speak } from '../../support/audio/voice-turns.ts'
import { answers } from '../../support/model-server/answers.ts'
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
  const quiet = [
    ['silence', '', 'TRANSCRIPT_EMPTY', 422],
    ['a sigh', ' … ', 'TRANSCRIPT_EMPTY', 422],
  ] as const
  it.each(quiet)(
    "%s: says so in the session's language, and typing works at once",
    async (_, text, code, status) => {
      const { client, sessionId } = await startSession(studio.origin, { locale: 'en-US' })
      studio.model.transcription.script({
        kind: 'made',
        contentType: 'application/json',
        content: JSON.stringify({ text }),
      })
      const answer = await speak(client, sessionId, await silence(2))
      expect(answer).toMatchObject({ status, body: { error: { code, retryable: true } } })
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
    },
  )

  it.each([
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
