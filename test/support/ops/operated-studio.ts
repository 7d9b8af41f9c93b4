import { existsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { findEngine, type RunningEngine, runningEngineFile } from '../../../local/running-engine.ts'
import type { Explanation } from '../../../ops/explain/explanation.ts'
import { generousLimits } from '../limits/generous-limits.ts'
import { limit } from '../limits/machine-speed.ts'
import { type Answer, answers } from '../model-server/answers.ts'
import { type ModelServer, startModelServer } from '../model-server/model-server.ts'
import {
  sampleBrief,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
} from '../model-server/samples.ts'
import { type Client, waitForEvent } from '../studio/client.ts'
import { type EngineProcess, startEngineProcess } from '../studio/engine-process.ts'
import { readySession } from '../studio/studio.ts'
import { withoutRepairs } from './faults.ts'
import { runOps, type Told } from './ops-process.ts'

const keys = {
  openai: 'sk-operators-must-not-read',
  signing: 'a-signing-key-that-no-command-shows',
  webhooks: 'a-key-of-webhook-secrets-that-no-command-shows',
}

/** A run, as its owner started it. */
export interface Started {
  client: Client
  sessionId: string
  runId: string
  jobId: string
}

const untilEnd = ({ client, sessionId }: Started, after = 0) =>
  waitForEvent(client, sessionId, ({ type }) => type === 'run.completed' || type === 'error', after)

const startRunOn = async (
  { origin }: RunningEngine,
  model: ModelServer,
  script: () => void,
): Promise<Started> => {
  model.reset()
  const { client, sessionId } = await readySession({ origin, model })
  script()
  const { body } = await client.post(`/api/runs/${sessionId}/generate/async`)
  return { client, sessionId, runId: body.run_id, jobId: body.job_id }
}

/** Research that works, and these answers to strategy. */
export const strategyAnswers =
  (model: ModelServer, ...strategy: Answer[]) =>
  (): void => {
    const { text, citations, sources } = sampleFindings
    model.script('search', answers.search(text, { citations, sources }))
    model.script('research', answers.json(sampleResearch))
    model.script('strategy', ...strategy)
  }

interface Operated {
  model: ModelServer
  running: EngineProcess
  engine: RunningEngine
  folder: string
}

const start = async (): Promise<Operated> => {
  const model = await startModelServer()
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-ops-'))
  const { template, outdir } = inject('synthesis')
  const running = await startEngineProcess({
    outdir,
    template: withoutRepairs(template),
    dataDirectory: folder,
    environment: {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: keys.openai,
      TOKEN_SIGNING_KEY: keys.signing,
      LIMITS: generousLimits,
      SPEND_CAP_RUN_USD: '2.5',
      WEBHOOK_SIGNING_KEY: keys.webhooks,
      WEBHOOKS_ALLOW_LOOPBACK: 'true',
    },
  })
  const engine = findEngine(folder)
  if (!engine) throw new Error('The engine did not tell where it is.')
  return { model, running, engine, folder }
}

const stop = async ({ model, running, folder }: Operated): Promise<void> => {
  const file = runningEngineFile(folder)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await running.interrupt()
  expect(existsSync(file)).toBe(false)
  await model.stop()
  await rm(folder, { recursive: true, force: true })
}

/** No secret, and nothing that was said or written, is in what a command prints. */
const expectDiscreet = ({ out, err }: Told, { engine }: Operated): void => {
  const secrets = [...Object.values(keys), engine.credentials.secretAccessKey]
  const words = [sampleBrief['product.name'], sampleStrategy.positioning_options[0]?.message]
  for (const hidden of [...secrets, ...words]) expect(out + err).not.toContain(hidden)
}

/** A studio in a process of its own that repairs nothing, for the tests of a file, and what an operator does there. */
export const useOperatedStudio = () => {
  let operated: Operated | undefined
  beforeAll(async () => {
    operated = await start()
  }, limit(60_000))
  afterAll(async () => {
    if (operated) await stop(operated)
  })
  const its = (): Operated => {
    if (!operated) throw new Error('The studio runs while tests do.')
    return operated
  }
  const ops = async (...given: string[]): Promise<Told> => {
    const told = await runOps([...given, '--data', its().folder])
    expectDiscreet(told, its())
    return told
  }
  const startRun = (script: () => void): Promise<Started> =>
    startRunOn(its().engine, its().model, script)
  return {
    get model() {
      return its().model
    },
    get engine() {
      return its().engine
    },
    get folder() {
      return its().folder
    },
    ops,
    explained: async (runId: string): Promise<Explanation> =>
      JSON.parse((await ops('explain', runId, '--json')).out),
    startRun,
    untilEnd,
    /** A run that waits for a model that is silent. */
    hangingRun: async (): Promise<Started> => {
      const { model } = its()
      const run = await startRun(strategyAnswers(model, answers.silence(), answers.silence()))
      await model.until(() => model.calls.some(({ asker }) => asker === 'strategy'))
      // The model is asked before the run has come to the stage.
      await waitForEvent(
        run.client,
        run.sessionId,
        ({ type, data }) => type === 'stage.changed' && data.stage === 'strategy',
      )
      return run
    },
  }
}
