import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { creativePartNames } from '../../shared/contracts/creative-parts.ts'
import type { Usage } from '../../shared/contracts/provenance.ts'
import type { RunView } from '../../shared/contracts/runs.ts'
import { UsageReport } from '../../shared/contracts/spend.ts'
import {
  modelSettingNames,
  spendSettingNames as names,
} from '../../shared/platform/environment-names.ts'
import { answers, type StreamedAnswer } from '../support/model-server/answers.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { type Client, createClient, startSession, waitForEvent } from '../support/studio/client.ts'
import {
  completeUpdates,
  plannerAnswer,
  type Studio,
  startStudioOn,
} from '../support/studio/studio.ts'

/** A micro-dollar for each token, and a thousand for each search. */
const prices = '*=1/1,web_search=0.001'
let dataDirectory: string
let studio: Studio | undefined
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'launch-studio-spend-'))
})
afterAll(async () => {
  await studio?.stop()
  await rm(dataDirectory, { recursive: true, force: true })
})

const start = async (caps: { run: string; deployment: string }): Promise<Studio> => {
  await studio?.stop()
  const environment = {
    [modelSettingNames.sttProvider]: 'openai',
    [names.modelPrices]: prices,
    [names.runCap]: caps.run,
    [names.deploymentDayCap]: caps.deployment,
  }
  studio = await startStudioOn(inject('synthesis'), environment, dataDirectory)
  return studio
}

/** What the model's server has reported of all of its calls. */
const reported: Usage[] = []
const counting = (answer: StreamedAnswer, input_tokens: number, output_tokens: number) => {
  reported.push({ input_tokens, output_tokens, total_tokens: input_tokens + output_tokens })
  return { ...answer, usage: { input_tokens, output_tokens } }
}
const sumOf = (name: keyof Usage): number => reported.reduce((sum, each) => sum + each[name], 0)

const usageOf = async (client: Client): Promise<UsageReport> =>
  UsageReport.parse((await client.get('/api/usage')).body)

const endOfRun = async (client: Client, sessionId: string, runId: string, after = 0) => {
  const { seq } = await waitForEvent(
    client,
    sessionId,
    ({ type, run_id }) => run_id === runId && (type === 'error' || type === 'run.completed'),
    after,
  )
  return { seq, run: (await client.get(`/api/runs/${runId}`)).body as RunView }
}

const say = (client: Client, sessionId: string) =>
  client.post(`/api/chat/session/${sessionId}/message`, { message: '전부 알려 드려요' })

it('stops a run at its cap between two stages, all principals at the cap of the day, and goes on when they were raised', async () => {
  const first = await start({ run: '0.4', deployment: '0.7' })
  const { text, citations, sources } = sampleFindings
  const { client, sessionId } = await startSession(first.origin)
  const planned = plannerAnswer(completeUpdates, '다 됐어요.', null)
  first.model.script('planner', counting(planned, 900, 100))
  expect((await say(client, sessionId)).status).toBe(200)
  first.model.script('search', counting(answers.search(text, { citations, sources }), 2_000, 500))
  // More than was reserved: the server did not keep to what it was asked. It is counted all the same.
  first.model.script('research', counting(answers.json(sampleResearch), 360_000, 400))

  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  const { seq, run } = await endOfRun(client, sessionId, body.run_id)
  expect(run).toMatchObject({
    state: 'FAILED',
    resume_from: 'strategy',
    error: { code: 'BUDGET_EXCEEDED', retryable: false, stage: 'strategy', cap: 'run' },
    research_snapshot: { agent: 'research' },
    strategy_plan: null,
    usage: { calls: 2, calls_without_usage: 0, search: { calls: 1, cost: { amount: 0.001 } } },
  })
  expect(first.model.calls.filter(({ asker }) => asker === 'strategy')).toEqual([])
  const resumed = await client.post(`/api/runs/${body.run_id}/resume`)
  expect(resumed).toMatchObject({
    status: 429,
    body: { error: { code: 'BUDGET_EXCEEDED' }, cap: 'run' },
  })
  expect(resumed.headers.get('retry-after')).toBeNull()

  const second = await startSession(first.origin)
  const calls = first.model.calls.length
  first.model.script('planner', { ...planned, usage: { input_tokens: 280_000, output_tokens: 0 } })
  expect((await say(second.client, second.sessionId)).status).toBe(200)
  const third = await startSession(first.origin)
  expect(await say(third.client, third.sessionId)).toMatchObject({
    status: 429,
    body: { error: { code: 'BUDGET_EXCEEDED' }, cap: 'deployment_day' },
  })
  expect(first.model.calls).toHaveLength(calls + 1)

  const raised = await start({ run: '2', deployment: '50' })
  raised.model.script('strategy', counting(answers.json(sampleStrategy), 3_000, 700))
  for (const part of creativePartNames) {
    raised.model.script(`creative_${part}`, counting(answers.json(sampleCreative), 4_000, 800))
  }
  raised.model.script('voice', counting(answers.json(sampleVoice), 5_000, 900))
  const later = createClient(raised.origin, client.token)
  expect((await later.post(`/api/runs/${body.run_id}/resume`)).status).toBe(202)
  const { run: done } = await endOfRun(later, sessionId, body.run_id, seq)
  expect(done).toMatchObject({ state: 'DONE', attempt: 2, usage: { calls: 7 } })

  const { today } = await usageOf(later)
  const { model, search } = today.services
  for (const name of ['input_tokens', 'output_tokens', 'total_tokens'] as const) {
    expect(model[name]).toBe(sumOf(name))
  }
  expect(model).toMatchObject({ calls: 8, calls_without_usage: 0, estimated: 0 })
  expect(model.cost?.amount).toBeCloseTo(sumOf('total_tokens') / 1e6, 9)
  expect(search).toMatchObject({ calls: 1, cost: { amount: 0.001 } })
  expect(today.spent).toBeCloseTo(sumOf('total_tokens') / 1e6 + 0.001, 9)
  expect(today.reserved).toBe(0)
  expect(Object.keys(model.agents)).toEqual([
    'planner',
    'research',
    'strategy',
    'creative',
    'voice',
  ])
  expect(done.usage.total_tokens).toBe(sumOf('total_tokens') - 1_000)
  expect(done.usage.cost?.amount).toBeCloseTo(sumOf('total_tokens') / 1e6 - 0.001, 9)
}, 240_000)
