import { afterEach, describe, expect, it } from 'vitest'
import { speech } from '../../support/audio/recordings.ts'
import {
  endOfTurn,
  expectOneTurn,
  sessionWithAnswer,
  transcript,
} from '../../support/audio/transcribing.ts'
import { speak } from '../../support/audio/voice-turns.ts'
import { eventually } from '../../support/limits/eventually.ts'
import { readLog } from '../../support/studio/client.ts'
import { linesOf } from '../../support/studio/line-reader.ts'
import { useStudio } from '../../support/studio/shared-studio.ts'

const studio = useStudio('impatient')
const recording = await speech(transcript, 'webm-recorded')
// Nothing of a job may come up in the next test.
afterEach(() => studio.aws.transcribe.settled())

describe('a transcription that takes longer than the route waits', () => {
  it('answers 202 with where to look when it takes longer, and its events bring the rest', async () => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    const done = Promise.withResolvers<void>()
    studio.aws.transcribe.script({ transcript, until: done.promise, events: 3 })
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

    done.resolve()
    const { body } = await client.get(`${place}&wait=20`)
    expect(body.events[0]).toMatchObject({ type: 'voice.delta', data: { transcript } })
    await endOfTurn(client, sessionId)
    await studio.aws.transcribe.settled()
    await expectOneTurn(studio, client, sessionId)
    // What finished it tells which request brought the recording.
    const finished = {
      kind: 'event',
      what: 'transcription ended',
      session_id: sessionId,
      request_id: answer.headers.get('x-request-id'),
    }
    await eventually(async () =>
      expect(await linesOf(studio)).toContainEqual(expect.objectContaining(finished)),
    )
  })

  it('is finished by the schedule when no request waits and no event comes', async () => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    const done = Promise.withResolvers<void>()
    studio.aws.transcribe.script({ transcript, until: done.promise, events: 0 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    done.resolve()
    await studio.aws.transcribe.settled()
    await Promise.all([studio.runSchedule(), studio.runSchedule(), studio.runSchedule()])
    expect(await endOfTurn(client, sessionId)).toMatchObject({ type: 'turn.completed' })
    await studio.runSchedule()
    await expectOneTurn(studio, client, sessionId)
  })

  it('fails late: the event alone reports it, once, with the cause', async () => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    const done = Promise.withResolvers<void>()
    const failure = 'The media format provided does not match the detected media format.'
    studio.aws.transcribe.script({ failure, until: done.promise, events: 3 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    done.resolve()
    expect(await endOfTurn(client, sessionId)).toMatchObject({
      type: 'error',
      data: {
        code: 'TRANSCRIPTION_FAILED',
        retryable: true,
        detail: `Amazon Transcribe failed: ${failure}`,
      },
    })
    await studio.aws.transcribe.settled()
    await studio.runSchedule()
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'error')).toHaveLength(1)
    expect(studio.model.calls).toEqual([])
  })

  it('that was stopped stays stopped, whatever comes', async () => {
    const { client, sessionId } = await sessionWithAnswer(studio)
    const done = Promise.withResolvers<void>()
    studio.aws.transcribe.script({ transcript, until: done.promise, events: 2 })
    expect(await speak(client, sessionId, recording)).toMatchObject({ status: 202 })
    await client.post(`/api/chat/session/${sessionId}/stop`)
    done.resolve()
    await studio.aws.transcribe.settled()
    await studio.runSchedule()
    const typed = await client.post(`/api/chat/session/${sessionId}/message`, { message: '글로요' })
    expect(typed).toMatchObject({ status: 200, body: { turn: 2 } })
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'voice.delta')).toEqual([])
    expect(studio.model.calls).toHaveLength(1)
  })
})
