import { statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SessionExport } from '../../shared/contracts/export.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { answers } from '../support/model-server/answers.ts'
import { strategyAnswers, useOperatedStudio } from '../support/ops/operated-studio.ts'
import { runOps } from '../support/ops/ops-process.ts'
import { scriptRun } from '../support/studio/studio.ts'

const studio = useOperatedStudio()
const { ops, explained, startRun, untilEnd, hangingRun } = studio

describe('a call that is wrong', { timeout: limit(30_000) }, () => {
  it('of an unknown command lists those that there are', async () => {
    const told = await ops('explian')
    expect(told).toMatchObject({ code: 2, out: '' })
    expect(told.err).toContain('stuck, explain, redrive, cancel, export, erase, usage')
  })

  it('of an unknown option, or without what it is about, exits with 2', async () => {
    expect((await ops('stuck', '--every')).code).toBe(2)
    expect((await ops('explain')).code).toBe(2)
    expect((await ops('cancel', 'sess_1')).code).toBe(2)
  })

  it('on a folder where no studio runs says how to name one', async () => {
    const told = await runOps(['stuck', '--data', join(studio.folder, 'elsewhere')])
    expect(told.code).toBe(1)
    expect(told.err).toMatch(/No studio runs on .*--data.*--outputs.*--stack/)
  })
})

describe('explain', { timeout: limit(60_000) }, () => {
  it('tells of a run that is done what it took and cost', async () => {
    const run = await startRun(() => scriptRun(studio.model))
    await untilEnd(run)
    expect(await explained(run.runId)).toMatchObject({
      outcome: 'done',
      session_id: run.sessionId,
      job_id: run.jobId,
      next: [],
      failure: null,
      attempts: [{ attempt: 1, ended: 'done', execution: 'SUCCEEDED' }],
      stages: [
        { stage: 'research', status: 'done', calls: 2 },
        { stage: 'strategy', status: 'done', calls: 1, input_tokens: 100, output_tokens: 50 },
        { stage: 'creative', status: 'done' },
        { stage: 'voice', status: 'done' },
      ],
      cost: { cap: 2.5, search_calls: 1 },
    })
    const page = await ops('explain', run.runId)
    expect(page.code).toBe(0)
    for (const part of [
      'DONE',
      'Stages',
      'Cost',
      'RUN_RESEARCH -> GEN_STRATEGY',
      '2 positioning_options',
    ]) {
      expect(page.out).toContain(part)
    }
  })

  it('gives the vendor’s own reason for a run that failed, and how it goes on', async () => {
    const unwell = answers.status(500, { message: 'The accelerator pod is on fire.' })
    const run = await startRun(strategyAnswers(studio.model, unwell, unwell))
    await untilEnd(run)
    const explanation = await explained(run.runId)
    expect(explanation).toMatchObject({
      outcome: 'failed',
      failure: { code: 'UPSTREAM_ERROR', stage: 'strategy' },
      stages: [{ status: 'done' }, { status: 'failed', calls: 2 }, {}, {}],
    })
    expect(explanation.failure?.detail).toContain('The accelerator pod is on fire.')
    const page = await ops('explain', run.runId)
    expect(page.out).toContain('The accelerator pod is on fire.')
    expect(page.out).toContain(`POST /api/runs/${run.runId}/resume`)
    expect(page.out).toContain('Finished and kept: research.')
  })

  it('says that there is no such run', async () => {
    const told = await ops('explain', 'run_01aaaaaaaaaaaaaaaaaaaaaaaa')
    expect(told).toMatchObject({ code: 1, out: '' })
    expect(told.err).toContain('There is no run')
  })
})

describe.runIf(isFullLength)('a run that goes other ways', { timeout: limit(120_000) }, () => {
  it('is in progress, cancelled by an operator, and explained as that', async () => {
    const run = await hangingRun()
    const open = await explained(run.runId)
    expect(open).toMatchObject({ outcome: 'in progress', attempts: [{ execution: 'RUNNING' }] })
    expect(open.why.join(' ')).toContain('A worker holds its stage')
    const told = await ops('cancel', run.jobId)
    expect(told.code).toBe(0)
    expect(told.out).toContain('was GEN_STRATEGY and is CANCELLED')
    expect((await run.client.get(`/api/runs/${run.runId}`)).body.state).toBe('CANCELLED')
    expect(await explained(run.runId)).toMatchObject({
      outcome: 'cancelled',
      attempts: [{ ended: 'cancelled', execution: 'ABORTED' }],
      stages: [{ status: 'done' }, { status: 'stopped' }, {}, {}],
    })
    const again = await ops('cancel', run.runId)
    expect(again).toMatchObject({ code: 0 })
    expect(again.out).toContain('had ended before')
  })

  it('is resumed: both attempts are told apart', async () => {
    const run = await startRun(strategyAnswers(studio.model, answers.refusal()))
    const failed = await untilEnd(run)
    studio.model.reset()
    scriptRun(studio.model)
    await run.client.post(`/api/runs/${run.runId}/resume`)
    await untilEnd(run, failed.seq)
    const explanation = await explained(run.runId)
    expect(explanation).toMatchObject({
      outcome: 'done',
      attempts: [
        { ended: 'failed', code: 'MODEL_REFUSED', execution: 'FAILED' },
        { ended: 'done', execution: 'SUCCEEDED' },
      ],
    })
    expect(explanation.why[0]).toContain('resumed once')
  })
})

describe.runIf(isFullLength)('a principal', { timeout: limit(120_000) }, () => {
  it('is exported as the API does, shown with its use, and erased when that is confirmed', async () => {
    const run = await startRun(() => scriptRun(studio.model))
    await untilEnd(run)
    const file = join(studio.folder, 'session.json')
    const written = await runOps(['export', run.sessionId, '--to', file, '--data', studio.folder])
    expect(written).toMatchObject({ code: 0 })
    const exported = SessionExport.parse(JSON.parse(await readFile(file, 'utf8')))
    const api = await run.client.get(`/api/chat/session/${run.sessionId}/export`)
    expect(exported).toEqual({ ...api.body, exported_at: exported.exported_at })
    expect(statSync(file).mode & 0o777).toBe(0o600)

    const use = JSON.parse((await ops('usage', run.runId, '--json')).out)
    const owner = (await run.client.get('/api/me')).body.principal
    const own = await run.client.get('/api/usage')
    expect(use).toMatchObject({ principal: owner, days: own.body.days })
    expect(use.caps.run.limit).toBe(2.5)
    expect(use.deployment[0].spent).toBeGreaterThanOrEqual(own.body.today.spent)

    const hook = await run.client.post('/api/webhooks', {
      url: 'https://hooks.localhost/in?key=hidden',
    })
    expect(hook.status).toBe(201)
    const unsaid = await ops('erase', owner)
    expect(unsaid.code).toBe(2)
    expect(unsaid.err).toContain('--yes')
    expect(unsaid.err).toContain(hook.body.webhook_id)
    expect(unsaid.err).not.toContain('hidden')
    expect((await run.client.get(`/api/runs/${run.runId}`)).status).toBe(200)

    const erased = await ops('erase', owner, '--yes', '--json')
    expect(erased.code).toBe(0)
    expect(JSON.parse(erased.out)).toMatchObject({
      erased: [{ session_id: run.sessionId, runs: 1, jobs: 1, events: exported.events.length }],
      webhooks: [hook.body.webhook_id],
      failed: [],
    })
    expect((await run.client.get('/api/webhooks')).body.webhooks).toEqual([])
    expect((await run.client.get(`/api/runs/${run.runId}`)).status).toBe(404)
    expect((await ops('erase', owner, '--yes')).code).toBe(1)
  })
})

describe('a deployment', { timeout: limit(60_000) }, () => {
  it('is met by the file of its outputs', async () => {
    const outputs = join(studio.folder, 'cdk-outputs.json')
    await writeFile(outputs, JSON.stringify({ 'LaunchStudio-dev': studio.engine.outputs }))
    const { endpoints, credentials } = studio.engine
    const told = await runOps(['stuck', '--outputs', outputs, '--json'], {
      AWS_REGION: undefined,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
      AWS_ENDPOINT_URL_SFN: endpoints.sfn,
    })
    expect(told.err).toBe('')
    const { at, findings } = JSON.parse(told.out)
    expect(Date.parse(at)).toBeGreaterThan(0)
    // Ends that wait to be announced may be among them.
    expect(findings.filter(({ kind }: { kind: string }) => kind === 'run')).toEqual([])
  })
})
