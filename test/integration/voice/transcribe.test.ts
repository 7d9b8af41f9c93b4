import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { speech } from '../../support/audio/make.ts'
import { type AwsStandIn, refusals, startAwsStandIn } from '../../support/aws-stand-in.ts'
import {
  type Client,
  openSocket,
  readLog,
  startSession,
  waitForEvent,
} from '../../support/client.ts'
import { openEvents } from '../../support/event-reader.ts'
import { mediaOf, recordingForm, speak, upload, voicePath } from '../../support/speaking.ts'
import { plannerAnswer, type Studio, startStudioOn } from '../../support/studio.ts'

const text = '동백 핸드크림을 팔아요.'

/** Lets a test ring the minute's schedule: the same function, by an event of its own. */
const withBell = (template: unknown) => {
  const { Resources, ...rest } = template as { Resources: Record<string, unknown> }
  const Bell = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['test.schedule'] },
      State: 'ENABLED',
      Targets: [{ Id: 'Finisher', Arn: { 'Fn::GetAtt': ['TranscriptionFinished', 'Arn'] } }],
    },
  }
  return { ...rest, Resources: { ...Resources, Bell } }
}

let aws: AwsStandIn
let studio: Studio
let recording: Buffer
beforeAll(async () => {
  recording = await speech(text, { format: 'webm-recorded' })
  aws = await startAwsStandIn()
  const { template, outdir } = inject('synthesis')
  studio = await startStudioOn(
    { template: withBell(template), outdir },
    {
      ...aws.environment,
      STT_PROVIDER: 'transcribe',
      // The route waits 2 s, 1.2 of them for the words; what is older than 1.2 s is looked after.
      VOICE_WAIT_MS: '2000',
      STT_DEADLINE_MS: '1000',
      TRANSCRIBE_VOCABULARY_NAME: 'launch-{locale}',
    },
  )
  aws.attach(studio.engine.endpoints)
})
afterAll(async () => {
  await studio?.stop()
  await aws?.stop()
})
afterEach(async () => {
  await aws.transcribe.settled()
  aws.transcribe.reset()
  studio.model.reset()
})

const putEvent = async (source: string, detail: object, detailType = 'Test'): Promise<void> => {
  const answer = await fetch(studio.engine.endpoints.eventbridge, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
    },
    body: JSON.stringify({
      Entries: [{ Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }],
    }),
  })
  expect(answer.status).toBe(200)
}
const ringTheBell = (): Promise<void> => putEvent('test.schedule', {})

const begin = async (locale?: string) => {
  const session = await startSession(studio.origin, locale ? { locale } : {})
  studio.model.script('planner', plannerAnswer([]))
  return session
}

/** The turn was taken once: one message, one call of the planner, one end. */
const expectOneTurn = async (client: Client, sessionId: string, turn = 1): Promise<void> => {
  const log = await readLog(client, sessionId)
  const of = (type: string) => log.filter((event) => event.type === type)
  expect(of('voice.delta')).toMatchObject([{ data: { transcript: text, turn } }])
  expect(of('turn.started')).toMatchObject([{ data: { message: text, input: 'voice', turn } }])
  expect(of('turn.completed')).toHaveLength(1)
  expect(of('error')).toEqual([])
  expect(studio.model.calls.filter(({ asker }) => asker === 'planner')).toHaveLength(1)
  const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
  expect(body.messages).toMatchObject([
    { turn: 0 },
    { turn, role: 'user', text, input: 'voice' },
    { turn, role: 'assistant', author: 'planner' },
  ])
}

const endOf = (client: Client, sessionId: string) =>
  waitForEvent(client, sessionId, ({ type }) => type === 'turn.completed' || type === 'error')

describe('a spoken turn by Amazon Transcribe', () => {
  it('is a job named after its turn, of a recording in the bucket, and is answered in full', async () => {
    const { client, sessionId } = await begin()
    aws.transcribe.script({ transcript: text })
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({ status: 200, body: { turn: 1, transcript: text } })
    const [job] = aws.transcribe.jobs
    expect(job?.name).toBe(`launch-studio-dev-${sessionId}-000001`)
    expect(job?.media.equals(recording)).toBe(true)
    expect(job?.input).toMatchObject({
      LanguageCode: 'ko-KR',
      MediaFormat: 'webm',
      OutputKey: `transcripts/${sessionId}/1.json`,
      Settings: { VocabularyName: 'launch-ko-KR' },
    })
    await aws.transcribe.settled()
    await expectOneTurn(client, sessionId)
    expect(await mediaOf(studio.engine, sessionId)).toHaveLength(2)
    await client.delete(`/api/chat/session/${sessionId}`)
    expect(await mediaOf(studio.engine, sessionId)).toEqual([])
  })

  it.each([
    ['is dropped', { events: 0 }],
    ['comes once', { events: 1 }],
    ['comes three times', { events: 3 }],
  ])('is taken once when its event %s', async (_, { events }) => {
    const { client, sessionId } = await begin()
    aws.transcribe.script({ transcript: text, events })
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({ status: 200, body: { transcript: text } })
    await aws.transcribe.settled()
    await ringTheBell()
    await expectOneTurn(client, sessionId)
  })

  it('is taken once when its event comes after the poll', async () => {
    const { client, sessionId } = await begin()
    const polled = Promise.withResolvers<void>()
    aws.transcribe.script({ transcript: text, events: 3, eventsAfter: polled.promise })
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({ status: 200, body: { turn: 1, transcript: text } })
    polled.resolve()
    await aws.transcribe.settled()
    // Behind those events in the same function: when this turn is there, they have been handled.
    const next = await begin()
    aws.transcribe.script({ transcript: text })
    await speak(next.client, next.sessionId, recording)
    const { calls } = studio.model
    expect(calls.filter(({ asker }) => asker === 'planner')).toHaveLength(2)
    calls.splice(1)
    await expectOneTurn(client, sessionId)
  })

  it('answers 202 with where to look when it takes longer, and its events tell the rest', async () => {
    const { client, sessionId } = await begin()
    const heard = Promise.withResolvers<void>()
    aws.transcribe.script({ transcript: text, until: heard.promise, events: 3 })
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
    expect(body.events[0]).toMatchObject({ type: 'voice.delta', data: { transcript: text } })
    await endOf(client, sessionId)
    await aws.transcribe.settled()
    await expectOneTurn(client, sessionId)
  })

  it('is finished by the schedule when nobody waits and no event comes', async () => {
    const { client, sessionId } = await begin()
    const heard = Promise.withResolvers<void>()
    aws.transcribe.script({ transcript: text, until: heard.promise, events: 0 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    heard.resolve()
    await aws.transcribe.settled()
    await Promise.all([ringTheBell(), ringTheBell(), ringTheBell()])
    expect(await endOf(client, sessionId)).toMatchObject({ type: 'turn.completed' })
    await ringTheBell()
    await expectOneTurn(client, sessionId)
  })

  it('streams to whoever waits, whoever takes it', async () => {
    const { client, sessionId } = await begin()
    const heard = Promise.withResolvers<void>()
    aws.transcribe.script({ transcript: text, until: heard.promise })
    const form = recordingForm(recording)
    const reader = await openEvents(client, `${voicePath(sessionId)}/stream`, { post: form })
    heard.resolve()
    expect(await reader.ended).toBe(true)
    expect(reader.events()).toEqual((await readLog(client, sessionId)).slice(1))
    await expectOneTurn(client, sessionId)
  })

  it('is taken over a socket, in the language that is spoken', async () => {
    const { client, sessionId } = await begin()
    const socket = await openSocket(client, sessionId)
    const { uploadId } = await upload(client, sessionId, recording, 'webm')
    aws.transcribe.script({ transcript: text })
    socket.send({ action: 'voice', upload_id: uploadId, locale: 'en-US' })
    await socket.until(() => socket.events().some(({ type }) => type === 'turn.completed'))
    expect(aws.transcribe.jobs[0]?.input.LanguageCode).toBe('en-US')
    await aws.transcribe.settled()
    await expectOneTurn(client, sessionId)
    await socket.close()
  })
})

describe('a transcription that gives no words', () => {
  it.each([
    ['silence', { transcript: '' }, 'TRANSCRIPT_EMPTY', 422],
    ['a failed job', { failure: 'Unsupported audio format.' }, 'TRANSCRIPTION_FAILED', 502],
    ['a job that was refused', refusals.throttled, 'RATE_LIMITED', 429],
    ['a service that is broken', refusals.broken, 'TRANSCRIPTION_FAILED', 502],
    ['a role that may not', refusals.denied, 'CAPABILITY_NOT_CONFIGURED', 503],
  ] as const)('%s: is told once, and typing works at once', async (_, coming, code, status) => {
    const { client, sessionId } = await begin()
    // The SDK tries twice what may pass.
    aws.transcribe.script(coming, ...('refused' in coming ? [coming] : []))
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({ status, body: { error: { code } } })
    await aws.transcribe.settled()
    const log = await readLog(client, sessionId)
    expect(log.slice(1)).toMatchObject([{ type: 'error', data: { code, turn: 1, stage: 'turn' } }])
    const typed = await client.post(`/api/chat/session/${sessionId}/message`, { message: '글로요' })
    expect(typed).toMatchObject({ status: 200, body: { turn: 2 } })
    const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
    expect(body.messages.map(({ turn }: { turn: number }) => turn)).toEqual([0, 2, 2])
  })

  it('fails late: the event alone tells it, once, with the cause', async () => {
    const { client, sessionId } = await begin()
    const heard = Promise.withResolvers<void>()
    const failure = 'The media format provided does not match the detected media format.'
    aws.transcribe.script({ failure, until: heard.promise, events: 3 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    heard.resolve()
    expect(await endOf(client, sessionId)).toMatchObject({
      type: 'error',
      data: {
        code: 'TRANSCRIPTION_FAILED',
        retryable: true,
        detail: `Amazon Transcribe failed: ${failure}`,
      },
    })
    await aws.transcribe.settled()
    await ringTheBell()
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'error')).toHaveLength(1)
    expect(studio.model.calls).toEqual([])
  })

  it('that was stopped stays stopped, whatever comes', async () => {
    const { client, sessionId } = await begin()
    const heard = Promise.withResolvers<void>()
    aws.transcribe.script({ transcript: text, until: heard.promise, events: 2 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    await client.post(`/api/chat/session/${sessionId}/stop`)
    heard.resolve()
    await aws.transcribe.settled()
    await ringTheBell()
    const typed = await client.post(`/api/chat/session/${sessionId}/message`, { message: '글로요' })
    expect(typed).toMatchObject({ status: 200, body: { turn: 2 } })
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'voice.delta')).toEqual([])
    expect(studio.model.calls).toHaveLength(1)
  })
})
