import { describe, expect, it } from 'vitest'
import { stageNames } from '../../shared/contracts/agents.ts'
import { JobView } from '../../shared/contracts/jobs.ts'
import { LaunchPackage } from '../../shared/contracts/launch.ts'
import { answers } from '../support/model-server/answers.ts'
import { sampleStrategy, sampleVoice } from '../support/model-server/samples.ts'
import { readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import {
  completeUpdates,
  plannerAnswer,
  readySession,
  scriptRun,
} from '../support/studio/studio.ts'

const studio = useStudio()

describe('a job', () => {
  it('follows its run stage by stage, and knows how long when runs have gone before', async () => {
    const { client, sessionId } = await readySession(studio)
    scriptRun(studio.model)
    const { status, body } = await client.post(`/api/runs/${sessionId}/generate/async`)
    expect(status).toBe(202)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
    const updates = (await readLog(client, sessionId)).flatMap((event) =>
      event.type === 'job.updated' ? [event.data] : [],
    )
    // A voice that is done before all of the creatives are ends with them.
    const steps = [0, 25, 50, 75, 100]
    expect([steps, steps.filter((step) => step !== 75)]).toContainEqual(
      updates.map(({ progress }) => progress),
    )
    expect(updates.at(-1)).toMatchObject({ job_id: body.job_id, status: 'completed' })
    const job = await client.get(`/api/jobs/${body.job_id}`)
    expect(JobView.parse(job.body)).toMatchObject({
      status: 'completed',
      progress: 100,
      run_id: body.run_id,
      error: null,
    })

    studio.model.reset()
    studio.model.script('search', answers.silence())
    const next = await client.post(`/api/runs/${sessionId}/generate/async`)
    const running = await client.get(`/api/jobs/${next.body.job_id}`)
    expect(running.body.eta_seconds).toBeGreaterThanOrEqual(0)
    expect(['queued', 'running']).toContain(running.body.status)
    await client.post(`/api/runs/${next.body.run_id}/cancel`)

    const page = await client.get('/api/jobs?limit=1&offset=1')
    expect(page.body).toMatchObject({ total: 2, limit: 1, offset: 1 })
    expect(page.body.jobs[0].job_id).toBe(body.job_id)
    const jobs = `/api/jobs?session_id=${sessionId}`
    const cancelled = await client.get(`${jobs}&status=cancelled`)
    expect(cancelled.body.jobs).toMatchObject([
      { status: 'cancelled', note: 'cancelled', error: null, job_id: next.body.job_id },
    ])
    expect((await client.get(`${jobs}&status=failed`)).body.jobs).toEqual([])
    expect(
      (await readLog(client, sessionId)).findLast(({ type }) => type === 'job.updated'),
    ).toMatchObject({ data: { job_id: next.body.job_id, status: 'cancelled' } })
  })

  it("is its owner's alone", async () => {
    const { client, sessionId } = await readySession(studio)
    scriptRun(studio.model)
    const { body } = await client.post(`/api/runs/${sessionId}/generate/async`)
    const other = await startSession(studio.origin)
    expect(await other.client.get(`/api/jobs/${body.job_id}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'JOB_NOT_FOUND' } },
    })
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  })
})

const brief = {
  product_name: '동백 핸드크림',
  product_category: '핸드크림',
  target_audience: '손을 자주 씻는 직장인',
  price_band: '1만 9천 원',
  core_kpi: '구매 전환율',
  channel_focus: ['인스타그램'],
}

describe('the older one-shot API', () => {
  it('answers with the package, filled from what the agents wrote', async () => {
    const { client } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer(completeUpdates, '정리했어요.', null))
    scriptRun(studio.model)
    const { status, body } = await client.post('/api/launch/run', {
      brief: { ...brief, launch_date: '' },
    })
    expect(status).toBe(200)
    const launch = LaunchPackage.parse(body.package)
    expect(launch).toEqual(body.package)
    expect(launch).toMatchObject({
      state: 'DONE',
      brief,
      launch_plan: { key_points: sampleStrategy.weekly_plan.map(() => expect.any(String)) },
      marketing_assets: { video_script: sampleVoice.voiceover_script_short },
    })
    expect(launch.brief).not.toHaveProperty('launch_date')
    expect(launch.timeline.map(({ agent }) => agent)).toEqual([...stageNames])

    const history = await client.get(`/api/launch/history?q=${encodeURIComponent('전환율')}`)
    expect(history.body).toMatchObject({
      total: 1,
      has_more: false,
      query: '전환율',
      items: [{ request_id: launch.request_id, core_kpi: '구매 전환율' }],
    })
    expect((await client.get('/api/launch/history?q=nothing')).body.total).toBe(0)
    expect((await client.get('/api/launch/history?offset=1')).body).toMatchObject({
      items: [],
      total: 1,
      has_more: false,
      query: '',
    })
    const path = `/api/launch/history/${launch.request_id}`
    expect((await client.get(path)).body.package).toEqual(body.package)
    expect((await client.delete(path)).status).toBe(204)
    expect((await client.get(path)).status).toBe(404)
    expect((await client.get('/api/launch/history')).body.total).toBe(0)
  })

  it('says what is missing when the planner could not settle the brief', async () => {
    const { client } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer(completeUpdates.slice(0, 3)))
    const answer = await client.post('/api/launch/run', { brief })
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'GATE_NOT_READY' } } })
    expect(answer.body.missing_required.length).toBeGreaterThan(0)
  })
})
