import { describe, expect, it } from 'vitest'
import { answers } from '../support/model-server/answers.ts'
import { samplePlanner } from '../support/model-server/samples.ts'
import { readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import {
  completeUpdates,
  plannerAnswer,
  readySession,
  scriptRun,
} from '../support/studio/studio.ts'

const studio = useStudio()

const stalled = (asker: 'planner' | 'strategy' | 'search') => {
  studio.model.script(asker, answers.silence())
}

describe('stopping a turn', () => {
  it('ends it at once: its partial reply is no message, and nothing follows its error', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}`
    const words = JSON.stringify({ ...samplePlanner, slot_updates: [], next_question: null })
    studio.model.script('planner', answers.text(words, { ending: 'stall', endAfter: 5 }))
    const turn = client.post(`${path}/message`, { message: '긴 이야기를 해 주세요' })
    await waitForEvent(client, sessionId, ({ type }) => type === 'planner.delta')
    expect(await client.post(`${path}/stop`)).toMatchObject({
      status: 200,
      body: { stopped: true, turn: 1 },
    })
    expect(await turn).toMatchObject({ status: 409, body: { error: { code: 'STOPPED' } } })
    const log = await readLog(client, sessionId)
    expect(log.at(-1)).toMatchObject({
      type: 'error',
      data: { code: 'STOPPED', retryable: false, turn: 1 },
    })
    const { body } = await client.get(`${path}/messages`)
    expect(body.messages.map(({ author }: { author: string }) => author)).toEqual([
      'system',
      'user',
    ])
    expect((await client.get(path)).body.state).toBe('CHAT_COLLECTING')

    studio.model.script('planner', plannerAnswer([]))
    expect((await client.post(`${path}/message`, { message: '다시요' })).status).toBe(200)
    expect((await client.post(`${path}/stop`)).body).toEqual({ stopped: false, turn: 2 })
  })

  it('ends a turn whose model is silent', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}`
    stalled('planner')
    const turn = client.post(`${path}/message`, { message: '조용하네요' })
    await waitForEvent(client, sessionId, ({ type }) => type === 'turn.started')
    await client.post(`${path}/stop`)
    expect((await turn).body.error.code).toBe('STOPPED')
  })
})

describe('cancelling a run', () => {
  it('stops it at once and leaves what was finished', async () => {
    const { client, sessionId } = await readySession(studio)
    stalled('strategy')
    scriptRun(studio.model)
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(
      client,
      sessionId,
      (event) => event.type === 'stage.changed' && event.data.stage === 'strategy',
    )
    await studio.model.until(() => studio.model.calls.some(({ asker }) => asker === 'strategy'))
    const cancelled = await client.post(`/api/runs/${body.run_id}/cancel`)
    expect(cancelled).toMatchObject({ status: 202, body: { state: 'CANCELLED' } })
    const run = await client.get(`/api/runs/${body.run_id}`)
    expect(run.body).toMatchObject({
      state: 'CANCELLED',
      research_snapshot: { agent: 'research' },
      strategy_plan: null,
    })
    const session = await client.get(`/api/chat/session/${sessionId}`)
    expect(session.body.state).toBe('BRIEF_READY')
    expect((await readLog(client, sessionId)).at(-1)).toMatchObject({
      type: 'stage.changed',
      data: { state: 'BRIEF_READY' },
    })

    scriptRun(studio.model)
    const again = await client.post(`/api/runs/${sessionId}/generate`)
    expect(again.status).toBe(202)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  })
})

describe('resuming a run', () => {
  it('is refused for a run that did not fail', async () => {
    const { client, sessionId } = await readySession(studio)
    scriptRun(studio.model)
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
    const done = await client.post(`/api/runs/${body.run_id}/resume`)
    expect(done).toMatchObject({ status: 409, body: { error: { code: 'RUN_NOT_RESUMABLE' } } })
  })

  it('goes on at the stage that failed, as the next attempt, and uses what was finished', async () => {
    const { client, sessionId } = await readySession(studio)
    studio.model.script('strategy', answers.status(500), answers.status(500))
    scriptRun(studio.model)
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    const error = await waitForEvent(client, sessionId, ({ type }) => type === 'error')
    studio.model.calls.length = 0
    const resumed = await client.post(`/api/runs/${body.run_id}/resume`)
    expect(resumed).toMatchObject({ status: 202, body: { attempt: 2, state: 'GEN_STRATEGY' } })
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed', error.seq)
    expect(studio.model.calls.map(({ asker }) => asker)).toEqual([
      'strategy',
      'creative',
      'creative',
      'creative',
      'voice',
    ])
    const run = await client.get(`/api/runs/${body.run_id}`)
    expect(run.body).toMatchObject({ state: 'DONE', attempt: 2, error: null, resume_from: null })
  })
})

describe('erasing a session', () => {
  it('leaves nothing of it, not even while a run goes on', async () => {
    const { client, sessionId } = await readySession(studio)
    stalled('search')
    const { body } = await client.post(`/api/runs/${sessionId}/generate/async`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'stage.changed', 3)
    expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
    const gone = await Promise.all([
      client.get(`/api/chat/session/${sessionId}`),
      client.get(`/api/chat/session/${sessionId}/events`),
      client.get(`/api/runs/${body.run_id}`),
      client.get(`/api/jobs/${body.job_id}`),
      client.delete(`/api/chat/session/${sessionId}`),
    ])
    expect(gone.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await client.get('/api/runs')).body.runs).toEqual([])
    expect((await client.get('/api/jobs')).body).toMatchObject({ jobs: [], total: 0 })
  })
})

describe('a session and a run', () => {
  it('are not sent again to a client that has them already', async () => {
    const { client, sessionId } = await readySession(studio)
    const path = `/api/chat/session/${sessionId}`
    const first = await client.get(path)
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^".+"$/)
    expect((await client.get(path, { 'if-none-match': tag })).status).toBe(304)
    studio.model.script('planner', plannerAnswer(completeUpdates.slice(0, 1)))
    await client.post(`${path}/message`, { message: '하나만 바꿀게요' })
    expect((await client.get(path, { 'if-none-match': tag })).status).toBe(200)
  })
})
