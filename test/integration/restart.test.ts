import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { generousLimits } from '../support/limits/generous-limits.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { answers } from '../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../support/model-server/model-server.ts'
import { sampleFindings, sampleResearch } from '../support/model-server/samples.ts'
import { readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { type EngineProcess, startEngineProcess } from '../support/studio/engine-process.ts'
import { completeUpdates, plannerAnswer, scriptRun } from '../support/studio/studio.ts'

let model: ModelServer
let engine: EngineProcess | undefined
let dataDirectory: string
beforeAll(async () => {
  model = await startModelServer()
  dataDirectory = await mkdtemp(join(tmpdir(), 'launch-studio-restart-'))
})
afterAll(async () => {
  await engine?.kill()
  await model.stop()
  await rm(dataDirectory, { recursive: true, force: true })
})

const start = (port?: number) =>
  startEngineProcess({
    ...inject('synthesis'),
    dataDirectory,
    ...(port === undefined ? {} : { port }),
    environment: {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'test-key',
      TOKEN_SIGNING_KEY: 'a-key-for-tests-that-is-long-enough',
      // One that a single session uses up, which its caller finds so after the restart.
      LIMITS: `${generousLimits},sessions.principal=1/86400`,
    },
  })

it.each(isFullLength ? (['kill', 'interrupt'] as const) : (['kill'] as const))(
  'what was committed survives a %s of the engine, and the run goes on to its end',
  // A worker's claim on the stage has to run out before another may take it.
  { timeout: limit(60_000) },
  async (end) => {
    model.reset()
    engine = await start()
    const { client, sessionId } = await startSession(engine.origin)
    model.script('planner', plannerAnswer(completeUpdates, '다 됐어요.', null))
    await client.post(`/api/chat/session/${sessionId}/message`, { message: '전부 알려 드려요' })
    const { text, citations, sources } = sampleFindings
    model.script('search', answers.search(text, { citations, sources }))
    model.script('research', answers.json(sampleResearch))
    model.script('strategy', answers.silence())
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(
      client,
      sessionId,
      (event) => event.type === 'stage.changed' && event.data.stage === 'strategy',
    )
    const before = await readLog(client, sessionId)
    expect((await client.post('/api/chat/session', {})).status).toBe(201)
    await engine[end]()

    model.reset()
    scriptRun(model)
    engine = await start(Number(new URL(engine.origin).port))
    const last = await waitForEvent(
      client,
      sessionId,
      ({ type }) => type === 'run.completed' || type === 'error',
    )
    expect(last.type).toBe('run.completed')
    const after = await readLog(client, sessionId)
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.map(({ seq }) => seq)).toEqual(after.map((_, index) => index + 1))
    // Research was committed before the end: it is not done again.
    expect(model.calls.filter(({ asker }) => asker === 'search')).toHaveLength(0)
    const run = await client.get(`/api/runs/${body.run_id}`)
    expect(run.body).toMatchObject({ state: 'DONE', attempt: 1 })
    expect(await client.post('/api/chat/session', {})).toMatchObject({
      status: 429,
      body: { limit: { name: 'sessions', scope: 'principal' } },
    })
    await engine.kill()
  },
)
