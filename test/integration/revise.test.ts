import { describe, expect, it } from 'vitest'
import { answers } from '../support/model-server/answers.ts'
import { sampleCreative, sampleVoice } from '../support/model-server/samples.ts'
import { type Client, startSession, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

const forSecond = {
  ...sampleCreative,
  ad_copies: sampleCreative.ad_copies.map((copy) => ({ ...copy, positioning_id: 'p2' })),
}

const finishedRun = async () => {
  const { client, sessionId } = await readySession(studio)
  scriptRun(studio.model)
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  const { seq } = await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  studio.model.calls.length = 0
  return { client, sessionId, runId: String(body.run_id), seq }
}

/** How the run that was begun last has ended. */
const endBehind = (client: Client, sessionId: string, seq: number) =>
  waitForEvent(client, sessionId, ({ type }) => type === 'run.completed' || type === 'error', seq)

const revise = (client: Client, runId: string, body: object) =>
  client.post(`/api/runs/${runId}/revise`, body)

describe('revising a run', () => {
  it('writes the copies again for the chosen positioning in the calls of two agents, and both packages stay', async () => {
    const { client, sessionId, runId, seq } = await finishedRun()
    const parent = (await client.get(`/api/runs/${runId}`)).body
    studio.model.script('creative', answers.json(forSecond))
    studio.model.script('voice', answers.json(sampleVoice))
    const note = '카피를 더 따뜻하게 <써> 주세요'
    const answer = await revise(client, runId, { from: 'creative', positioning_id: 'p2', note })
    expect(answer).toMatchObject({
      status: 202,
      body: { parent_run_id: runId, session_id: sessionId, state: 'GEN_CREATIVES' },
    })
    const { run_id, job_id } = answer.body

    expect(answer.headers.get('location')).toBe(`/api/jobs/${job_id}`)
    expect(await endBehind(client, sessionId, seq)).toMatchObject({ type: 'run.completed' })

    expect(studio.model.calls.map(({ asker }) => asker)).toEqual([
      'creative',
      'creative',
      'creative',
      'voice',
    ])
    const [chosen] = parent.strategy_plan.positioning_options.slice(1)
    const revision = { chosen_positioning: chosen, note, previous: parent.creative_assets }
    expect(studio.model.calls.map((call) => call.data('revision'))).toEqual([
      revision,
      revision,
      revision,
      { chosen_positioning: chosen, note, previous: null },
    ])

    const revised = (await client.get(`/api/runs/${run_id}`)).body
    expect(revised).toMatchObject({
      state: 'DONE',
      parent_run_id: runId,
      revision: { from: 'creative', positioning_id: 'p2', note },
      research_snapshot: parent.research_snapshot,
      strategy_plan: parent.strategy_plan,
      creative_assets: { ad_copies: forSecond.ad_copies },
      brief_summary: parent.brief_summary,
    })
    expect(revised.provenance.strategy).toEqual(parent.provenance.strategy)
    expect(revised.provenance.creative.prompt_version).toContain('revision.v1')
    expect(Object.keys(revised.usage.agents).toSorted()).toEqual(['creative', 'voice'])
    expect((await client.get(`/api/jobs/${job_id}`)).body).toMatchObject({ status: 'completed' })
    expect((await client.get(`/api/runs/${runId}`)).body).toEqual(parent)
    const { runs } = (await client.get(`/api/runs?session_id=${sessionId}`)).body
    expect(
      runs.map(({ run_id: id, parent_run_id: of }: Record<string, string>) => [id, of]),
    ).toEqual([
      [run_id, runId],
      [runId, null],
    ])
  })

  it('takes no answer whose copies are for another positioning', async () => {
    const { client, sessionId, runId, seq } = await finishedRun()
    studio.model.script('creative', answers.json(sampleCreative), answers.json(forSecond))
    studio.model.script('voice', answers.json(sampleVoice))
    await revise(client, runId, { from: 'creative', positioning_id: 'p2' })
    expect(await endBehind(client, sessionId, seq)).toMatchObject({ type: 'run.completed' })
    expect(studio.model.calls.flatMap(({ part }) => part ?? []).toSorted()).toEqual([
      'copies',
      'copies',
      'film',
      'posters',
    ])
  })

  it('can itself be revised, and resumed at the stage that failed', async () => {
    const { client, sessionId, runId, seq } = await finishedRun()
    studio.model.script('voice', answers.status(500), answers.status(500))
    const first = await revise(client, runId, { from: 'voice', note: '더 천천히' })
    const error = await waitForEvent(client, sessionId, ({ type }) => type === 'error', seq)
    studio.model.script('voice', answers.json(sampleVoice))
    const second = await revise(client, first.body.run_id, { from: 'voice' })
    expect(second).toMatchObject({ status: 202, body: { parent_run_id: first.body.run_id } })
    const done = await endBehind(client, sessionId, error.seq)
    expect(done.type).toBe('run.completed')
    studio.model.script('voice', answers.json(sampleVoice))
    const resumed = await client.post(`/api/runs/${first.body.run_id}/resume`)
    expect(resumed).toMatchObject({ status: 202, body: { state: 'GEN_CREATIVES', attempt: 2 } })
    expect(await endBehind(client, sessionId, done.seq)).toMatchObject({ type: 'run.completed' })
  })

  it('is refused with the reason for what the run does not have', async () => {
    const { client, sessionId, runId } = await finishedRun()
    expect(await revise(client, runId, { from: 'creative', positioning_id: 'p9' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'positioning_id', message: expect.stringContaining('p1, p2') }] },
    })
    expect(await revise(client, runId, { from: 'research' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'from' }] },
    })
    const stranger = (await startSession(studio.origin)).client
    expect((await revise(stranger, runId, { from: 'voice' })).status).toBe(404)

    studio.model.script('strategy', answers.status(500), answers.status(500))
    scriptRun(studio.model)
    const failing = await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'error')
    expect(await revise(client, failing.body.run_id, { from: 'creative' })).toMatchObject({
      status: 409,
      body: { error: { code: 'RUN_NOT_REVISABLE' } },
    })
  })
})
