import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { speech } from '../../support/audio/make.ts'
import { speak } from '../../support/audio/speaking.ts'
import {
  endOfTurn,
  expectOneTurn,
  saidOnce,
  startTranscribing,
  type Transcribing,
} from '../../support/audio/transcribing.ts'
import { readLog } from '../../support/studio/client.ts'

let scene: Transcribing
let recording: Buffer
beforeAll(async () => {
  recording = await speech(saidOnce, { format: 'webm-recorded' })
  scene = await startTranscribing({
    // The route waits a second and a half; what is older than 1.2 s is looked after.
    VOICE_WAIT_MS: '1500',
    STT_DEADLINE_MS: '1000',
  })
})
afterAll(() => scene?.stop())
afterEach(() => scene.settle())

describe('a transcription that takes longer than the route waits', () => {
  it('answers 202 with where to look when it takes longer, and its events tell the rest', async () => {
    const { client, sessionId } = await scene.begin()
    const heard = Promise.withResolvers<void>()
    scene.aws.transcribe.script({ transcript: saidOnce, until: heard.promise, events: 3 })
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({
      status: 202,
      body: { session_id: sessionId, turn: 1, status: 'transcribing', after: 1 },
    })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const place = answer.headers.get('location') ?? ''
    expect(place).toBe(`/api/chat/session/${sessionId}/events?after=1`)
    const busy = await client.post(`/api/chat/session/${sessionId}/message`, {
      message: '글로도요',
    })
    expect(busy).toMatchObject({ status: 409, body: { error: { code: 'TURN_IN_PROGRESS' } } })

    heard.resolve()
    const { body } = await client.get(`${place}&wait=20`)
    expect(body.events[0]).toMatchObject({ type: 'voice.delta', data: { transcript: saidOnce } })
    await endOfTurn(client, sessionId)
    await scene.aws.transcribe.settled()
    await expectOneTurn(scene, client, sessionId)
  })

  it('is finished by the schedule when nobody waits and no event comes', async () => {
    const { client, sessionId } = await scene.begin()
    const heard = Promise.withResolvers<void>()
    scene.aws.transcribe.script({ transcript: saidOnce, until: heard.promise, events: 0 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    heard.resolve()
    await scene.aws.transcribe.settled()
    await Promise.all([scene.ringTheBell(), scene.ringTheBell(), scene.ringTheBell()])
    expect(await endOfTurn(client, sessionId)).toMatchObject({ type: 'turn.completed' })
    await scene.ringTheBell()
    await expectOneTurn(scene, client, sessionId)
  })

  it('fails late: the event alone tells it, once, with the cause', async () => {
    const { client, sessionId } = await scene.begin()
    const heard = Promise.withResolvers<void>()
    const failure = 'The media format provided does not match the detected media format.'
    scene.aws.transcribe.script({ failure, until: heard.promise, events: 3 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    heard.resolve()
    expect(await endOfTurn(client, sessionId)).toMatchObject({
      type: 'error',
      data: {
        code: 'TRANSCRIPTION_FAILED',
        retryable: true,
        detail: `Amazon Transcribe failed: ${failure}`,
      },
    })
    await scene.aws.transcribe.settled()
    await scene.ringTheBell()
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'error')).toHaveLength(1)
    expect(scene.studio.model.calls).toEqual([])
  })

  it('that was stopped stays stopped, whatever comes', async () => {
    const { client, sessionId } = await scene.begin()
    const heard = Promise.withResolvers<void>()
    scene.aws.transcribe.script({ transcript: saidOnce, until: heard.promise, events: 2 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    await client.post(`/api/chat/session/${sessionId}/stop`)
    heard.resolve()
    await scene.aws.transcribe.settled()
    await scene.ringTheBell()
    const typed = await client.post(`/api/chat/session/${sessionId}/message`, { message: '글로요' })
    expect(typed).toMatchObject({ status: 200, body: { turn: 2 } })
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'voice.delta')).toEqual([])
    expect(scene.studio.model.calls).toHaveLength(1)
  })
})
