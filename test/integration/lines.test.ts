import { describe, expect, it } from 'vitest'
import { createRecognizer, speak } from '../support/audio/voice-turns.ts'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import { sampleFindings, sampleResearch } from '../support/model-server/samples.ts'
import { openSocket, readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { openEvents, streamTurn } from '../support/studio/event-reader.ts'
import { linesOf, sumOf } from '../support/studio/line-reader.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { plannerAnswer, readySession, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()
const lines = () => linesOf(studio)

/** Resolves with the lines of one kind for an id, once there are so many. */
const linesWith = async (wanted: Record<string, unknown>, count = 1) => {
  const of = async () =>
    (await lines()).filter((line) =>
      Object.entries(wanted).every(([key, value]) => line[key] === value),
    )
  await eventually(async () => expect((await of()).length).toBeGreaterThanOrEqual(count))
  return of()
}

/** What a metric has grown by meanwhile. */
const growth = async (name: string, dimensions: Record<string, string>, least: number) => {
  const before = sumOf(await lines(), name, dimensions)
  return async () => {
    await eventually(async () =>
      expect(sumOf(await lines(), name, dimensions) - before).toBeGreaterThanOrEqual(least),
    )
    return sumOf(await lines(), name, dimensions) - before
  }
}

describe('one line', () => {
  it('for each request, served or refused, by the id that the caller got', async () => {
    const { client, sessionId, answer } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}`
    const asked = [
      { answer, what: 'POST /api/chat/session', status: 201, code: undefined },
      {
        answer: await client.post(`${path}/message`, { message: '' }),
        what: 'POST /api/chat/session/{session_id}/message',
        status: 422,
        code: 'INVALID_INPUT',
      },
      {
        answer: await client.get('/api/nowhere/at/all'),
        what: '$default',
        status: 404,
        code: 'ROUTE_NOT_FOUND',
      },
      {
        answer: await client.post(`/api/runs/${sessionId}/generate`),
        what: 'POST /api/runs/{session_id}/generate',
        status: 409,
        code: 'GATE_NOT_READY',
      },
    ]
    for (const { answer, what, status, code } of asked) {
      const request_id = answer.headers.get('x-request-id') ?? ''
      const [line, ...more] = await linesWith({ kind: 'request', request_id })
      expect(more).toEqual([])
      expect(line).toMatchObject({
        what,
        status,
        outcome: code === undefined ? 'ok' : 'refused',
        duration_ms: expect.any(Number),
        gateway_request_id: expect.stringMatching(/^[\w-]{10,}$/),
        lambda_request_id: expect.stringMatching(/^[\w-]{10,}$/),
        ...(code === undefined ? {} : { code }),
        ...(what === '$default' ? {} : { session_id: sessionId }),
      })
    }
  })

  it('for each frame, and for a socket that opens and closes', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const socket = await openSocket(client, sessionId)
    socket.send({ action: 'ping' })
    socket.send('no JSON')
    await socket.until(() => socket.frames.length === 2)
    await socket.close()
    const found = async (what: string) =>
      (await linesWith({ kind: 'frame', session_id: sessionId, what }))[0]
    expect(await found('connect')).toMatchObject({ outcome: 'ok' })
    expect(await found('ping')).toMatchObject({ outcome: 'ok' })
    expect(await found('frame')).toMatchObject({ outcome: 'refused', code: 'MALFORMED_JSON' })
    expect(await found('disconnect')).toMatchObject({ outcome: 'ok' })
  })

  it('for a stream when it ends, with how', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer([]))
    const turn = await streamTurn(client, sessionId, '안녕하세요')
    await turn.ended
    const what = 'POST /api/chat/session/{session_id}/message/stream'
    const [line] = await linesWith({ kind: 'request', session_id: sessionId, what })
    expect(line).toMatchObject({ status: 200, ended: 'complete', outcome: 'ok' })
  })

  it('for each message and stage of a run, under the request that started or resumed it', async () => {
    const { client, sessionId } = await readySession(studio)
    const { text, citations, sources } = sampleFindings
    studio.model.script('search', answers.search(text, { citations, sources }))
    studio.model.script('research', answers.json(sampleResearch))
    studio.model.script('strategy', answers.refusal())
    const started = { 'x-request-id': `start-of-${sessionId}` }
    const { body } = await client.post(`/api/runs/${sessionId}/generate`, undefined, started)
    const run_id = body.run_id
    const failed = await waitForEvent(client, sessionId, ({ type }) => type === 'error')
    scriptRun(studio.model)
    const resumed = { 'x-request-id': `resume-of-${sessionId}` }
    await client.post(`/api/runs/${run_id}/resume`, undefined, resumed)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed', failed.seq)

    const stages = await linesWith({ kind: 'stage', run_id }, 5)
    expect(stages.map(({ what, outcome, request_id }) => [what, outcome, request_id])).toEqual([
      ['research', 'committed', started['x-request-id']],
      ['strategy', 'failed', started['x-request-id']],
      ['strategy', 'committed', resumed['x-request-id']],
      ['creative', 'committed', resumed['x-request-id']],
      ['voice', 'committed', resumed['x-request-id']],
    ])
    expect(stages[1]).toMatchObject({ code: 'MODEL_REFUSED', session_id: sessionId })
    // Those of the stages, beside the ends of both attempts.
    const messages = (await linesWith({ kind: 'message', run_id }, 7)).filter(
      ({ what }) => what !== 'end',
    )
    expect(messages.map(({ request_id }) => request_id)).toEqual(
      stages.map(({ request_id }) => request_id),
    )
    const requests = await linesWith({ kind: 'request', run_id, session_id: sessionId }, 2)
    expect(requests.map(({ request_id }) => request_id)).toEqual(
      expect.arrayContaining([started['x-request-id'], resumed['x-request-id']]),
    )
    // The execution that failed on its own account ends nothing more, and says whose it was.
    const [end] = await linesWith({ kind: 'event', what: 'execution ended', run_id })
    expect(end).toMatchObject({ request_id: started['x-request-id'], outcome: 'left' })
  })
})

describe('metrics count', () => {
  it('a voice turn once, by how it ended, and a refused recording never', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const recognizer = createRecognizer(studio.model)
    const audio = await recognizer.say('곧 지워 주세요.')
    const grown = await Promise.all(
      (['answered', 'planner_failed', 'empty', 'transcription_failed'] as const).map((outcome) =>
        growth('VoiceTurn', { outcome }, 1),
      ),
    )
    const all = await growth('VoiceTurn', {}, 4)
    studio.model.script('planner', plannerAnswer([]))
    expect((await speak(client, sessionId, audio)).status).toBe(200)
    studio.model.script('planner', answers.refusal())
    expect((await speak(client, sessionId, audio)).status).toBeGreaterThanOrEqual(400)
    studio.model.transcription.script({
      kind: 'made',
      contentType: 'application/json',
      content: '{"text":""}',
    })
    expect((await speak(client, sessionId, audio)).status).toBe(422)
    studio.model.transcription.script(answers.status(400), answers.status(400))
    expect((await speak(client, sessionId, audio)).status).toBeGreaterThanOrEqual(500)
    expect((await speak(client, sessionId, Buffer.from('no sound'))).status).toBe(415)
    for (const by of grown) expect(await by()).toBe(1)
    expect(await all()).toBe(4)
  })

  it('every call of an agent, also one that a second try repairs', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const [failed, repaired] = await Promise.all(
      ['failed', 'repaired'].map((outcome) =>
        growth('AgentCall', { agent: 'planner', outcome }, 1),
      ),
    )
    const answered = await growth('TurnEnd', { outcome: 'answered' }, 1)
    studio.model.script('planner', answers.text('no JSON'), plannerAnswer([]))
    const path = `/api/chat/session/${sessionId}/message`
    expect((await client.post(path, { message: '안녕하세요' })).status).toBe(200)
    expect([await failed?.(), await repaired?.(), await answered()]).toEqual([1, 1, 1])
  })

  it('a reader that comes back while work goes on, and none that reads on or begins', async () => {
    const { client, sessionId } = await readySession(studio)
    const opened = await growth('StreamOpened', { channel: 'events' }, 3)
    const reopened = await growth('StreamInterrupted', { cause: 'reopened' }, 1)
    const resumed = await growth('StreamInterrupted', { cause: 'resumed' }, 1)
    studio.model.script('search', answers.silence())
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    const { length } = await readLog(client, sessionId)
    const path = `/api/chat/session/${sessionId}/events`
    for (const lastEventId of [undefined, length - 1]) {
      const reader = await openEvents(client, path, { lastEventId })
      await reader.until(() => reader.messages.length > 0)
      reader.cut()
    }
    const socket = await openSocket(client, sessionId)
    const replays = () => socket.frames.filter(({ type }) => type === 'replay').length
    for (const [index, after_seq] of [0, length, 1].entries()) {
      socket.send({ action: 'resume', after_seq })
      await socket.until(() => replays() > index)
    }
    await socket.close()
    await client.post(`/api/runs/${body.run_id}/cancel`)
    studio.model.hangUp()
    // With the run's end nothing is interrupted any more.
    const late = await openEvents(client, `${path}?after=1`)
    await late.until(() => late.messages.length > 0)
    late.cut()
    expect([await reopened(), await resumed()]).toEqual([1, 1])
    expect(await opened()).toBe(3)
  })
})
