import { afterEach, describe, expect, it } from 'vitest'
import { inspectAudio } from '../../../shared/services/voice/audio-inspection.ts'
import { speech } from '../../support/audio/recordings.ts'
import { expectOneTurn, sessionWithAnswer, transcript } from '../../support/audio/transcribing.ts'
import {
  mediaOf,
  recordingForm,
  speak,
  upload,
  voicePath,
} from '../../support/audio/voice-turns.ts'
import { refusals } from '../../support/aws/aws-stand-in.ts'
import { openSocket, readLog } from '../../support/studio/client.ts'
import { openEvents } from '../../support/studio/event-reader.ts'
import { useStudio } from '../../support/studio/shared-studio.ts'

const studio = useStudio('other voices')
const recording = await speech(transcript, 'webm-recorded')
// Nothing of a job may come up in the next test.
afterEach(() => studio.aws.transcribe.settled())

describe('a voice turn by Amazon Transcribe', () => {
  it('is a job named after its turn, of a recording in the bucket, and is answered in full', async () => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    studio.aws.transcribe.script({ transcript })
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({ status: 200, body: { turn: 1, transcript } })
    const [job] = studio.aws.transcribe.jobs
    expect(job?.name).toBe(`launch-studio-dev-${sessionId}-000001`)
    expect(job?.media.equals((await inspectAudio(recording)).bare)).toBe(true)
    expect(job?.input).toMatchObject({
      LanguageCode: 'ko-KR',
      MediaFormat: 'webm',
      OutputKey: `transcripts/${sessionId}/1.json`,
      Settings: { VocabularyName: 'launch-ko-KR' },
    })
    await studio.aws.transcribe.settled()
    await expectOneTurn(studio, client, sessionId)
    expect(await mediaOf(studio.engine, sessionId)).toHaveLength(2)
    await client.delete(`/api/chat/session/${sessionId}`)
    expect(await mediaOf(studio.engine, sessionId)).toEqual([])
  })

  it.each([
    ['is dropped', { events: 0 }],
    ['comes once', { events: 1 }],
    ['comes three times', { events: 3 }],
  ])('is taken once when its event %s', async (_, { events }) => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    studio.aws.transcribe.script({ transcript, events })
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({ status: 200, body: { transcript } })
    await studio.aws.transcribe.settled()
    await studio.runSchedule()
    await expectOneTurn(studio, client, sessionId)
  })

  it('is taken once when its event comes after the poll', async () => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    const polled = Promise.withResolvers<void>()
    studio.aws.transcribe.script({ transcript, events: 3, eventsAfter: polled.promise })
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({ status: 200, body: { turn: 1, transcript } })
    polled.resolve()
    await studio.aws.transcribe.settled()
    // Behind those events in the same function: when this turn is there, they have been handled.
    const next = await sessionWithAnswer(studio)
    studio.aws.transcribe.script({ transcript })
    await speak(next.client, next.sessionId, recording)
    const { calls } = studio.model
    expect(calls.filter(({ asker }) => asker === 'planner')).toHaveLength(2)
    calls.splice(1)
    await expectOneTurn(studio, client, sessionId)
  })

  it('streams to the reader that waits, whichever worker takes it', async () => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    const done = Promise.withResolvers<void>()
    studio.aws.transcribe.script({ transcript, until: done.promise })
    const form = recordingForm(recording)
    const reader = await openEvents(client, `${voicePath(sessionId)}/stream`, { post: form })
    done.resolve()
    expect(await reader.ended).toBe(true)
    expect(reader.events()).toEqual((await readLog(client, sessionId)).slice(1))
    await expectOneTurn(studio, client, sessionId)
  })

  it('is taken over a socket, in the language that is spoken', async () => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    const socket = await openSocket(client, sessionId)
    const { uploadId } = await upload(client, sessionId, recording, 'webm')
    studio.aws.transcribe.script({ transcript })
    socket.send({ action: 'voice', upload_id: uploadId, locale: 'en-US' })
    await socket.until(() => socket.events().some(({ type }) => type === 'turn.completed'))
    expect(studio.aws.transcribe.jobs[0]?.input.LanguageCode).toBe('en-US')
    await studio.aws.transcribe.settled()
    await expectOneTurn(studio, client, sessionId)
    await socket.close()
  })
})

describe('a transcription without a text', () => {
  it.each([
    ['silence', { transcript: '' }, 'TRANSCRIPT_EMPTY', 422],
    ['a failed job', { failure: 'Unsupported audio format.' }, 'TRANSCRIPTION_FAILED', 502],
    ['a job that was refused', refusals.throttled, 'RATE_LIMITED', 429],
    ['a service that is broken', refusals.broken, 'TRANSCRIPTION_FAILED', 502],
    ['a role that may not', refusals.denied, 'CAPABILITY_NOT_CONFIGURED', 503],
  ] as const)('%s: is reported once, and typing works at once', async (_, coming, code, status) => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    // The SDK tries twice what may pass.
    studio.aws.transcribe.script(coming, ...('refused' in coming ? [coming] : []))
    const answer = await speak(client, sessionId, recording)
    expect(answer).toMatchObject({ status, body: { error: { code } } })
    await studio.aws.transcribe.settled()
    const log = await readLog(client, sessionId)
    expect(log.slice(1)).toMatchObject([{ type: 'error', data: { code, turn: 1, stage: 'turn' } }])
    const typed = await client.post(`/api/chat/session/${sessionId}/message`, { message: '글로요' })
    expect(typed).toMatchObject({ status: 200, body: { turn: 2 } })
    const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
    expect(body.messages.map(({ turn }: { turn: number }) => turn)).toEqual([0, 2, 2])
  })
})
