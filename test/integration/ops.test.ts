import { existsSync, statSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findEngine, type RunningEngine, runningEngineFile } from '../../local/running-engine.ts'
import type { Explanation } from '../../ops/explain/explanation.ts'
import { SessionExport } from '../../shared/contracts/export.ts'
import { generousLimits } from '../support/limits/generous-limits.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { type Answer, answers } from '../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../support/model-server/model-server.ts'
import {
  sampleBrief,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
} from '../support/model-server/samples.ts'
import { ageRun, sendDeadLetters, withoutRepairs } from '../support/ops/faults.ts'
import { runOps, type Told } from '../support/ops/ops-process.ts'
import { type Client, waitForEvent } from '../support/studio/client.ts'
import { type EngineProcess, startEngineProcess } from '../support/studio/engine-process.ts'
import { readySession, scriptRun } from '../support/studio/studio.ts'

const keys = {
  openai: 'sk-operators-must-not-read',
  signing: 'a-signing-key-that-no-command-shows',
}
let model: ModelServer
let running: EngineProcess
let engine: RunningEngine
let folder: string
beforeAll(async () => {
  model = await startModelServer()
  folder = await mkdtemp(join(tmpdir(), 'launch-studio-ops-'))
  const { template, outdir } = inject('synthesis')
  running = await startEngineProcess({
    outdir,
    template: withoutRepairs(template),
    dataDirectory: folder,
    environment: {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: keys.openai,
      TOKEN_SIGNING_KEY: keys.signing,
      LIMITS: generousLimits,
      SPEND_CAP_RUN_USD: '2.5',
      WEBHOOKS_ALLOW_LOOPBACK: 'true',
    },
  })
  const found = findEngine(folder)
  if (!found) throw new Error('The engine did not tell where it is.')
  engine = found
}, limit(60_000))
afterAll(async () => {
  const file = runningEngineFile(folder)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await running.interrupt()
  expect(existsSync(file)).toBe(false)
  await model.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A command on this engine; no secret and nothing that was said or written is in what it prints. */
const ops = async (...given: string[]): Promise<Told> => {
  const told = await runOps([...given, '--data', folder])
  for (const secret of [...Object.values(keys), engine.credentials.secretAccessKey]) {
    expect(told.out + told.err).not.toContain(secret)
  }
  for (const words of [
    sampleBrief['product.name'],
    sampleStrategy.positioning_options[0]?.message,
  ]) {
    expect(told.out + told.err).not.toContain(words)
  }
  return told
}

const explained = async (runId: string): Promise<Explanation> =>
  JSON.parse((await ops('explain', runId, '--json')).out)

interface Started {
  client: Client
  sessionId: string
  runId: string
  jobId: string
}

const startRun = async (script: () => void): Promise<Started> => {
  model.reset()
  const { client, sessionId } = await readySession({ origin: engine.origin, model })
  script()
  const { body } = await client.post(`/api/runs/${sessionId}/generate/async`)
  return { client, sessionId, runId: body.run_id, jobId: body.job_id }
}

const untilEnd = ({ client, sessionId }: Started, after = 0) =>
  waitForEvent(client, sessionId, ({ type }) => type === 'run.completed' || type === 'error', after)

/** Research that works, and these answers to strategy. */
const strategyAnswers =
  (...strategy: Answer[]) =>
  () => {
    const { text, citations, sources } = sampleFindings
    model.script('search', answers.search(text, { citations, sources }))
    model.script('research', answers.json(sampleResearch))
    model.script('strategy', ...strategy)
  }

/** A run that waits for a model that is silent. */
const hangingRun = async (): Promise<Started> => {
  const run = await startRun(strategyAnswers(answers.silence(), answers.silence()))
  await model.until(() => model.calls.some(({ asker }) => asker === 'strategy'))
  return run
}

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
    const told = await runOps(['stuck', '--data', join(folder, 'elsewhere')])
    expect(told.code).toBe(1)
    expect(told.err).toMatch(/No studio runs on .*--data.*--outputs.*--stack/)
  })
})

describe('explain', { timeout: limit(60_000) }, () => {
  it('tells of a run that is done what it took and cost', async () => {
    const run = await startRun(() => scriptRun(model))
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
    const run = await startRun(strategyAnswers(unwell, unwell))
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
    const run = await startRun(strategyAnswers(answers.refusal()))
    const failed = await untilEnd(run)
    model.reset()
    scriptRun(model)
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

describe.runIf(isFullLength)('what stands still', { timeout: limit(120_000) }, () => {
  it('is nothing while all is well', async () => {
    const told = await ops('stuck')
    expect(told.code).toBe(0)
    expect(told.out).toContain('Nothing stands still')
  })

  it('is found with its reason, and a command that ends it', async () => {
    const run = await hangingRun()
    await ageRun(engine, run.runId, { minutes: 40 })
    const told = await ops('stuck')
    expect(told.code).toBe(1)
    expect(told.out).toContain(`run ${run.runId}`)
    const words = told.out.replace(/\s+/g, ' ')
    expect(words).toContain('still RUNNING')
    expect(words).toContain('The sweeper ends only runs whose execution has ended.')
    const command = `cancel ${run.runId}`
    expect(told.out).toContain(command)
    expect((await ops('explain', run.runId)).code).toBe(1)
    expect((await ops(...command.split(' '))).code).toBe(0)
    expect((await ops('stuck')).code).toBe(0)
  })

  it('names the sweeper as the cause when that does not come', async () => {
    const run = await hangingRun()
    await ageRun(engine, run.runId, { minutes: 5, attempt: 2 })
    const { code, out } = await ops('stuck', '--json')
    expect(code).toBe(1)
    const { findings } = JSON.parse(out)
    expect(findings).toMatchObject([{ id: run.runId, verdict: 'stands' }])
    expect(findings[0].why).toMatch(/never started.*The sweeper comes once a minute/)
    expect((await ops('explain', run.runId)).out).toContain('STUCK')
    await ops('cancel', run.runId)
  })
})

describe.runIf(isFullLength)('dead letters', { timeout: limit(120_000) }, () => {
  it('are shown, sent once, and done; what cannot be read stays', async () => {
    const run = await startRun(() => scriptRun(model))
    await untilEnd(run)
    const task_token = 'a-token-that-opens-an-execution'
    const task = { run_id: run.runId, attempt: 1, stage: 'strategy', retry: 0, task_token }
    await sendDeadLetters(engine, [JSON.stringify(task), 'not one of ours'])
    expect((await ops('stuck')).out).toContain('redrive stages --dry-run')

    const dry = await ops('redrive', '--dry-run')
    expect(dry.code).toBe(1)
    expect(dry.out).toContain(`waits`)
    expect(dry.out).toContain('Its run is DONE: a worker drops it.')
    expect(dry.out).toContain('It cannot be read')
    expect(dry.out).not.toContain(task_token)

    const sent = await ops('redrive', 'stages', '--json')
    expect(sent.code).toBe(1)
    const { messages } = JSON.parse(sent.out)
    expect(messages.map((one: { sent: boolean }) => one.sent).sort()).toEqual([false, true])
    const again = JSON.parse((await ops('redrive', 'stages', '--json')).out)
    expect(again.messages).toMatchObject([{ task: null, sent: false }])
    expect((await run.client.get(`/api/runs/${run.runId}`)).body.state).toBe('DONE')
  })
})

describe.runIf(isFullLength)('a principal', { timeout: limit(120_000) }, () => {
  it('is exported as the API does, shown with its use, and erased when that is confirmed', async () => {
    const run = await startRun(() => scriptRun(model))
    await untilEnd(run)
    const file = join(folder, 'session.json')
    const written = await runOps(['export', run.sessionId, '--to', file, '--data', folder])
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

    const hook = await run.client.post('/api/webhooks', { url: 'https://hooks.localhost/in?key=hidden' })
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
    const outputs = join(folder, 'cdk-outputs.json')
    await writeFile(outputs, JSON.stringify({ 'LaunchStudio-dev': engine.outputs }))
    const { endpoints, credentials } = engine
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
    // What another test left in the queue is no run.
    expect(findings.filter(({ kind }: { kind: string }) => kind === 'run')).toEqual([])
  })
})
